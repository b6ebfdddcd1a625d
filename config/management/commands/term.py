"""`manage.py term C14 --from 2026-02-10`: when a clock of the law ends, and why on that day."""

import json
from datetime import date, datetime

from common.commands import SentenceCommand
from common.errors import Refused
from config.working_days import calendar_here
from law.reading.values import FIRST_YEAR, LAST_YEAR
from law.terms import Counted, Manner, count, term


class Command(SentenceCommand):
    """Counts one clock; no case is needed."""

    help = "计算一个法定期限的到期日，并说明为什么是这一天"
    requires_system_checks = []

    def add_arguments(self, parser):
        """The clock, where it starts, and what else it depends on."""
        parser.add_argument("code", help="期限编号，如 C08、R02")
        parser.add_argument("--from", dest="start", required=True, help="起算日或者时刻，如 2026-09-30T17:30")
        parser.add_argument("--reading", default="", help="working：移送期限的“日”按工作日计算")
        parser.add_argument("--variant", default="", help="情形，如 ordinary、simple")
        parser.add_argument("--json", action="store_true", help="用 JSON 输出")

    def handle(self, code: str, *, start: str, reading: str, variant: str, json: bool, **_):
        """One answer, in words or as JSON."""
        counted = count(term(code), moment(start), calendar_here(), Manner(variant, reading))
        self.stdout.write(as_json(counted) if json else as_words(counted))


def moment(text: str) -> date | datetime:
    """2026-09-30 as a day, 2026-09-30T17:30 as a moment on the office's clock."""
    try:
        parsed = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or getattr(parsed, "tzinfo", None) or not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise Refused(f"没有看懂“{text}”，请写成 2026-09-30 或者 2026-09-30T17:30。")
    return parsed


def as_json(counted: Counted) -> str:
    """{"code", "due", "alarm", "article", "skipped"}; `sentence` where there is no day."""
    answer = {
        "code": counted.term.code,
        "due": _written(counted.due),
        "alarm": _written(counted.alarm),
        "article": counted.article,
        "skipped": [skip.day.isoformat() for skip in counted.skipped],
    }
    if counted.due is None:
        answer["sentence"] = counted.sentence
    return json.dumps(answer, ensure_ascii=False)


def as_words(counted: Counted) -> str:
    """Name, days and reasons, one a line."""
    lines = [f"{counted.term.code} {counted.term.name}{'' if counted.sure else '（期限没有核到原文）'}"]
    if counted.due is not None:
        lines.append(f"到期 {_written(counted.due)}，提醒 {_written(counted.alarm)}")
    return "\n".join([*lines, *counted.why(), f"依据：{counted.article}"])


def _written(when: date | datetime | None) -> str | None:
    if isinstance(when, datetime):
        return when.isoformat(timespec="minutes")
    return when.isoformat() if when else None
