"""Checking row by row: only what changed is asked again, the rest is confirmed together."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts.models import TrailEntry, User, local_today
from accounts.services import deeds, trail
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS, PREPARING
from ledgers.layouts import Layout
from ledgers.models import CountyLedger, EntryCheck, Submission
from ledgers.rows import Row
from ledgers.services.drawing import draw
from ledgers.services.freezing import row_digest, thawed_rows
from ledgers.services.import_locking import refuse_while_written
from ledgers.services.ledger_forms import form_of
from ledgers.services.movement import Fall, Movement, movement
from ledgers.stages import RETURNED

SHOWN = 5


@dataclass
class Work:
    """A ledger between two reports: its rows, what changed, what was checked, what fell."""

    ledger: CountyLedger
    as_of: date
    last: Submission | None
    previous: Submission | None
    corrects: Submission | None
    form: Layout
    rows: list[Row]
    before: list[Row]
    digests: dict[str, str]
    changed: list[Row] = field(default_factory=list)
    rest: list[Row] = field(default_factory=list)
    checked: list[Row] = field(default_factory=list)
    movement: Movement | None = None

    @property
    def gone(self) -> list[Row]:
        """Rows of the last report that aren't in the ledger any more."""
        there = {row.key for row in self.rows}
        return [row for row in self.before if row.key not in there]

    @property
    def is_checked(self) -> bool:
        """Every row was confirmed as it now stands."""
        return not self.changed and not self.rest

    @property
    def is_unchanged(self) -> bool:
        """Nothing differs from the last report: a nil report."""
        before = {row.key: row_digest(self.form, row) for row in self.before}
        return before == self.digests

    @property
    def to_explain(self) -> list[Fall]:
        """Falls whose reason a person must give."""
        return [fall for fall in self.movement.falls if not fall.reason]


def work_of(
    ledger: CountyLedger,
    *,
    as_of: date | None = None,
    correct: bool | None = None,
    form: Layout | None = None,
) -> Work:
    """What stands between the last report and the next one; a constant number of queries.

    `correct` means that the last submission itself is to be corrected, as it was prepared if not
    told; `form` is the campaign's, where it is at hand.
    """
    as_of = as_of or ledger.prepared_as_of or local_today()
    last = ledger.submissions().select_related("duty").first()
    corrects = corrected(ledger, last, correct)
    previous = effective_of(ledger, but=corrects)
    form = form or form_of(ledger.campaign)
    reported = {ledger.agency_id: previous}
    rows = draw(ledger.campaign, ledger.agency, as_of, reported=reported, form=form)
    work = Work(
        ledger,
        as_of,
        last,
        previous,
        corrects,
        form,
        rows,
        thawed_rows(form, previous),
        {row.key: row_digest(form, row) for row in rows},
    )
    _sort(work, last.submitted_at if last else None)
    work.movement = movement(form, work.before, rows)
    return work


def corrected(
    ledger: CountyLedger, last: Submission | None, correct: bool | None = None
) -> Submission | None:
    """The last submission where the next one corrects it; one that came back always is."""
    if last is None:
        return None
    correct = bool(ledger.prepared_correction) if correct is None else correct
    return last if correct or last.state == RETURNED.state else None


def effective_of(ledger: CountyLedger, *, but: Submission | None = None) -> Submission | None:
    """The last effective submission of a ledger, `but` left out: 上期."""
    rows = Submission.objects.effective().filter(campaign_id=ledger.campaign_id, agency_id=ledger.agency_id)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.order_by("-sequence").first()


def _sort(work: Work, since: datetime | None):
    """Into checked since the last submission, unchanged, and changed."""
    last_check = {}
    checks = EntryCheck.objects.filter(
        entry__campaign_id=work.ledger.campaign_id, entry__agency__path__startswith=work.ledger.agency.path
    )
    for key, digest, at in checks.order_by("pk").values_list("entry__public_id", "row_digest", "checked_at"):
        last_check[key] = (digest, at)
    before = {row.key: row_digest(work.form, row) for row in work.before}
    for row in work.rows:
        digest = work.digests[row.key]
        checked, at = last_check.get(row.key, ("", None))
        if checked == digest and (since is None or at > since):
            work.checked.append(row)
        elif digest in (checked, before.get(row.key)):
            work.rest.append(row)
        else:
            work.changed.append(row)


@transaction.atomic
def check_ledger(
    *,
    by: User,
    ledger: CountyLedger,
    rows: dict[str, str] | None = None,
    rest: bool = False,
    version: int | str | None = None,
) -> CountyLedger:
    """Confirm rows as they were shown: `rows` maps an entry's key to the digest that was seen;
    `rest` confirms together what didn't change. Raises Refused for a row that changed meanwhile.
    """
    ledger = deeds.lock(ledger)
    posting = LEDGER_ACTS.require("check_ledger", by, ledger)
    refuse_own(by, ledger, "check_ledger")
    refuse_while_written(ledger, "核对")
    work, rows = work_of(ledger), rows or {}
    by_key = {row.key: row for row in work.rows}
    stale = [key for key, digest in rows.items() if work.digests.get(key) != digest]
    if stale:
        names = [by_key[key].value("party") for key in stale if key in by_key][:SHOWN]
        raise Refused(
            f"有{len(stale)}行在您核对期间有了变化（{'、'.join(names) or '已不在台账中'}），"
            "请重新打开核对页，核对后再确认。"
        )
    chosen = [by_key[key] for key in rows] + (work.rest if rest else [])
    if not chosen and not work.is_checked:
        raise Refused("没有勾选任何一行。请勾选已核对的行，或勾选“其余没有变化的行一并确认”。")
    EntryCheck.objects.bulk_create(
        [EntryCheck(entry=row.entry, row_digest=work.digests[row.key], checked_by=by) for row in chosen],
        batch_size=500,
    )
    trail.record(
        by=by,
        posting=posting,
        act=LEDGER_ACTS.get("check_ledger"),
        thing=ledger,
        changes={"核对": ("", f"{len(chosen)}行")},
        happened_on=local_today(),
    )
    return ledger


def refuse_own(by: User, ledger: CountyLedger, act: str) -> None:
    """Nobody checks or submits what they prepared themselves since the last submission."""
    if sentence := own_work(by, ledger, act):
        raise Refused(sentence)


def own_work(by: User, ledger: CountyLedger, act: str) -> str:
    """Why this person doesn't check or submit a ledger: they prepared it themselves; "" if not."""
    done = preparation_by(by, ledger)
    return f"本期您已办理“{done}”，{LEDGER_ACTS.get(act).label}须由另一人办理。" if done else ""


def preparation_by(person: User, ledger: CountyLedger) -> str:
    """The label of what a person did to prepare the ledger since the last submission; "" for nothing."""
    done = TrailEntry.objects.filter(chain=ledger.trail_chain, act__in=PREPARING, actor=person)
    last = ledger.submissions().first()
    if last:
        done = done.filter(at__gt=last.submitted_at)
    entry = done.order_by("-seq").first()
    return entry.label if entry else ""
