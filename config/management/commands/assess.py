"""manage.py assess FILE [--json] [--as-of DATE]: findings for cases that need not be in the database."""

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.timezone import localdate
from openpyxl.utils.exceptions import InvalidFileException

from cases.assessing import figures_in_force
from common.commands import SentenceCommand
from config.working_days import calendar_here
from law.facts import Facts
from law.figures import SEEDED, Figures
from law.findings import assess
from law.reading import BadInput, read_line, read_rows, unknown_keys
from law.reading.workbook import read_workbook
from law.reports import as_data, as_text

# What openpyxl raises for a file that only bears the name.
NOT_A_WORKBOOK = (zipfile.BadZipFile, OSError, KeyError, InvalidFileException)
Read = tuple[object, Facts | None, str]


class Command(SentenceCommand):
    """Assess JSON lines, or a register workbook, by the figures and the calendar that hold here."""

    help = "按法规核对案件：文件为 JSON 行或者案件登记表工作簿，列出每案发现的问题"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, the shape of the answer, and the day as of which to judge."""
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--as-of", dest="as_of", default="")

    def handle(self, *, file: str, as_json: bool, as_of: str, **options: object) -> None:
        """Assess every case; 1 at the end when something could not be read."""
        try:
            day = date.fromisoformat(as_of) if as_of else localdate()
        except ValueError:
            raise CommandError(f"“{as_of}”不是日期，请写成2025-07-01。") from None
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"文件{file}打不开，请核对。")
        figures, days = figures_here(), calendar_here()
        results, bad = [], 0
        for name, facts, wrong in _cases(path, day):
            bad += bool(wrong)
            findings = assess(facts, figures, days) if facts else []
            results.append((name, findings, wrong))
        self._print(results, as_json)
        if bad:
            self.stderr.write(f"{bad}条读不出来。")
            sys.exit(1)

    def _print(self, results: list, as_json: bool) -> None:
        if as_json:
            rows = [_row(name, findings, wrong) for name, findings, wrong in results]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for name, findings, wrong in results:
            self.stdout.write(f"{name}\n  读不出来：{wrong}" if wrong else as_text(str(name), findings))


def figures_here() -> Figures:
    """The law's figures with what offices entered; the law's alone where there are no tables."""
    try:
        return figures_in_force()
    except DatabaseError:
        return SEEDED


def _row(name: object, findings: list, wrong: str) -> dict[str, object]:
    row = {"id": name, "findings": [as_data(each) for each in findings]}
    return {**row, "error": wrong} if wrong else row


def _cases(path: Path, day: date) -> Iterator[Read]:
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _register(path, day)
        else:
            yield from _lines(path, day)
    except BadInput as wrong:
        raise CommandError(str(wrong)) from None


def _lines(path: Path, day: date) -> Iterator[Read]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("文件不是 UTF-8 编码的文本，读不出来，请另存为 UTF-8。") from None
    lines = _listed(text) if text.lstrip().startswith("[") else text.split("\n")
    for place, line in enumerate(lines, 1):
        if isinstance(line, str) and not line.strip():
            continue
        yield _line(line, place, day)


def _listed(text: str) -> list:
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise BadInput("文件不是 JSON。") from None


def _line(line: object, place: int, day: date) -> Read:
    name: object = None
    try:
        row = json.loads(line, parse_float=Decimal) if isinstance(line, str) else line
        name = row.get("id") if isinstance(row, dict) else None
        facts = read_line(row, day)
    except BadInput as wrong:
        return name, None, f"第{place}行：{wrong}"
    except (ValueError, RecursionError):
        return name, None, f"第{place}行不是 JSON。"
    unknown = unknown_keys(row)
    if unknown:
        sys.stderr.write(f"第{place}行有不认识的键：{'、'.join(unknown)}\n")
    return name, facts, ""


def _register(path: Path, day: date) -> Iterator[Read]:
    try:
        cases = read_workbook(path)
    except NOT_A_WORKBOOK:
        raise BadInput("文件不是能打开的 Excel 工作簿（.xlsx）。") from None
    for rows in cases:
        name = rows[0].get("number")
        try:
            yield name, read_rows(rows, day), ""
        except BadInput as wrong:
            yield name, None, str(wrong)
