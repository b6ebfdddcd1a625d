"""What is wrong with the declaration of a form, in sentences; asked before it is kept.

A form never changes once it is kept, so whatever page, workbook or import would trip over later is
refused here.
"""

from collections import Counter
from collections.abc import Iterator

from ledgers.fields import FIELDS, RowKind
from ledgers.layouts import FormColumn, Layout, columns_of, fold_head

DEEPEST, WIDEST, MOST_COLUMNS = 5, 100, 60
NEEDED = ("county", "party")
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
KINDS = {kind.value for kind in RowKind}


def layout_faults(declaration: dict) -> list[str]:
    """Every fault of a declared form; none where it can be kept."""
    faults = [f"没有填写{label}。" for name, label in WORDS.items() if not _is_text(declaration.get(name))]
    version = declaration.get("version")
    if not isinstance(version, int) or version < 1:
        faults.append("版本应是从 1 起的整数。")
    if declaration.get("row_kind") not in KINDS:
        faults.append(f"没有“{declaration.get('row_kind')}”这种台账行。")
    heads = list(_head_faults(declaration.get("heads")))
    if faults or heads:
        return [*faults, *heads]
    columns = list(columns_of(declaration["heads"]))
    faults += _column_faults(columns, declaration["row_kind"])
    faults += _signature_faults(declaration.get("signatures"), len(columns))
    return faults or _drawing_faults(Layout.of(declaration))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


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


def _column_faults(columns: list[FormColumn], row_kind: str) -> Iterator[str]:
    """Faults of the fields that the heads name."""
    counts = Counter(column.key for column in columns)
    for key, times in counts.items():
        if key not in FIELDS:
            yield f"“{key}”不是台账字段。"
        elif times > 1:
            yield f"“{FIELDS[key].label}”出现了 {times} 次。"
        elif FIELDS[key].row != row_kind:
            yield f"“{FIELDS[key].label}”不属于这种台账行。"
    for key in NEEDED:
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
    """A head that an import would not know again, and no room for the words of a total."""
    faults = []
    for column in layout.columns:
        head = fold_head(column.path[-1])
        if not any(word == head if len(word) == 1 else word in head for word in column.field.words):
            faults.append(f"表头“{column.path[-1]}”认不出是“{column.field.label}”，导入时会找不到这一列。")
    if layout.label_span < 1:
        faults.append("第一列是要合计的数字，没有写“合计”的地方。")
    return faults
