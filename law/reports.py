"""Findings as data and as text: what `manage.py assess` prints."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from law.findings import Finding

Plain = str | int | float | bool | None


def plain_value(value: object) -> Plain:
    """A value as JSON knows it: whole numbers whole, days as written."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_data(finding: Finding) -> dict[str, object]:
    """{"code","level","article","because","figures"}."""
    return {
        "code": finding.code,
        "level": str(finding.level),
        "article": finding.article,
        "because": finding.because,
        "figures": [{key: plain_value(value) for key, value in row.items()} for row in finding.figures],
    }


def as_text(name: str, findings: Iterable[Finding]) -> str:
    """A case and its findings, a line each."""
    marks = {"block": "■", "warn": "▲", "info": "·"}
    lines = [
        f"  {marks[each.level]} {each.code} {each.because}" + (f"（{each.article}）" if each.article else "")
        for each in findings
    ]
    return "\n".join([name, *(lines or ["  没有发现问题。"])])
