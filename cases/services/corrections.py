"""更正: what was typed wrongly of a number or a decision; the case stays in its stage.

What a leader approved in the system is revoked and proposed again, never corrected: here only its
number and day, which were typed beside the signed paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import Posting, User
from accounts.services import clocks, deeds, numbering, trail
from cases import terms
from cases.acts import ACTS
from cases.assessing import held_of
from cases.models import Case, Decision, PenaltyItem
from cases.services import flags, guards, paying, weighed
from cases.services.days import refuse_future
from cases.services.dues import standing
from cases.services.items import checked, item_words
from cases.services.weighed import Weighed
from common.errors import Refused


@transaction.atomic
def correct_case_number(
    *, by: User, case: Case, version: int | str | None = None, number: str, reason: str
) -> Case:
    """Put the number that the papers bear in the place of one typed wrongly."""
    case = deeds.lock(case, version)
    posting = ACTS.require("correct_case_number", by, case)
    _refuse_unsaid(reason)
    number = numbering.correct(
        agency=case.agency, kind="filing", word="立字", year=case.filed_on.year, old=case.number, typed=number
    )
    changes = flags.save(case, number=number)
    _record(by, posting, "correct_case_number", case, changes, reason)
    return case


@dataclass(frozen=True)
class DecisionCorrection:
    """What a decision should have said; None leaves what stands. Content is corrected of 补录 ones alone.

    `items` replaces the penalty items: dicts as in DecisionContent, with `item` (the PenaltyItem that it
    corrects) or without (one forgotten); those left out go. `said` are the other words of its content (basis,
    orders with orders_due_on, mitigation, serious), `reasons` {what the law confiscates: why less of it is
    taken}, `weighed` the 法制审核 and 集体讨论 that came before it.
    """

    number: str
    decided_on: date
    items: tuple[dict, ...] | list[dict] | None = None
    said: dict[str, object] | None = None
    reasons: dict[str, str] | None = None
    weighed: Weighed | None = None

    @property
    def touches_content(self) -> bool:
        """Whether it corrects what a leader approved, where one did."""
        return any(each is not None for each in (self.items, self.said, self.reasons))


@transaction.atomic
def correct_decision(
    *,
    by: User,
    case: Case,
    version: int | str | None = None,
    decision: Decision,
    reason: str,
    correction: DecisionCorrection,
) -> Case:
    """Correct what was typed wrongly of a decision that stands; before and after in the trail."""
    case = deeds.lock(case, version)
    posting = ACTS.require("correct_decision", by, case)
    _refuse_unsaid(reason)
    decision = standing(case, decision)
    if not decision.issued and correction.touches_content:
        raise Refused("经呈批作出的决定，这里只更正文号和日期；内容有误的，撤销处罚决定后重新呈批。")
    refuse_future("决定日期", correction.decided_on)
    _refuse_after_service(decision, correction.decided_on)
    changes = _correct_head(case, decision, correction)
    if correction.items is not None:
        changes |= _correct_items(case, decision, correction.items)
    changes |= _correct_weight(by, case, decision, correction, reason)
    if not changes:
        raise Refused("没有改动，不必提交。")
    _count_again(case, decision)
    flags.save(case)
    paying.settle(case)
    _record(by, posting, "correct_decision", case, changes, reason, happened_on=correction.decided_on)
    return case


def _correct_head(case: Case, decision: Decision, correction: DecisionCorrection) -> dict:
    values = {"decided_on": correction.decided_on}
    if correction.number.strip() != decision.number:
        values["number"] = numbering.correct(
            agency=case.agency,
            kind="decision",
            word="罚字",
            year=correction.decided_on.year,
            old=decision.number,
            typed=correction.number,
        )
    values |= correction.said or {}
    orders = decision.order_labels
    changes = deeds.save(decision, **values)
    if orders != decision.order_labels:
        changes["责令事项"] = (orders, decision.order_labels)
    return changes


def _correct_weight(
    by: User, case: Case, decision: Decision, correction: DecisionCorrection, reason: str
) -> dict:
    """Why less is taken, and what came before it."""
    changes = {}
    if correction.reasons is not None:
        articles = {gap.kind: gap.article for gap in guards.gaps_of(held_of(case))}
        changes |= weighed.correct_reasons(decision, correction.reasons, articles)
    if correction.weighed is not None:
        changes |= weighed.correct(by, decision, correction.weighed, reason)
    return changes


def _refuse_after_service(decision: Decision, decided_on: date) -> None:
    """What is served was decided before: where the day moves past a service, one of the two is wrong."""
    standing = [row for row in decision.served.all() if row.withdrawn_at is None]
    first = min((row.announced_on or row.happened_on for row in standing), default=None)
    if first and decided_on > first and decided_on != decision.decided_on:
        raise Refused(f"登记的送达在{first}，决定日期不能晚于送达；送达录错的，先撤回送达登记。")


def _correct_items(case: Case, decision: Decision, items: Iterable[dict]) -> dict:
    before = _words(decision)
    rows = [(row.get("item"), _shape(row)) for row in items]
    rows = list(zip([old for old, _ in rows], checked(case, [new for _, new in rows]), strict=True))
    remaining = {old.pk for old, _ in rows if old}
    for item in decision.items.exclude(pk__in=remaining):
        _drop(item)
    for old, values in rows:
        if old is None:
            PenaltyItem.objects.create(decision=decision, **values)
        elif old.decision_id != decision.pk:
            raise Refused("这一处罚项不属于这份决定，请刷新页面。")
        else:
            _rewrite(old, values)
    after = _words(decision)
    return {} if before == after else {"处罚项": (before, after)}


NAMES = ("kind", "party", "violation", "side", "amount", "tonnes", "area", "text")


def _shape(item: dict) -> dict:
    return {name: item[name] for name in NAMES if name in item}


def _rewrite(item: PenaltyItem, values: dict) -> None:
    for name in NAMES:
        empty = "" if name == "text" else None
        setattr(item, name, values.get(name, empty))
    item.save()


def _drop(item: PenaltyItem) -> None:
    if item.payments.exists() or item.carried_out.exists():
        raise Refused(f"“{item_words(item)}”登记过缴款或者执行，不能删去，可以更正金额和内容。")
    item.delete()


def _words(decision: Decision) -> list[str]:
    return [
        f"{item.party or '共同'}：{item_words(item)}"
        for item in PenaltyItem.objects.filter(decision=decision).select_related("party")
    ]


def _count_again(case: Case, decision: Decision) -> None:
    """The day of the decision moved: the days to serve it run from the right one."""
    if clocks.of(case).filter(kind=terms.SERVE.kind, met_at=None).exists():
        clocks.start(
            term=terms.SERVE, thing=case, counted_from=decision.decided_on, url=case.get_absolute_url()
        )


def _refuse_unsaid(reason: str) -> None:
    if not reason.strip():
        raise Refused("请写明更正的理由。")


def _record(
    by: User, posting: Posting, name: str, case: Case, changes: dict, reason: str, **more: date
) -> None:
    trail.record(
        by=by, posting=posting, act=ACTS.get(name), thing=case, changes=changes, reason=reason.strip(), **more
    )
