"""The table of what users ask for names tests that are there, and leaves no ask out."""

import re

from tests.config.processes import ROOT

ASKS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "user-asks.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]
HOW_MANY = 40


def files_of(text: str) -> list[str]:
    """The test files that a cell names, under tests/."""
    return re.findall(r"`(\S+\.py)`", text)


def test_every_ask_has_its_row():
    assert [row[0] for row in ASKS] == [str(number) for number in range(1, HOW_MANY + 1)]
    assert [row for row in ASKS if len(row) != 5] == []


def test_every_verdict_says_what_is_missing():
    wrong = [
        number
        for number, *_, verdict in ASKS
        if verdict != "met" and not re.fullmatch(r"(partly|not yet|not meant): .{5,}", verdict)
    ]
    assert wrong == []


def test_what_is_met_is_held_by_tests_that_are_there():
    held = {number: files_of(tests) for number, _, _, tests, _ in ASKS}
    unheld = [row[0] for row in ASKS if row[4].startswith(("met", "partly")) and not held[row[0]]]
    assert unheld == []
    named = {name for row in ASKS for cell in row for name in files_of(cell)}
    missing = [
        name
        for name in sorted(named)
        if not (file := ROOT / "tests" / name).is_file()
        or not re.search(r"^def test_", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []
