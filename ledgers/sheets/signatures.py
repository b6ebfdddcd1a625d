"""The lines around the table: 填报单位 above it, 审核人, 填报时间 and 填报人 below it.

Offices put them into other rows and columns, several into one cell, the name beside the word.
"""

import re
from collections.abc import Iterable
from datetime import date

from common.words import half_width, squeeze
from common.written_days import read_day

_WORDS = {
    "reporting_unit": ("填报单位", "填表单位", "报送单位"),
    "auditor": ("审核人员", "审核人"),
    "filled_on": ("填报时间", "填报日期", "填表时间", "填表日期", "制表日期"),
    "data_as_of": ("数据截止时间", "数据截止日期", "数据截止日", "数据截止", "截止日期", "截止时间"),
    "filler": ("填报人员", "填报人", "填表人", "制表人"),
    # Known only so that what stands behind them is not taken for a name.
    "": ("单位负责人", "主要负责人", "分管领导", "分管负责人", "负责人", "联系人", "联系电话", "电话"),
}
_NAMES = {word: name for name, words in _WORDS.items() for word in words}
# So short that only a colon behind makes them a label.
_SHORT = {"审核": "auditor", "制表": "filler", "填表": "filler", "填报": "filler", "复核": "", "审批": ""}
_LABELS = _NAMES | _SHORT
_ANY = "|".join(r"\s*".join(word) for word in sorted(_LABELS, key=lambda word: (-len(word), word)))
# 填报单位（盖章）： — brackets between the word and the colon are the form's, not the office's.
_LABEL = re.compile(rf"({_ANY})\s*(?:\([^)]*\))?\s*:")
_UP_TO = re.compile(r"截[至止]到?(.{8,14})")
_DIGIT = "[0-9〇○零一二三四五六七八九十]"
_ALONE = re.compile(rf"\(?{_DIGIT}{{4}}年{_DIGIT}{{1,2}}月{_DIGIT}{{1,3}}日\)?")


def read_labels(cells: Iterable) -> dict[str, object]:
    """What the labels of one row say: name → the text behind it, or the cell beside it.

    `cells` are the row's raw values. Names: reporting_unit, auditor, filled_on, data_as_of, filler.
    """
    words: dict[str, object] = {}
    waiting = ""
    for cell in cells:
        if cell is None or cell == "":
            continue
        text = half_width(str(cell))
        labels = _labels(text)
        if not labels:
            if waiting and waiting not in words:
                words[waiting] = cell
            waiting = ""
            continue
        waiting = ""
        ends = [start for start, _, _ in labels[1:]] + [len(text)]
        for (_, behind, name), end in zip(labels, ends, strict=True):
            value = text[behind:end].strip(" \t\n;,、。")
            if name and value:
                words.setdefault(name, value)
            waiting = "" if value else name
    return words


def _labels(text: str) -> list[tuple[int, int, str]]:
    """(where a label starts, where it ends, its name) for each label of a cell."""
    if ":" in text:
        return [(m.start(), m.end(), _LABELS[squeeze(m[1])]) for m in _LABEL.finditer(text)]
    bare = squeeze(text).partition("(")[0]
    return [(0, len(text), _NAMES[bare])] if bare in _NAMES else []


def titled_day(cells: Iterable[str]) -> date | None:
    """The day in a title: 截至2021年6月30日…台账, or a day that stands in a cell of its own."""
    for text in map(half_width, cells):
        behind = _UP_TO.search(text)
        if day := read_day(behind[1] if behind else text if _ALONE.fullmatch(text.strip()) else ""):
            return day
    return None


def label_places(text: str) -> list[tuple[int, int]]:
    """Where the labels of a cell begin and end."""
    return [(start, end) for start, end, _ in _labels(half_width(text))] if len(text) <= 200 else []


def has_label(text: str) -> bool:
    """Whether a cell carries one of the words of these lines."""
    return bool(label_places(text))
