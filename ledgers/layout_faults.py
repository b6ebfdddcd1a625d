"""What is wrong with the declaration of a form, in sentences; asked before it is kept.

A form never changes once it is kept, so whatever page, workbook or import would trip over later is
refused here.
"""

import re
from collections import Counter
from collections.abc import Iterator

from ledgers.fields import FIELDS, ROW_KINDS, RowKind
from ledgers.layouts import FormColumn, Layout, columns_of
from ledgers.sheets.blank import read_blank
from ledgers.sheets.signatures import has_label
from ledgers.sheets.totals import total_word

DEEPEST, WIDEST, MOST_COLUMNS = 5, 100, 60
NEWEST = 32767
CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
# What a workbook's name of a sheet has no place for, and what none of its cells can hold.
NOT_IN_SHEET_TITLES = re.compile(r"[\\/*?:\[\]\n]|^'|'$")
NOT_IN_TEXTS = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SIGNING = {"auditor": "审核人", "filled_on": "填报时间", "filler": "填报人"}
WORDS = {
    "code": "代码",
    "title": "标题",
    "sheet_title": "工作表名",
    "unit_line": "单位行",
    "unit_words": "填报单位的字样",
    "data_as_of_words": "数据截止的字样",
    "subtotal_words": "小计的字样",
    "total_words": "合计的字样",
}
LONGEST = {
    "code": 30,
    "title": 120,
    "sheet_title": 31,
    "unit_line": 120,
    "unit_words": 40,
    "data_as_of_words": 40,
    "subtotal_words": 20,
    "total_words": 20,
}


def layout_faults(declaration: dict) -> list[str]:
    """Every fault of a declared form; none where it can be kept."""
    if any(NOT_IN_TEXTS.search(text) for text in _texts(declaration)):
        return ["有的文字里有看不见的控制字符，请重新填写。"]
    faults = [fault for name, label in WORDS.items() for fault in _word_faults(declaration, name, label)]
    version = declaration.get("version")
    if type(version) is not int or version < 1:
        faults.append("版本应是从 1 起的整数。")
    elif version > NEWEST:
        faults.append(f"版本不能大于 {NEWEST}。")
    if declaration.get("row_kind") not in ROW_KINDS:
        faults.append(f"没有“{declaration.get('row_kind')}”这种台账行。")
    heads = list(_head_faults(declaration.get("heads")))
    if faults or heads:
        return [*faults, *heads]
    columns = list(columns_of(declaration["heads"]))
    faults += _column_faults(columns, ROW_KINDS[declaration["row_kind"]])
    faults += _signature_faults(declaration.get("signatures"), len(columns))
    return faults or _drawing_faults(Layout.of(declaration))


def _texts(part: object) -> Iterator[str]:
    """Every text of a declaration, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _texts(each)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _word_faults(declaration: dict, name: str, label: str) -> Iterator[str]:
    """Faults of one word or line: none, too long, or what no table or workbook takes."""
    text = declaration.get(name)
    if not _is_text(text):
        yield f"没有填写{label}。"
        return
    if len(text) > LONGEST[name]:
        yield f"{label}有 {len(text)} 个字，最多 {LONGEST[name]} 个。"
    if name == "code" and not CODE.fullmatch(text):
        yield "代码只用小写字母、数字和短横线。"
    elif name == "sheet_title" and NOT_IN_SHEET_TITLES.search(text):
        yield "工作表名不能有 \\ / * ? : [ ]，也不能以单引号开头或结尾。"


def _head_faults(heads: object, depth: int = 1) -> Iterator[str]:
    """Faults of the tree itself: empty heads, groups without columns, too deep."""
    if not isinstance(heads, list) or not heads:
        yield "表头是空的。" if depth == 1 else "有一个表头下面没有列。"
        return
    if depth > DEEPEST:
        yield f"表头最多 {DEEPEST} 层。"
        return
    for node in heads:
        if not isinstance(node, dict) or not _is_text(node.get("head")):
            yield "有一个表头没有文字。"
        elif "under" in node:
            if "key" in node:
                yield f"表头“{node['head']}”不能既是一列又包含别的列。"
            yield from _head_faults(node["under"], depth + 1)
        elif not _is_text(node.get("key")):
            yield f"表头“{node['head']}”没有对应的字段。"
        elif type(node.get("width")) is not int or not 1 <= node["width"] <= WIDEST:
            yield f"“{node['head']}”的列宽应在 1 和 {WIDEST} 之间。"


def _column_faults(columns: list[FormColumn], row_kind: RowKind) -> Iterator[str]:
    """Faults of the fields that the heads name."""
    counts = Counter(column.key for column in columns)
    for key, times in counts.items():
        if key not in FIELDS:
            yield f"“{key}”不是台账字段。"
        elif times > 1:
            yield f"“{FIELDS[key].label}”出现了 {times} 次。"
        elif row_kind.key not in FIELDS[key].rows:
            yield f"“{FIELDS[key].label}”不属于这种台账行。"
    for key in row_kind.needed:
        if key not in counts:
            yield f"缺少“{FIELDS[key].label}”。"
    if len(columns) > MOST_COLUMNS:
        yield f"共有 {len(columns)} 列，最多 {MOST_COLUMNS} 列。"


def _signature_faults(signatures: object, width: int) -> Iterator[str]:
    """Signatures that nobody could fill in, or outside the form."""
    if not isinstance(signatures, list):
        yield "没有写明落款。"
        return
    named = [each.get("name") for each in signatures if isinstance(each, dict)]
    for name, label in SIGNING.items():
        if named.count(name) != 1:
            yield f"落款中应有一处“{label}”。"
    taken = set()
    for each in signatures:
        if not isinstance(each, dict) or each.get("name") not in SIGNING or not _is_text(each.get("words")):
            yield "落款只能是审核人、填报时间和填报人，各有字样。"
            continue
        column = each.get("column")
        if type(column) is not int or not 1 <= column <= width:
            yield f"落款“{each['words']}”不在表内，应在第 1 到第 {width} 列。"
        elif column in taken:
            yield f"第 {column} 列有两处落款。"
        taken.add(column)


def _drawing_faults(layout: Layout) -> list[str]:
    """No room for the words of a total, and what an import would not know again of an export."""
    if layout.label_span < 1:
        return ["第一列是要合计的数字，没有写“合计”的地方。"]
    faults = [
        f"“{words}”认不出是合计的字样，导入时会当成一行台账。"
        for words, label in zip(
            layout.totals_words, (layout.subtotal_label("", 1), layout.total_label(1)), strict=True
        )
        if total_word([label]) is None
    ]
    faults += [
        f"落款“{each.words}”认不出来，导入时会当成一行台账。"
        for each in layout.signatures
        if not has_label(each.words)
    ]
    return [*faults, *_unread_heads(layout)]


def _unread_heads(layout: Layout) -> Iterator[str]:
    """Columns whose field or unit the importer takes for another in the form's own blank."""
    head = read_blank(layout)
    if head is None:
        yield "导入时认不出这个表头，请照各字段的名称写表头。"
        return
    for number, column in enumerate(layout.columns, 1):
        words = "·".join(column.path)
        if head.columns.get(column.key) != number:
            yield f"表头“{words}”认不出是“{column.field.label}”，导入时会找不到这一列。"
        elif unit := head.units.get(column.key):
            yield f"表头“{words}”的单位应是{column.field.unit}，表上写的是{unit}。"
