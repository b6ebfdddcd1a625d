"""A file of past cases → what is kept of each until it is looked at → its facts, or its faults.

Identity numbers never leave this module: their column is dropped, and what looks like one is
masked wherever it was typed.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from law.facts import Facts
from law.places import names
from law.reading import KEYS, BadInput, read_line, read_rows, unknown_keys
from law.reading.columns import BY_KEY
from law.reading.register import read_cells
from law.reading.workbook import Placed, read_placed

MAX_CASES = 20_000
MAX_SPREAD = 160 * 1024 * 1024
NOT_KEPT = {"identifier", "place", "cause", "source", "handler", "remark"}
IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|[0-9A-Z]{18})(?![0-9A-Za-z])")
MASKED = "（证件号码略）"
NOT_A_WORKBOOK = "这不是 Excel 工作簿。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
SWOLLEN = "文件展开后过大，为安全不予读取。请只留案件登记表，删去图片和空白格式，另存为 .xlsx 后再上传。"
MANY = f"一次最多核对 {MAX_CASES} 件，请分成几份上传。"


@dataclass(frozen=True)
class Given:
    """One case as the file gives it: its name, and its rows as JSON (sheet, row, cells or fault)."""

    number: str
    rows: list[dict]


def read_register(path: Path) -> list[Given]:
    """The cases of a register workbook. Raises BadInput with a sentence where there are none."""
    _check_workbook(path)
    try:
        cases = read_placed(path)
    except BadInput:
        raise
    except Exception:  # noqa: BLE001 whatever a broken workbook makes the parser say
        raise BadInput(
            "文件已损坏或没有传完整。请用 Excel 或 WPS 打开核对，另存为 .xlsx 后再上传。"
        ) from None
    return _few([Given(_number(rows), [_kept_row(row) for row in rows]) for rows in cases])


def _check_workbook(path: Path) -> None:
    """A workbook that doesn't swell: what it holds is looked at before anything is read."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError):
        raise BadInput(NOT_A_WORKBOOK) from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise BadInput(NOT_A_WORKBOOK)
    if sum(part.file_size for part in parts) > MAX_SPREAD:
        raise BadInput(SWOLLEN)


def _number(rows: list[Placed]) -> str:
    cells = rows[0].cells
    return str(cells.get("number") or cells.get("decision_number") or "").strip()[:200]


def _kept_row(row: Placed) -> dict:
    cells = {key: kept(value, key) for key, value in row.cells.items() if key not in NOT_KEPT}
    return {"sheet": row.sheet, "row": row.row, "cells": {k: v for k, v in cells.items() if v is not None}}


def read_lines(path: Path) -> list[Given]:
    """The cases of a file of JSON lines, or of one JSON list. Raises BadInput with a sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("文件不是 UTF-8 编码的文本，读不出来。请另存为 UTF-8 后再上传。") from None
    cases = _few([_line(line, place) for place, line in _listed(text)])
    if not cases:
        raise BadInput("文件里没有案件。")
    if all("fault" in row for each in cases for row in each.rows):
        raise BadInput("文件里没有一行是案件的 JSON 对象。请核对文件，每行一件。")
    return cases


def _listed(text: str) -> Iterator[tuple[int, object]]:
    if text.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(text, parse_float=Decimal), 1)
        except (ValueError, RecursionError):
            raise BadInput("文件不是 JSON。请核对括号、引号和逗号。") from None
        return
    yield from ((place, line) for place, line in enumerate(text.split("\n"), 1) if line.strip())


def _line(line: object, place: int) -> Given:
    try:
        row = json.loads(line, parse_float=Decimal) if isinstance(line, str) else line
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        fault = "这一行不是 JSON 对象。"
        return Given("", [{"sheet": "", "row": place, "fault": fault, "value": kept(str(line)[:80], "")}])
    cells = {key: kept(value, key) for key, value in row.items() if key in KEYS}
    others = [key[:40] for key in unknown_keys(row)]
    name = str(row.get("id") or "")[:200]
    return Given(name, [{"sheet": "", "row": place, "cells": cells, "others": others}])


def _few(found: list[Given]) -> list[Given]:
    if len(found) > MAX_CASES:
        raise BadInput(MANY)
    return found


def kept(value: object, key: str) -> object:
    """A value as JSON keeps it, without identity numbers; days and decimals as written."""
    if isinstance(value, dict):
        return {str(name): kept(each, str(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [kept(each, key) for each in value]
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10**16):
        return value
    if isinstance(value, float):
        return str(Decimal(str(value)))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()  # a workbook knows no days: one without a time comes as its midnight
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if key in ("number", "id") else IDENTITY.sub(MASKED, text)


def facts_of(kind: str, rows: list[dict], as_of: date) -> tuple[Facts | None, list[dict]]:
    """The facts of a case and what is to be said of its rows; no facts where it can't be read.

    A fault is {"sheet", "row", "column", "value", "reason"}.
    """
    if bad := [_said(row, "", row.get("value", ""), row["fault"]) for row in rows if "fault" in row]:
        return None, bad
    notes = [
        _said(row, name, "", "不认识的键，没有用来核对。") for row in rows for name in row.get("others", ())
    ]
    cells = [row["cells"] for row in rows]
    try:
        facts = read_rows(cells, as_of) if kind == "register" else read_line(cells[0], as_of)
    except BadInput as wrong:
        return None, _faults(kind, rows, as_of) or [_said(rows[0], "", "", str(wrong))]
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None, _faults(kind, rows, as_of) or [_said(rows[0], "", "", "内容不合格式。")]
    return facts, notes


def _faults(kind: str, rows: list[dict], as_of: date) -> list[dict]:
    """Every cell that can't be read by itself."""
    faults = []
    for row in rows:
        for key, value in row["cells"].items():
            if reason := _wrong(kind, key, value, as_of):
                faults.append(_said(row, BY_KEY[key].head if kind == "register" else key, value, reason))
    return faults


def _wrong(kind: str, key: str, value: object, as_of: date) -> str:
    try:
        read_cells({key: value}) if kind == "register" else read_line({key: value}, as_of)
    except BadInput as wrong:
        return str(wrong)
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return "内容不合格式。"
    return ""


def _said(row: dict, column: str, value: object, reason: str) -> dict:
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return {"sheet": row["sheet"], "row": row["row"], "column": column, "value": text[:80], "reason": reason}


def county_of(facts: Facts | None, rows: list[dict]) -> tuple[str, str]:
    """Code and name of a case's county, as far as known; else as typed."""
    code = (facts and facts.county) or ""
    typed = next((str(row["cells"]["county"]) for row in rows if row.get("cells", {}).get("county")), "")
    return code[:6], (names().get(code) or typed)[:100]
