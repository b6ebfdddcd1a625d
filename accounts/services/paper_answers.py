"""The named signer confirms or denies an approval that was typed from paper; a leader settles a denial.

No post is asked of the signer: who signed may have moved on. Rows are only added; the newest counts.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from accounts.acts import own_part, own_preparation, posting_for
from accounts.models import SETTLING, Answer, Approval, PaperAnswer, SignedPaper, User
from accounts.paper_acts import CONFIRM, DENY, PAPER_ACTS
from accounts.services import deeds, paper_reading, signing, trail
from accounts.signables import act_of
from accounts.signals import paper_answered
from common.errors import Forbidden, Refused


@transaction.atomic
def confirm_paper(
    *,
    by: User,
    paper: SignedPaper,
    approvals: Iterable[Approval],
    words: str = "",
    version: int | str | None = None,
) -> SignedPaper:
    """Say that one signed these approvals of a paper; words are needed where one said otherwise before."""
    paper = deeds.lock(paper, version)
    return _answer(by, paper, approvals, Answer.CONFIRMED, words.strip())


@transaction.atomic
def deny_paper(
    *,
    by: User,
    paper: SignedPaper,
    approvals: Iterable[Approval],
    words: str,
    version: int | str | None = None,
) -> SignedPaper:
    """Say that one did not sign them, and what one knows of it."""
    paper = deeds.lock(paper, version)
    if not words.strip():
        raise Refused("不是您签的，请写明情况。")
    return _answer(by, paper, approvals, Answer.DENIED, words.strip())


@transaction.atomic
def settle_denial(
    *, by: User, approval: Approval, how: str, words: str, version: int | str | None = None
) -> Model:
    """Settle an open denial: sign anew here and now, or say how what was approved was undone.

    Only who could sign the act today, and neither typed the paper nor prepared the matter nor handles it.
    `version` is that of the thing, which is returned.
    """
    thing = deeds.lock(approval.thing, version)
    PAPER_ACTS.require("settle_denial", by, thing)
    act = act_of(approval)
    posting = posting_for(by, act.roles, thing)
    if posting is None:
        raise Forbidden(f"{act.label}的签批否认，由能签批这件事的负责人处理，您的岗位不能签批。")
    if not paper_reading.denied([thing]).filter(pk=approval.pk).exists():
        raise Refused("这项签批没有待处理的否认，请刷新页面查看最新状态。")
    if part := own_part(act, by, thing):
        raise Refused(f"您是{part}，签批否认请由另一人处理。")
    if approval.typed_by_id == by.pk or own_preparation(act, by, thing):
        raise Refused("这件事是您经办或者录入的，签批否认请由另一名负责人处理。")
    if not words.strip():
        raise Refused("请写明处理情况。")
    if how == Answer.SIGNED_ANEW:
        signature = signing.Signature(opinion=words.strip())
        signing.sign(
            by=by, posting=posting, act=act, thing=thing, agreed=approval.agreed, signature=signature
        )
    elif how != Answer.UNDONE:
        raise Refused("请选择怎样处理：重新签批，或者已撤销、改正。")
    answer = PaperAnswer.objects.create(
        approval=approval, answer=how, words=words.strip(), by=by, posting=posting
    )
    trail.record(
        by=by,
        posting=posting,
        act=PAPER_ACTS.get("settle_denial"),
        thing=thing,
        changes={act.label: (Answer.DENIED.label, answer.get_answer_display())},
        reason=answer.words,
    )
    paper_answered.send(sender=PaperAnswer, by=by, answer=answer)
    return thing


def _answer(
    by: User, paper: SignedPaper, approvals: Iterable[Approval], answer: Answer, words: str
) -> SignedPaper:
    chosen = {approval.pk for approval in approvals}
    rows = list(paper_reading.own(by).filter(signed_paper=paper, pk__in=chosen).order_by("pk"))
    if not rows or len(rows) != len(chosen):
        raise Forbidden("签批单由上面写明的签批人（代签的，还有授权人）本人答复，您不能代为答复。")
    things = defaultdict(list)
    for row in sorted(rows, key=lambda each: (each.subject_kind, each.subject_id)):
        deeds.lock(row.thing)  # one after another, always in this order
        things[row.subject_kind, row.subject_id].append(row)
    for row in rows:
        _refuse_again(by, row, answer, words)
    for about in things.values():
        _keep(by, about, answer, words)
    return paper


def _refuse_again(by: User, row: Approval, answer: Answer, words: str) -> None:
    """The same again says nothing new; the contrary needs a reason."""
    earlier = row.answers.filter(by=by).exclude(answer__in=SETTLING).order_by("-pk").first()
    settled = earlier and row.answers.filter(answer__in=SETTLING, pk__gt=earlier.pk).exists()
    if earlier and earlier.answer == answer and not settled:
        raise Refused(f"您已经答复过“{answer.label}”，不用再答复。")
    if earlier and not words:
        raise Refused("您以前的答复不是这样，改变答复请写明原因。")


def _keep(by: User, about: list[Approval], answer: Answer, words: str) -> None:
    """The answers about one thing, and one line of its record."""
    thing = about[0].thing
    kept = [PaperAnswer.objects.create(approval=row, answer=answer, words=words, by=by) for row in about]
    name, label = CONFIRM if answer == Answer.CONFIRMED else DENY
    acts = "、".join(dict.fromkeys(act_of(row).label for row in about))
    changes = {acts: ("", answer.label), "签批单录入人": ("", about[0].typed_by.name)}
    trail.record(by=by, act=name, label=label, thing=thing, changes=changes, reason=words)
    for each in kept:
        paper_answered.send(sender=PaperAnswer, by=by, answer=each)
