"""What a line below a head is: a total, a signature, a head again, a note – or a line of the ledger.

A line that names a party or has figures is a line of the ledger, whatever words stand in its other
cells; the figures of a total are known by the word in front of them.
"""

import re
from collections.abc import Callable

from common.words import NOTHING, half_width, squeeze
from ledgers.fields import FIELDS, Use
from ledgers.layouts import Layout, fold_head
from ledgers.sheets.board import are_column_numbers
from ledgers.sheets.found import LineKind
from ledgers.sheets.grid import Sheet
from ledgers.sheets.heads import Head
from ledgers.sheets.signatures import has_label, label_places
from ledgers.sheets.totals import total_word

WHY = {
    LineKind.TOTAL: "合计行，只与各行之和核对，不作为一条。",
    LineKind.TITLE: "表头以上的文字。",
    LineKind.HEAD: "表头。",
    LineKind.REPEATED_HEAD: "与前面的表头相同。",
    LineKind.NUMBERS: "列号。",
    LineKind.SIGNATURE: "填报单位、审核人、填报时间一类的落款。",
    LineKind.NOTE: "说明文字，没有名称，也没有数字。",
    LineKind.EMPTY: "没有名称，也没有数字。",
    LineKind.NIL: "写明本期没有，按零报告计。",
}
_NOTES = ("注", "说明", "备注", "填表", "附")
_PLAINLY_A_NOTE = re.compile(r"(?:备?注|附注|说明|填表说明|填报说明|附件?)[0-9一二三]?[:、.]")
_COUNT = re.compile(r"共?计?[0-9]+(?:家|个|宗|户|处|人|起|件|条|项)(?:企业|单位|案件)?")
_STAMPS = frozenset(("", "盖章", "签字", "签章", "公章", "签名", "加盖公章"))
_NIL = re.compile(
    r"(?:截至目前|本期|本月|本半月|我县|我市|我局|全县|本县|辖区|内|目前|暂)*(?:零报告|无|没有|未发现)"
    r"(?:新增|发现|此类|相关|违法|非法|违规|采矿|占地|开采|用地|矿产|资源|案件|行为|情况|问题|企业|个人|的|和|、)*"
)
_MORE_WORDS = (Use.NAME, Use.WORD)


def says_nil(text: str) -> bool:
    """Whether words say that there is nothing to report: 零报告, 无, 本期无新增案件."""
    return bool(_NIL.fullmatch(squeeze(text).strip("。.()")))


class LineJudge:
    """Judges the lines of one table."""

    def __init__(self, form: Layout, sheet: Sheet, head: Head):
        self.form, self.sheet, self.head = form, sheet, head
        self.named = head.columns[form.row_kind.named_by]
        self.remarks = {head.columns[f.key] for f in form.of_use(Use.REMARK) if f.key in head.columns}
        facts = [at for key, at in head.columns.items() if FIELDS[key].use == Use.FACT]
        words = [at for key, at in head.columns.items() if FIELDS[key].use in (Use.FRAME, *_MORE_WORDS)]
        # Where 合计 may be written: in front of the figures, or where a line is named.
        before = range(1, min(facts, default=sheet.width + 1))
        self.total_columns = sorted({*before, *words} - self.remarks - set(facts))
        self.heads = {
            squeeze(sheet.text(row, column))
            for row in range(head.top, head.bottom + 1)
            for column in range(1, sheet.width + 1)
        }
        self.signed = False

    def judge(self, row: int, has_figures: Callable[[set[int]], bool]) -> LineKind | None:
        """What the line is; None for one of the ledger. `has_figures(columns)`: whether figures stand
        in columns other than these."""
        texts = self.sheet.texts(row)
        filled = {column: text for column, text in enumerate(texts, 1) if text}
        if len(filled) == 1:
            return self._alone(*next(iter(filled.items())))
        if self._is_signature(filled, has_figures):
            return LineKind.SIGNATURE
        if self.total(texts):
            return LineKind.TOTAL
        squeezed = [squeeze(text) for text in filled.values()]
        if filled and self.heads.issuperset(squeezed):
            return LineKind.REPEATED_HEAD
        if row == self.head.bottom + 1 and are_column_numbers(squeezed):
            return LineKind.NUMBERS
        return None

    def total(self, texts: list[str]) -> tuple[str, str] | None:
        """(合计…, whose) where words in front of the figures make the line a total; a line that names
        a party is none."""
        word = total_word([texts[column - 1] for column in self.total_columns if column <= len(texts)])
        party = texts[self.named - 1] if self.named <= len(texts) else ""
        named = party and not total_word([party]) and not NOTHING.fullmatch(squeeze(party))
        return None if named and not _COUNT.fullmatch(squeeze(party)) else word

    def _alone(self, column: int, text: str) -> LineKind | None:
        """A line with a single cell."""
        plain = squeeze(text)
        if has_label(text) and (column != self.named or _is_bare(text)):
            return LineKind.SIGNATURE
        if total_word([text]) and column in self.total_columns:
            return LineKind.TOTAL
        if says_nil(text) and column in self.total_columns:
            return LineKind.NIL
        if _PLAINLY_A_NOTE.match(half_width(plain)):
            return LineKind.NOTE
        if plain in (squeeze(self.form.title), squeeze(self.form.unit_line)):
            return LineKind.TITLE
        if plain in self.heads:
            return LineKind.REPEATED_HEAD
        if column in (self.named, self.head.columns.get("place")):
            return None
        return LineKind.NOTE if self.signed or plain.startswith(_NOTES) else None

    def _is_signature(self, filled: dict[int, str], has_figures: Callable[[set[int]], bool]) -> bool:
        labels = {c for c, text in filled.items() if c not in self.remarks and has_label(text)}
        if not labels:
            return False
        answers = _answers(filled)
        taken = labels | answers
        return not (
            self._names_party(filled, labels, answers)
            or has_figures(taken)
            or self._is_numbered(filled, taken)
        )

    def _names_party(self, filled: dict[int, str], labels: set[int], answers: set[int]) -> bool:
        """Whether the party's cell holds a name, and not what a label asks for."""
        text = filled.get(self.named, "")
        if not text or self.named in answers:
            return False
        if self.named in labels:
            return not _is_bare(text)
        return fold_head(text) not in _STAMPS and not total_word([text])

    def _is_numbered(self, filled: dict[int, str], taken: set[int]) -> bool:
        """A number of order and a further word: a line whose party somebody forgot."""
        serial = filled.get(self.head.columns.get("serial", 0), "")
        words = [self.head.columns.get(f.key) for f in self.form.of_use(*_MORE_WORDS)]
        return squeeze(serial).isdecimal() and any(at in filled and at not in taken for at in words)


def _answers(filled: dict[int, str]) -> set[int]:
    """The cells that stand right behind a label that has nothing behind it in its own cell."""
    answers, waiting = set(), False
    for column in sorted(filled):
        places = label_places(filled[column])
        if waiting and not places:
            answers.add(column)
        waiting = bool(places) and not half_width(filled[column])[places[-1][1] :].strip(" \t\n;,、。")
    return answers


def _is_bare(text: str) -> bool:
    """Whether a cell begins with a label: no name stands before it."""
    places = label_places(text)
    return bool(places) and fold_head(half_width(text)[: places[0][0]]) in _STAMPS
