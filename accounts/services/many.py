"""One deed on many things: each is done by its own service; all of them, or those that can be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model

from common.errors import Refused


@dataclass
class Each:
    """What was done, and what was refused and why."""

    done: list[Model] = field(default_factory=list)
    refused: list[tuple[Model, str]] = field(default_factory=list)


class SomeRefused(Refused):
    """Some were refused, so none was done; `why` has the sentence of each by its key."""

    def __init__(self, refused: list[tuple[Model, str]]):
        super().__init__(f"有 {len(refused)} 件不能办，所以一件都没有办。原因写在下面各行。")
        self.why = {thing.pk: sentence for thing, sentence in refused}


@transaction.atomic
def do_each(*, things: Iterable[Model], deed: Callable[[Model], object], skip: bool) -> Each:
    """Run `deed` on each thing, in the order of their keys so that two such runs don't block each other.

    What is refused is left out (`skip`), or brings all of them to nothing: raises SomeRefused.
    """
    each = Each()
    for thing in sorted(things, key=lambda row: row.pk):
        try:
            with transaction.atomic():
                deed(thing)
        except Refused as refusal:
            each.refused.append((thing, refusal.sentence))
        else:
            each.done.append(thing)
    if each.refused and (not skip or not each.done):
        raise SomeRefused(each.refused)
    return each
