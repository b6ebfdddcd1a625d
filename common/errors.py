"""How the product says no: always with a sentence for the person, never with a code."""

from typing import Any


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule of the procedure said no. `sentence` tells the person what to do.

    `missing` holds (label, anchor) pairs: what must be there first and where to fill it in.
    """

    def __init__(self, sentence: str, missing: tuple[tuple[str, str], ...] = ()):
        super().__init__(sentence)
        self.sentence = sentence
        self.missing = missing


class NotYet(Refused):
    """What is needed isn't there now but may come by itself: worth trying again later."""


class Forbidden(Refused):
    """The person sees the thing but holds no post that may do this act (403)."""


class Stale(Refused):
    """Somebody changed the thing since the form was opened (409)."""

    def __init__(self, sentence: str, thing: Any = None):
        super().__init__(sentence)
        self.thing = thing


class KeyReused(Refused):
    """A form's key came back with other content (422)."""
