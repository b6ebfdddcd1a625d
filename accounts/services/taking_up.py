"""接续登记: rows from before there were digests are entered in the trail, once, as they stand."""

from django.db import connection, transaction

from accounts.models import TrailSeal, User
from accounts.models.sealed import Sealed, note
from accounts.services import installation, row_seals, trail

ACT, LABEL = "take_up_rows", "接续登记"
AT_ONCE = 2000


@transaction.atomic
def take_up() -> int:
    """Let every table begin to be held against the trail that hasn't yet, its rows entered; how many.

    A table begins once, be it empty, and the trail keeps that: what stands in one that has begun and
    left no digest is a finding, however often the server starts. A new house's begin with its
    first deed (`installation.command_line`).
    """
    begun = row_seals.begun() if (there := _there()) else set()
    late = [model for model in there if model._meta.label_lower not in begun]
    if not late or not User.objects.exists():
        return 0
    by = installation.command_line()
    # People first: whoever records this may be new, and comes in with the rest of them.
    count = sum(_take_up(by, model) for model in sorted(late, key=lambda model: model is not User))
    installation.begin_sealing(by, late)
    return count


def _there() -> list[type[Sealed]]:
    """The tables that exist: a migrate may stop half-way."""
    names = set(connection.introspection.table_names())
    if TrailSeal._meta.db_table not in names:
        return []
    return [model for model in row_seals.tables() if model._meta.db_table in names]


def _take_up(by: User, model: type[Sealed]) -> int:
    if row_seals.is_sealed(model):
        return 0
    keys = list(model._base_manager.order_by("-pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), AT_ONCE):
        batch = keys[begin : begin + AT_ONCE]
        note(model, dict.fromkeys(batch, ""))
        _record(by, model, batch)
    return len(keys)


def _record(by: User, model: type[Sealed], keys: list[int]) -> None:
    trail.record(
        by=by,
        act=ACT,
        label=LABEL,
        thing=model._base_manager.get(pk=keys[0]),
        changes={"行数": ("", len(keys))},
        chain=f"{ACT}:{model._meta.label_lower}",
    )
