"""The flags of a case (cases/flags.py), worked out by every deed and once a day by the sweep.

What the law says is asked of `law.findings` and `law.lapses`; here stands what it doesn't know. They
are rows (models/flag.py): gates and the desk ask them, lists show and filter them; nothing else writes them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.models import local_today
from accounts.services import deeds, paper_reading
from cases import assessing
from cases.assessing.joining import is_silent
from cases.flags import BY_FINDING, FLAGS, LATE, OVERDUE, REPEATED
from cases.flags import words as in_words
from cases.models import SENT_STATES, Case, CaseFlag
from cases.services import dues, offenders, weighing
from cases.services.suspicion import reasons_in
from law import findings
from law.findings import Case as Held
from law.lapses import lapses


@dataclass(frozen=True)
class Mark:
    """A flag that holds, with the figures it rests on."""

    code: str
    figures: dict = field(default_factory=dict)


def words(case: Case) -> list[tuple[str, str]]:
    """(word, tone) pairs for the flags of a case."""
    return in_words((row.code, row.figures.get("times")) for row in case.flags_now())


def save(case: Case, act: Act | None = None, **values: object) -> dict:
    """Work out the flags from what the tables say, set `values`, save; {label: (old, new)}.

    A new state is one to which `act` may lead (deeds.save).
    """
    old = {name: getattr(case, name) for name in values}
    for name, value in values.items():
        setattr(case, name, value)
    marks = compute(case)
    for name, value in old.items():
        setattr(case, name, value)
    case.flagged_at = timezone.now()
    changes = deeds.save(case, act, **values)
    _keep(case, marks)
    return changes


def refresh(case: Case) -> None:
    """Work out the flags of a locked case before a deed asks them: days may have passed since the last."""
    _keep(case, compute(case))


@transaction.atomic
def renew(case: Case, now: datetime | None = None) -> Case:
    """Work out the flags after something that isn't the case's own changed what they say.

    The case itself doesn't change: who reads it meanwhile may go on.
    """
    now = now or timezone.now()
    case, today = deeds.lock(case), timezone.localdate(now)
    _keep(case, compute_all([case], today)[0], today)
    Case.objects.filter(pk=case.pk).update(flagged_at=now)
    return case


def compute(case: Case) -> list[Mark]:
    """What holds now."""
    return compute_all([case])[0]


def compute_all(cases: Sequence[Case], on: date | None = None) -> list[list[Mark]]:
    """What holds of each at the end of a day (today), in a number of queries that doesn't grow with them."""
    fresh = assessing.read(cases)
    things = [*fresh, *(referral for case in fresh for referral in case.referrals.all())]
    rows = paper_reading.denied(things).values_list("subject_kind", "subject_id")
    denied = set(rows) if things else set()
    held = assessing.held_of_read(fresh, on or local_today())
    return [_marks(*pair, denied) for pair in zip(fresh, held, strict=True)]


def differs(case: Case, marks: list[Mark]) -> bool:
    """Whether the rows of a case say something else than these."""
    rows = {row.code: row for row in case.flag_rows.all()}
    return rows.keys() != {mark.code for mark in marks} or any(_says(rows[m.code], m) for m in marks)


def _keep(case: Case, marks: list[Mark], today: date | None = None) -> None:
    """Rows as they hold now: what stays keeps its day, what doesn't hold goes."""
    rows = {row.code: row for row in CaseFlag.objects.filter(case=case)}
    held = {mark.code: mark for mark in marks}
    if gone := [row.pk for code, row in rows.items() if code not in held]:
        CaseFlag.objects.filter(pk__in=gone).delete()
    changed = [rows[code] for code, mark in held.items() if code in rows and _says(rows[code], mark)]
    if changed:
        CaseFlag.objects.bulk_update(changed, ["figures", "level"])
    today = today or local_today()
    if new := [_row(case, mark, today) for code, mark in held.items() if code not in rows]:
        CaseFlag.objects.bulk_create(new)
    getattr(case, "_prefetched_objects_cache", {}).pop("flag_rows", None)


def _says(row: CaseFlag, mark: Mark) -> bool:
    """Whether a row said something else; it then says this."""
    says = (mark.figures, str(FLAGS[mark.code].level))
    was, (row.figures, row.level) = (row.figures, row.level), says
    return was != says


def _row(case: Case, mark: Mark, today: date) -> CaseFlag:
    level = FLAGS[mark.code].level
    return CaseFlag(case=case, code=mark.code, level=level, since=today, figures=mark.figures)


def _marks(case: Case, held: Held, denied: set[tuple[str, int]]) -> list[Mark]:
    found = {each.code: each for each in findings.held_against(held)}
    things = [case, *case.referrals.all()]
    own = {
        "paper_denied": any((each._meta.label_lower, each.pk) in denied for each in things),
        "referred": any(referral.state in SENT_STATES for referral in case.referrals.all()),
        "not_referred": held.facts.not_referred and not held.must_refer,
        "recorded_late": any(decision.issued for decision in dues.standing_decisions(case)),
        "overpaid": any(dues.owed(item) < 0 for item in dues.standing_items(case)),
        **weighing.flags_of(case, held),
        "prefecture_silent": is_silent(case, held.facts.as_of),
    }
    marks = [Mark(BY_FINDING[code], _figures(each)) for code, each in found.items() if code in BY_FINDING]
    marks += [Mark(code) for code, holds in own.items() if holds]
    marks += [Mark(code, {"article": article}) for code, article in lapses(held).items()]
    if overdue := found.get("DECISION_OVERDUE"):
        marks.append(Mark(LATE if held.facts.decided else OVERDUE, _figures(overdue)))
    return [*[_with_reasons(mark, held) for mark in marks], *_repeat(held)]


def _figures(finding: findings.Finding) -> dict:
    """A finding's article and figures as a row keeps them; no sentence, for some count the days."""
    return _plain({"article": finding.article, "figures": finding.figures})


def _with_reasons(mark: Mark, held: Held) -> Mark:
    """Why a case must be referred, each reason in its words, for the page."""
    if mark.code != "must_refer":
        return mark
    return Mark(mark.code, {**mark.figures, "reasons": _plain([vars(each) for each in reasons_in(held)])})


def _plain(figures: object) -> object:
    """As it comes back from the table."""
    return json.loads(json.dumps(figures, cls=DjangoJSONEncoder))


def _repeat(held: Held) -> list[Mark]:
    """How many times within two years (法释〔2016〕25号 art 3①(三)): told from the second on."""
    before = offenders.illegal_mining_before(held)
    return [Mark(REPEATED, {"times": before + 1})] if before else []
