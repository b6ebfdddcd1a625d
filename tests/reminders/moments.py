"""Moments of Asia/Shanghai as one types them."""

from datetime import datetime
from zoneinfo import ZoneInfo


def at(text: str) -> datetime:
    """`2026-11-30 18:00`"""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
