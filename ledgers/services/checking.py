"""Checking row by row: only what changed is asked again, the rest is confirmed together."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import transaction

from accounts.models import TrailEntry, User, local_today
from accounts.services import deeds, trail
from common.errors import Refused
from ledgers.acts import LEDGER_ACTS, PREPARING
from ledgers.layouts import Layout
from ledgers.models import CountyLedger, EntryCheck, Submission, SubmissionRow
from ledgers.rows import Row
from ledgers.services.freezing import thaw
from ledgers.services.import_locking import refuse_while_written
from ledgers.services.kept import Head, LedgerRows, below
from ledgers.services.movement import Fall, Movement, State, kin_of, movement
from ledgers.services.refreshing import Part
from ledgers.services.reported import reported_parties, reported_state, rows_by_key
from ledgers.stages import RETURNED

SHOWN = 5


@dataclass
class Work:
    """A ledger between two reports: its rows, what changed, what was checked, what fell.

    `changed`, `rest` and `checked` are told by digests alone; rows are read where they are shown or frozen.
    """

    ledger: CountyLedger
    as_of: date
    last: Submission | None
    previous: Submission | None
    corrects: Submission | None
    rows: LedgerRows
    changed: list[Head] = field(default_factory=list)
    rest: list[Head] = field(default_factory=list)
    checked: list[Head] = field(default_factory=list)

    @property
    def form(self) -> Layout:
        """The campaign's form."""
        return self.rows.form

    @cached_property
    def digests(self) -> dict[str, str]:
        """What a checker confirms of each row, by the entry's key."""
        return {head.key: head.digest for head in self.rows.heads}

    @cached_property
    def movement(self) -> Movement:
        """What happened to the figures since then."""
        return self.moved({})

    def moved(self, explanations: dict[str, dict]) -> Movement:
        """The same, with the reasons that were given. Figures are read of rows that aren't as they were; of a
        first report only of those that came from others."""
        new = {head.key for head in self.rows.heads if not head.before} - self._reported
        differing = {head.key for head in self.rows.heads if head.digest != head.before} | self.gone
        kin = kin_of(differing)
        left_out = set() if self._reported else new - explanations.keys() - kin.keys()
        keys = differing.union(*kin.values()) - left_out
        states = reported_state(self.form, self.previous, keys), self._state(keys)
        fresh = states[1].rest if left_out else {}
        return movement(self.form, states, self._parties, explanations, fresh)

    def _state(self, keys: set[str]) -> State:
        """Some rows as they are now, and what all add up to."""
        here = {head.key: head.entry_id for head in self.rows.heads if head.key in keys}
        figures = self.rows.having(*self.form.sum_keys, of=here.values())
        return State({key: figures.get(key, {}) for key in here}, self.rows.sums.total)

    def _parties(self, keys: Collection[str]) -> dict[str, str]:
        return reported_parties(self.previous, keys) | self.rows.parties(keys)

    @cached_property
    def _reported(self) -> set[str]:
        rows = SubmissionRow.objects.filter(submission=self.previous)
        return set(rows.values_list("entry_key", flat=True)) if self.previous else set()

    @property
    def gone(self) -> set[str]:
        """Rows (by key) of the last report that aren't in the ledger any more."""
        return self._reported - self.digests.keys()

    def first_gone(self, count: int) -> list[Row]:
        """The first of them, as they were reported."""
        return before_of(self.form, self.previous, self.gone)[:count] if self.gone else []

    @property
    def added(self) -> list[Head]:
        """Rows that the last report didn't have."""
        return [head for head in self.rows.heads if head.key not in self._reported]

    @property
    def is_checked(self) -> bool:
        """Every row was confirmed as it now stands."""
        return not self.changed and not self.rest and not self.rows.undrawn

    @property
    def is_unchanged(self) -> bool:
        """Nothing differs from the last report: a nil report."""
        same = all(head.digest == head.before for head in self.rows.heads)
        return same and not self.rows.undrawn and self._reported == self.digests.keys()

    @property
    def to_explain(self) -> list[Fall]:
        """Falls whose reason a person must give."""
        return [fall for fall in self.movement.falls if not fall.reason]


def work_of(
    ledger: CountyLedger,
    *,
    as_of: date | None = None,
    correct: bool | None = None,
    shown: LedgerRows | None = None,
    at_most: int | None = None,
) -> Work:
    """What stands between the last report and the next one; a constant number of queries.

    `correct` means that the last submission itself is to be corrected, as it was prepared if not told.
    `shown` are the ledger's rows of today where they are at hand; `at_most` is for a page, as in
    `LedgerRows`.
    """
    as_of = as_of or ledger.prepared_as_of or local_today()
    last = ledger.submissions().select_related("duty").first()
    corrects = corrected(ledger, last, correct)
    previous = effective_of(ledger, but=corrects)
    rows = shown
    if shown is None or (shown.as_of, shown.reported.get(ledger.agency_id)) != (as_of, previous):
        form = None if shown is None else shown.form
        reported = {ledger.agency_id: previous}
        part = Part(ledger.campaign, below(ledger.agency))
        rows = LedgerRows(part, as_of, reported=reported, form=form, at_most=at_most)
    work = Work(ledger, as_of, last, previous, corrects, rows)
    _sort(work)
    return work


def before_of(form: Layout, submission: Submission, keys: Collection[str]) -> list[Row]:
    """Some rows of a report, in its order."""
    return [thaw(form, stored) for stored in rows_by_key(submission, keys).order_by("position")]


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


def _sort(work: Work) -> None:
    """Into checked since the last submission, unchanged, and changed."""
    since, last_check = work.last and work.last.submitted_at, {}
    checks = EntryCheck.objects.filter(
        entry__campaign_id=work.ledger.campaign_id, entry__agency__in=below(work.ledger.agency)
    )
    if work.last and work.last == work.previous:  # what was checked before it stands in it
        checks = checks.filter(checked_at__gt=since)
    for pk, digest, at in checks.order_by("pk").values_list("entry_id", "row_digest", "checked_at"):
        last_check[pk] = (digest, at)
    for head in work.rows.heads:
        checked, at = last_check.get(head.entry_id, ("", None))
        if checked == head.digest and (since is None or at > since):
            work.checked.append(head)
        elif head.digest in (checked, head.before):
            work.rest.append(head)
        else:
            work.changed.append(head)


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
    stale = [key for key, digest in rows.items() if work.digests.get(key) != digest]
    if stale:
        names = [row.value("party") for row in work.rows.of(stale)[:SHOWN]]
        raise Refused(
            f"有{len(stale)}行在您核对期间有了变化（{'、'.join(names) or '已不在台账中'}），"
            "请重新打开核对页，核对后再确认。"
        )
    chosen = [head for head in work.rows.heads if head.key in rows] + (work.rest if rest else [])
    if not chosen and not work.is_checked:
        raise Refused("没有勾选任何一行。请勾选已核对的行，或勾选“其余没有变化的行一并确认”。")
    EntryCheck.objects.bulk_create(
        [EntryCheck(entry_id=head.entry_id, row_digest=head.digest, checked_by=by) for head in chosen],
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
