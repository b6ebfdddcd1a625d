"""Every article that the house names exists in the texts, or is marked as one not held."""

import re
from datetime import date

import pytest

from accounts.models import Clock
from config.procedure import TABLES
from law.statutes import Citation, citations, read, unheld, unnamed
from law.statutes.editions import HELD, UNHELD
from law.statutes.names import NAMES
from law.terms import TERMS
from tests.law.cited import literals, said

TODAY = date(2026, 11, 15)
OUR_OWN_PAPERS = re.compile("(立|罚|移|停|改|告|催|罚决|听告)字〔")  # 交自然资罚字〔2026〕12号 in an example


def faults(text: str) -> list[str]:
    """What a text cites that nobody can look up."""
    found = [f"{one}: a law that no name stands for" for one in unnamed(text)]
    return found + [
        f"{text[one.start : one.end]}: {fault}"
        for one in citations(text)
        if one.law and (fault := fault_of(one))
    ]


def fault_of(citation: Citation) -> str:
    if unheld(citation) or OUR_OWN_PAPERS.search(citation.law):
        return ""
    reading = read(citation, TODAY)
    if reading is None:
        return "no text of it, and not marked as one not held"
    if citation.number == 0:
        return ""
    if reading.article is None:
        return f"{reading.version.file} has no such article"
    return part_fault(citation, reading.article.paragraphs)


def part_fault(citation: Citation, paragraphs) -> str:
    if citation.paragraph > len(paragraphs):
        return "the article has fewer paragraphs"
    items = (
        paragraphs[citation.paragraph - 1].items if citation.paragraph else max(p.items for p in paragraphs)
    )
    return "the article has fewer items" if citation.item > len(items) else ""


def test_every_article_named_in_the_house_can_be_looked_up():
    wrong = [f"{where}: {fault}" for where, text in said() for fault in faults(text)]
    assert wrong == []


def test_every_row_of_the_tables_names_its_law():
    """An article without a law's name cannot be followed."""
    rows = [(act.name, act.article) for table in TABLES for act in table.acts]
    rows += [(need.label, need.article) for table in TABLES for act in table.acts for need in act.needs]
    rows += [(one.code, length.article or one.article) for one in TERMS for length in one.lengths]
    nameless = [row for row in rows if any(not one.law for one in citations(row[1]))]
    unreadable = [row for row in rows if faults(row[1])]
    assert (nameless, unreadable) == ([], [])
    assert len(rows) > 150


def test_every_clock_of_the_law_cites_something():
    assert [one.code for one in TERMS if not citations(one.article)] == []


def test_what_is_marked_as_not_held_really_is_not():
    years = {(one.law, one.year) for one in HELD}
    assert set(UNHELD) & years == set()
    assert {law for law, year in UNHELD if year == 0} & {one.law for one in HELD} == set()
    assert {law for law, _ in UNHELD} <= set(NAMES)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("行政处罚法第八十七条", "has no such article"),
        ("水法第三条", "a law that no name stands for"),
        ("土地管理法（1998年修订）第三条", "no text of it"),
        ("某发〔2020〕9号", "no text of it"),
        ("行政处罚法第六十条第二款", "fewer paragraphs"),
        ("自然资源行政处罚办法第四条第（七）项", "fewer items"),
    ],
)
def test_the_check_itself_sees_what_is_wrong(text, fault):
    assert fault in faults(text)[0]


def test_the_walk_itself_sees_an_article_behind_a_constant():
    assert (2, "行政处罚法第九十九条") in list(literals('LAW = "行政处罚法"\nx = f"{LAW}第九十九条"'))
    assert len(list(said())) > 5000
    assert any("行政处罚法" in text for where, text in said() if where.startswith("cases/acts.py"))


def test_a_clock_keeps_room_for_its_article():
    longest = max(len(length.article or one.article) for one in TERMS for length in one.lengths)
    assert longest <= Clock._meta.get_field("article").max_length
