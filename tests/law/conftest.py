"""The calendar that ships, for counting without a database."""

import json

import pytest

from accounts.services.calendar import FILE
from common.workdays import Calendar


@pytest.fixture(scope="session")
def shipped() -> Calendar:
    """Days off and make-up days of 2018–2026."""
    return Calendar.from_years(json.loads(FILE.read_text(encoding="utf-8"))["years"])
