"""Which column of a head is which field: what is plain is proposed, what is not is asked.

A column is recognised by its lowest word; where two fields share that word (罚款金额), by the words
above it, and where both columns are there, by its neighbour on the left. Where several columns look
like one field, the best match wins, and a tie is a question. What is in question is not read, except
the words that tell which line it is: there the first column stands in until somebody answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from common.words import squeeze
from ledgers.fields import FIELDS, Kind, LedgerField, Side, Use
from ledgers.layouts import Layout, fold_head
from ledgers.sheets.board import Board
from ledgers.sheets.words_of_heads import Match

_SHARED = "“{head}”可以是{fields}，请选择。"
_TIED = "{letters} 列都像“{field}”，请选择读哪一列。"
_TIED_WORDS = "{letters} 列都像“{field}”，请选择读哪一列；各填了一部分的，可以都选。"
_OTHER_SIDE = "“{head}”看不出是不是“{field}”，请选择。"
_LONGEST_ID = 120
# The halves of a form that count the same things: areas and fines.
_HALVES = {Side.LAND, Side.MINING}


@dataclass
class HeadColumn:
    """One column of a head: its words, what it was taken for, what is asked of it.

    `key` is the field it is read as ("" for none), `proposed` what it would be without a choice.
    """

    number: int
    id: str
    words: str
    path: list[str]
    match: Match
    key: str = ""
    proposed: str = ""
    question: str = ""
    candidates: tuple[str, ...] = ()
    chosen: bool = False

    @property
    def letter(self) -> str:
        return get_column_letter(self.number)

    def has_above(self, words: Iterable[str]) -> bool:
        """Whether one of the words stands in or above it."""
        folded = [fold_head(text) for text in self.path]
        return any(word in text for word in words for text in folded)

    def ask(self, question: str, *keys: str) -> None:
        """Read nothing of it until somebody answers."""
        self.key, self.question, self.candidates = "", question, keys


@dataclass
class HeadColumns:
    """The columns between two rows of a board, resolved for a form."""

    form: Layout
    chosen: dict[str, str] = field(default_factory=dict)

    def resolve(self, board: Board, top: int, bottom: int) -> list[HeadColumn]:
        """Every column with a head, from left to right."""
        columns = _bare(board, top, bottom, self.chosen)
        for column in columns:
            self._propose(column)
        self._settle_shared(columns)
        for column in columns:
            column.proposed = column.key
            self._take_choice(column)
        for key in {column.key for column in columns if column.key}:
            self._settle_tied(FIELDS[key], [column for column in columns if column.key == key])
        return columns

    def _propose(self, column: HeadColumn) -> None:
        """The one field a column can mean, or several candidates."""
        fields = column.match.fields
        if len(fields) > 1:
            for text in reversed(column.path):
                under = [f for f in fields if any(word in fold_head(text) for word in f.above)]
                if len(under) == 1:
                    fields = tuple(under)
                    break
        if len(fields) == 1:
            self._propose_one(column, fields[0])
        else:
            column.candidates = tuple(field.key for field in fields)

    def _propose_one(self, column: HeadColumn, field: LedgerField) -> None:
        column.key = field.key
        if field.side not in _HALVES:
            return
        others = {word for f in self.form.fields if f.side in _HALVES - {field.side} for word in f.above}
        elsewhere = field.above and not column.has_above(field.above)
        if elsewhere and column.has_above(others):
            column.ask(_OTHER_SIDE.format(head=column.words, field=field.label), field.key)

    def _settle_shared(self, columns: list[HeadColumn]) -> None:
        """Columns that two fields share: by their neighbours if each field has one, else asked."""
        group: tuple[str, ...] = ()
        guesses: dict[tuple[str, ...], list[tuple[HeadColumn, str]]] = {}
        for column in columns:
            key = column.key
            if len(column.candidates) > 1:
                beside = [k for k in column.candidates if self.form.column_of(k).path[:-1] == group]
                key = beside[0] if beside else ""
                guesses.setdefault(column.candidates, []).append((column, key))
            group = self.form.column_of(key).path[:-1] if key else group
        taken = {column.key for column in columns}
        for candidates, several in guesses.items():
            plain = sorted([key for _, key in several] + [k for k in candidates if k in taken])
            for column, key in several:
                if plain == sorted(candidates):
                    column.key, column.candidates = key, ()
                else:
                    labels = "，也可以是".join(f"“{FIELDS[k].label}”" for k in candidates)
                    column.ask(_SHARED.format(head=column.words, fields=labels), *candidates)

    def _take_choice(self, column: HeadColumn) -> None:
        choice = self.chosen.get(column.id)
        if choice is not None and (choice == "" or choice in self.form.keys):
            column.key, column.question, column.candidates = choice, "", ()
            column.chosen = True

    def _settle_tied(self, field: LedgerField, columns: list[HeadColumn]) -> None:
        """Several columns for one field: what was chosen, else the best match, else a question."""
        chosen = [column for column in columns if column.chosen]
        best = chosen or _best(field, columns)
        for column in columns:
            if column not in best:
                column.key, column.candidates = "", (field.key,)
        if len(best) == 1 or field.use == Use.REMARK or (chosen and field.is_words):
            return
        if chosen or field.kind == Kind.SERIAL:
            _leave(best[1:], field.key)
            return
        letters = "、".join(column.letter for column in best)
        words = (_TIED_WORDS if field.is_words else _TIED).format(letters=letters, field=field.label)
        stands_in = field.use == Use.NAME or field.key in self.form.row_kind.needed
        for column in best:
            column.ask(words, field.key)
        if stands_in:
            best[0].key = field.key


def headless(number: int) -> str:
    """What a column without a head is remembered by: its letter."""
    return f"#{get_column_letter(number)}"


def _bare(board: Board, top: int, bottom: int, chosen: dict[str, str]) -> list[HeadColumn]:
    """The columns with their words, two with the same head told apart by their order; one without
    words where somebody chose what it is."""
    columns: list[HeadColumn] = []
    seen: dict[str, int] = {}
    for number in range(1, board.width + 1):
        leaf = board.leaf(top, bottom, number)
        if not leaf:
            if chosen.get(headless(number)):
                letter = f"{get_column_letter(number)} 列"
                columns.append(HeadColumn(number, headless(number), letter, [letter], Match()))
            continue
        path = board.path(top, bottom, number)
        name = "·".join(filter(None, map(fold_head, path)))[:_LONGEST_ID]
        seen[name] = seen.get(name, 0) + 1
        unique = name if seen[name] == 1 else f"{name}#{seen[name]}"
        match = board.words.match(leaf) if len(path) < 2 else board.words.match_below(path[-2], leaf)
        # Where another column may have the same words, those above belong to them.
        grouped = any(field.above for field in match.fields)
        words = "·".join(squeeze(text) for text in path[-2 if grouped else -1 :])
        columns.append(HeadColumn(number, unique, words, path, match))
    return columns


def _best(field: LedgerField, columns: list[HeadColumn]) -> list[HeadColumn]:
    strengths = [_strength(field, column) for column in columns]
    return [column for column, each in zip(columns, strengths, strict=True) if each == max(strengths)]


def _strength(field: LedgerField, column: HeadColumn) -> tuple[bool, bool, int]:
    """A whole word before a part of one, one below its group before one without, the longer part."""
    match = column.match
    return match.exact, column.has_above(field.above), 0 if match.exact else match.length


def _leave(columns: list[HeadColumn], key: str) -> None:
    for column in columns:
        column.key, column.candidates = "", (key,)
