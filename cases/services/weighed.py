"""法制审核 and 集体讨论 of a decision issued on paper: entered with it (补录), set right with it (更正).

What really was is entered as it was, also in the wrong order or not at all: the case is flagged
(未经法制审核, 未经集体讨论). Those of a decision that waits are acts of their own (services/reviewing.py).
"""

import re
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from cases.models import Decision, Discussion, LegalReview, OptOut
from cases.services.days import refuse_future
from cases.services.execution import take_back
from common.errors import Refused

AGREED = "同意处罚意见"


@dataclass(frozen=True)
class Reviewed:
    """That a decision issued on paper had passed 法制审核: by whom, on which day."""

    reviewer: str
    reviewed_on: date


@dataclass(frozen=True)
class Discussed:
    """That those in charge had agreed to it in 集体讨论: who (names), on which day, by which minutes."""

    attendees: str
    happened_on: date
    minutes_number: str = ""


@dataclass(frozen=True)
class Weighed:
    """What came before a decision issued on paper; None where there was none."""

    reviewed: Reviewed | None = None
    discussed: Discussed | None = None


NEITHER = Weighed()


def enter(by: User, decision: Decision, weighed: Weighed) -> dict:
    """Keep what came before it; {label: (before, after)}. Inside a deed's transaction."""
    return _review(decision, None, weighed.reviewed) | _discussion(by, decision, None, weighed.discussed)


def correct(by: User, decision: Decision, weighed: Weighed, reason: str) -> dict:
    """Put what really came before it in the place of what stands; that stays, taken back."""
    review = next((each for each in decision.reviews.all() if each.stands), None)
    discussion = next((each for each in decision.discussions.all() if each.stands), None)
    changes = {}
    if _said(review) != weighed.reviewed:
        if review and review.approval_id:
            raise Refused("系统内办理的法制审核，这里不能更正。")
        if review:
            take_back(review, reason)
        changes |= _review(decision, review, weighed.reviewed)
    if _discussed(discussion) != weighed.discussed:
        if discussion:
            take_back(discussion, reason)
        changes |= _discussion(by, decision, discussion, weighed.discussed)
    return changes


def weighed_of(decision: Decision) -> Weighed:
    """What stands of it."""
    review = next((each for each in decision.reviews.all() if each.stands), None)
    discussion = next((each for each in decision.discussions.all() if each.stands), None)
    return Weighed(_said(review), _discussed(discussion))


def _said(review: LegalReview | None) -> Reviewed | None:
    return Reviewed(review.reviewer, review.reviewed_on) if review else None


def _discussed(row: Discussion | None) -> Discussed | None:
    return Discussed(row.attendees, row.happened_on, row.minutes_number) if row else None


def _review(decision: Decision, before: LegalReview | None, said: Reviewed | None) -> dict:
    row = None
    if said:
        refuse_future("法制审核日期", said.reviewed_on)
        row = LegalReview.objects.create(
            decision=decision, passed=True, reviewer=said.reviewer.strip(), reviewed_on=said.reviewed_on
        )
    return {"法制审核": (str(before or ""), str(row or ""))} if before or row else {}


def _discussion(by: User, decision: Decision, before: Discussion | None, said: Discussed | None) -> dict:
    row = None
    if said:
        refuse_future("集体讨论日期", said.happened_on)
        refuse_alone(said.attendees)
        row = Discussion.objects.create(
            decision=decision,
            happened_on=said.happened_on,
            attendees=said.attendees.strip(),
            agreed=True,
            conclusion=AGREED,
            minutes_number=said.minutes_number.strip(),
            recorded_by=by,
        )
    return {"集体讨论": (_words(before), _words(row))} if before or row else {}


def _words(row: Discussion | None) -> str:
    return f"{row}，{row.attendees}" if row else ""


def refuse_alone(attendees: str) -> None:
    """集体讨论 is by several (行政处罚法 art 57②)."""
    if len(set(re.findall(r"[^、，,；;\s]+", attendees))) < 2:
        raise Refused("集体讨论须有两名以上负责人参加，请逐一写明姓名，用顿号隔开。")


def correct_reasons(decision: Decision, reasons: dict[str, str], articles: dict[str, str]) -> dict:
    """Put these reasons for taking less ({kind: reason}) in the place of those that stand; a new one gets the
    article of the gap that it covers (`articles` by kind)."""
    rows = {row.kind: row for row in decision.opt_outs.all()}
    before = [str(row) for row in rows.values()]
    for kind in rows.keys() - reasons.keys():
        rows[kind].delete()
    for kind, reason in reasons.items():
        row = rows.get(kind) or OptOut(decision=decision, kind=kind, article=articles.get(kind, ""))
        if row.reason != reason:
            row.reason = reason
            row.save()
    after = [str(row) for row in OptOut.objects.filter(decision=decision)]
    return {} if before == after else {"没收少于认定的理由": (before, after)}


def refuse_before_weighed(decision: Decision, decided_on: date) -> None:
    """A decision is made after its 法制审核 and 集体讨论, not before (行政处罚法 arts 57②, 58)."""
    reviews = [each.reviewed_on for each in decision.reviews.all() if each.stands]
    discussions = [each.happened_on for each in decision.discussions.all() if each.stands]
    for what, article, days in (
        ("法制审核", "行政处罚法第五十八条", reviews),
        ("集体讨论", "行政处罚法第五十七条第二款", discussions),
    ):
        if days and decided_on < min(days):
            raise Refused(
                f"{what}在{min(days)}，决定日期不能早于{what}：在作出决定以前须先经{what}。依据：{article}。"
            )
