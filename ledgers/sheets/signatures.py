"""The lines around the table: 填报单位 above it, 审核人, 填报时间 and 填报人 below it.

Offices put them into other rows and columns, several into one cell, the name beside the word.
"""

import re
from collections.abc import Iterable

from common.words import half_width, squeeze

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
_ANY = "|".join(r"\s*".join(word) for word in sorted(_NAMES, key=lambda word: (-len(word), word)))
# 填报单位（盖章）： — brackets between the word and the colon are the form's, not the office's.
_LABEL = re.compile(rf"({_ANY})\s*(?:\([^)]*\))?\s*:")


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
        return [(m.start(), m.end(), _NAMES[squeeze(m[1])]) for m in _LABEL.finditer(text)]
    bare = squeeze(text).partition("(")[0]
    return [(0, len(text), _NAMES[bare])] if bare in _NAMES else []


def has_label(text: str) -> bool:
    """Whether a cell carries one of the words of these lines."""
    return len(text) <= 200 and bool(_labels(half_width(text)))
