"""The board of clocks: every open time limit on what a person sees, with whose and which thing it is."""

from collections.abc import Callable

from django.db.models import Case, CharField, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import Clock, User
from reminders.due_sources import HANDLERS


def seen_by(user: User) -> QuerySet[Clock]:
    """Open clocks of the things that `user` sees, each with `thing_kind`, `thing_number` and `handler_name`.

    Which things run by clocks, and who handles them, is what `register_handlers` told: a kind that
    nobody registered is on no board. What is within reach a clock says itself; only what was given by a
    grant is asked of the things.
    """
    within = Q(agency__in=user.reach_ids()) | Q(origin__in=user.reach_ids())
    given = _on(lambda model, paths: model.objects.filter(model.objects.all().grant_filter(user)))
    return (
        Clock.objects.filter(within | given, subject_kind__in=list(HANDLERS), met_at=None)
        .select_related("agency")
        .annotate(
            thing_kind=_told(lambda model, paths, number: Value(model._meta.verbose_name)),
            thing_number=_told(lambda model, paths, number: _of(model, number)),
            handler_name=_told(lambda model, paths, number: _of(model, f"{paths[0]}__name")),
        )
    )


def handled_by(clocks: QuerySet[Clock], user: User) -> QuerySet[Clock]:
    """Those on things that `user` handles, as the first or the second."""

    def mine(model: type[Model], paths: tuple[str, ...]) -> QuerySet:
        handles = Q()
        for path in paths:
            handles |= Q(**{path: user})
        return model._base_manager.filter(handles)

    return clocks.filter(_on(mine))


def _on(things: Callable[[type[Model], tuple[str, ...]], QuerySet]) -> Q:
    """Clocks that run on some things of each kind, told by their keys: an OR over several tables is one
    that no index answers."""
    several = [
        Clock.objects.filter(
            subject_kind=label, met_at=None, subject_id__in=things(model, paths).order_by().values("pk")
        ).values("pk")
        for label, (model, paths, _) in HANDLERS.items()
    ]
    return Q(pk__in=several[0].union(*several[1:], all=True)) if several else Q(pk__in=[])


def _told(by: Callable) -> Case:
    kinds = [When(subject_kind=label, then=by(*told)) for label, told in HANDLERS.items()]
    return Case(*kinds, default=Value(""), output_field=CharField())


def _of(model: type[Model], path: str) -> Subquery:
    rows = model._base_manager.filter(pk=OuterRef("subject_id")).annotate(told_here=F(path))
    return Subquery(rows.values("told_here")[:1])
