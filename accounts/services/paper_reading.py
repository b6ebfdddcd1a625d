"""Approvals on paper as they stand: whose they are, what was answered, which denials are open."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts import roles
from accounts.models import SETTLING, Answer, Approval, PaperAnswer, User

WATCHING = roles.LEADERS | {roles.BRIGADE_HEAD, roles.PREFECTURE}
READ = ("signer", "typed_by", "authority__principal", "signed_paper__scan")

NOT_CONFIRMED, TYPED = ("未在系统确认", ""), ("本人录入", "")
CONFIRMED, DENIED = ("签批人已确认", ""), ("签批人否认", "red")
SETTLED = ("曾被否认，已处理", "amber")


def own(user: User) -> QuerySet[Approval]:
    """Approvals typed by others from papers that bear the person's name, as signer or as who let sign."""
    theirs = Q(signer=user) | Q(authority__principal=user)
    rows = Approval.objects.filter(theirs, on_paper=True).exclude(typed_by=user)
    return rows.select_related(*READ).prefetch_related("answers__by")


def unanswered(user: User) -> QuerySet[Approval]:
    """Those of the person's own that they haven't answered yet."""
    answered = PaperAnswer.objects.filter(approval=OuterRef("pk"), by=user).exclude(answer__in=SETTLING)
    return own(user).filter(~Exists(answered))


def on_paper(things: Iterable[Model]) -> list[Approval]:
    """The approvals on paper of some things, newest first; two queries."""
    rows = Approval.objects.filter(about(things), on_paper=True).select_related(*READ)
    return list(rows.prefetch_related("answers__by").order_by("-pk"))


def denied(things: Iterable[Model]) -> QuerySet[Approval]:
    """The approvals of some things that a signer denies and nobody has settled."""
    return _denied().filter(about(things))


def denied_in_sight(user: User) -> list[Approval]:
    """Open denials of things that the person leads, or looks after from above, and may see."""
    held = [posting for posting in user.current_postings if posting.role in WATCHING]
    if not held:
        return []
    within = Q(pk__in=[])
    for posting in held:
        within |= Q(signed_paper__agency__path__startswith=posting.agency.path)
    rows = list(_denied().filter(within).select_related(*READ).prefetch_related("answers__by"))
    seen = seen_of(user, rows)
    return [row for row in with_things(rows) if (row.subject_kind, row.subject_id) in seen]


def visible_denial(user: User, pk: int) -> Approval | None:
    """One open denial, where the person sees what was approved; never those it was only sent to."""
    if not user.holds(*roles.OFFICE, *roles.UPPER):
        return None
    approval = _denied().select_related(*READ).prefetch_related("answers__by").filter(pk=pk).first()
    return approval if approval and sees(user, approval) else None


def with_things(approvals: Iterable[Approval]) -> list[Approval]:
    """The same rows, with what each approved read together; one query a kind."""
    approvals = list(approvals)
    for kind in dict.fromkeys(row.subject_kind for row in approvals):
        ids = {row.subject_id for row in approvals if row.subject_kind == kind}
        things = apps.get_model(kind)._base_manager.in_bulk(ids)
        for row in approvals:
            if row.subject_kind == kind:
                row.thing = things[row.subject_id]
    return approvals


def sees(user: User, approval: Approval) -> bool:
    """Whether the person sees what was approved."""
    return bool(seen_of(user, [approval]))


def seen_of(user: User, approvals: list[Approval]) -> set[tuple[str, int]]:
    """Which of the things approved the person sees; one query a kind."""
    seen = set()
    for kind in dict.fromkeys(row.subject_kind for row in approvals):
        ids = {row.subject_id for row in approvals if row.subject_kind == kind}
        rows = apps.get_model(kind)._default_manager.visible_to(user).filter(pk__in=ids)
        seen |= {(kind, pk) for pk in rows.values_list("pk", flat=True)}
    return seen


def state_of(approval: Approval) -> tuple[str, str]:
    """What the named people say of it, as a word and its tone; reads `answers`."""
    last, settled = {}, False
    for answer in sorted(approval.answers.all(), key=lambda each: each.pk):
        if answer.answer in SETTLING:
            last, settled = {}, True
        else:
            last[answer.by_id] = answer.answer
    if Answer.DENIED in last.values():
        return DENIED
    if Answer.CONFIRMED in last.values():
        return CONFIRMED
    if settled:
        return SETTLED
    return NOT_CONFIRMED if approval.asked else TYPED


def _denied() -> QuerySet[Approval]:
    denials = PaperAnswer.objects.standing_denials()
    return Approval.objects.filter(pk__in=denials.values("approval_id"))


def about(things: Iterable[Model]) -> Q:
    """The Q for rows about some things, of any table that names its subject by kind and key."""
    by_kind: dict[str, list[int]] = {}
    for thing in things:
        by_kind.setdefault(thing._meta.label_lower, []).append(thing.pk)
    fits = Q(pk__in=[])
    for kind, pks in by_kind.items():
        fits |= Q(subject_kind=kind, subject_id__in=pks)
    return fits
