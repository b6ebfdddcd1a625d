"""The board of clocks: every open time limit on what a person sees, with whose and which thing it is."""

from collections.abc import Callable

from django.db.models import Case, CharField, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import Clock, User
from reminders.due_sources import HANDLERS


def seen_by(user: User) -> QuerySet[Clock]:
    """Open clocks of the things that `user` sees, each with `thing_kind`, `thing_number` and `handler_name`.

    Which things run by clocks, and who handles them, is what `register_handlers` told: a kind that
    nobody registered is on no board.
    """
    sees = Q(pk__in=[])
    for label, (model, _, _) in HANDLERS.items():
        sees |= Q(subject_kind=label, subject_id__in=model.objects.visible_to(user).values("pk"))
    return (
        Clock.objects.filter(sees, met_at=None)
        .select_related("agency")
        .annotate(
            thing_kind=_told(lambda model, paths, number: Value(model._meta.verbose_name)),
            thing_number=_told(lambda model, paths, number: _of(model, number)),
            handler_name=_told(lambda model, paths, number: _of(model, f"{paths[0]}__name")),
        )
    )


def handled_by(clocks: QuerySet[Clock], user: User) -> QuerySet[Clock]:
    """Those on things that `user` handles, as the first or the second."""
    mine = Q(pk__in=[])
    for label, (model, paths, _) in HANDLERS.items():
        handles = Q()
        for path in paths:
            handles |= Q(**{path: user})
        mine |= Q(subject_kind=label, subject_id__in=model._base_manager.filter(handles).values("pk"))
    return clocks.filter(mine)


def _told(by: Callable) -> Case:
    kinds = [When(subject_kind=label, then=by(*told)) for label, told in HANDLERS.items()]
    return Case(*kinds, default=Value(""), output_field=CharField())


def _of(model: type[Model], path: str) -> Subquery:
    rows = model._base_manager.filter(pk=OuterRef("subject_id")).annotate(told_here=F(path))
    return Subquery(rows.values("told_here")[:1])
