"""Which fields a head's words can mean: the longest word decides, an exact one is worth more."""

import re
from dataclasses import dataclass

from common.words import half_width
from ledgers.fields import FIELDS, LedgerField
from ledgers.layouts import Layout, fold_head

LONGEST_WORD = 30
_WHOLES = ("合计", "小计", "总计", "总数", "总面积", "总额", "总量")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Match:
    """The fields that match a head word best, and how well: (is it the whole word, how long)."""

    fields: tuple[LedgerField, ...] = ()
    exact: bool = False
    length: int = 0


_NONE = Match()


class HeadWords:
    """The words of one form's heads; every text is matched once."""

    def __init__(self, form: Layout):
        self.form = form
        self.group_words = group_words(form)
        self.matches: dict[str, Match] = {}

    def match(self, text: str) -> Match:
        """What a cell of a head can mean."""
        if text not in self.matches:
            self.matches[text] = self._matched(text) if len(text) <= 3 * LONGEST_WORD else _NONE
        return self.matches[text]

    def match_below(self, above: str, leaf: str) -> Match:
        """What a cell can mean that stands below another: 合计 or 耕地 below 占地面积 is an area."""
        own, upper = self.match(leaf), self.match(above)
        if own.fields or not upper.exact or not all(field.is_summed for field in upper.fields):
            return own
        return upper if fold_head(leaf) in _WHOLES else Match(upper.fields)

    def _matched(self, text: str) -> Match:
        folded = fold_head(text)
        if not folded or len(folded) > LONGEST_WORD:
            return _NONE
        scores = {
            key: max((len(word) for word in FIELDS[key].words if _holds(word, folded)), default=0)
            for key in self.form.keys
        }
        best = max(scores.values())
        if not best:
            return _NONE
        fields = tuple(FIELDS[key] for key, score in scores.items() if score == best)
        bare = fold_head(_BRACKETS.sub("", half_width(text)))
        return Match(fields, any(bare in field.words or folded in field.words for field in fields), best)

    def is_group(self, text: str) -> bool:
        """Whether a cell can stand above several columns."""
        folded = fold_head(text)
        return len(folded) <= LONGEST_WORD and any(word in folded for word in self.group_words)


def group_words(form: Layout) -> tuple[str, ...]:
    """Words of a head that stands above others: those of the fields, and the form's own heads."""
    words = {word for column in form.columns for word in column.field.above}
    heads = {fold_head(text) for column in form.columns for text in column.path[:-1]}
    return tuple(sorted(words | heads))


def _holds(word: str, folded: str) -> bool:
    return word == folded if len(word) == 1 else word in folded
