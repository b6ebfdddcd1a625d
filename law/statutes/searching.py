"""Search over all articles held: every word must stand in the article; a citation leads right to it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from common.searching import words_of
from law.statutes.citations import citations
from law.statutes.collection import read, statutes, text_of, version_on
from law.statutes.editions import Version
from law.statutes.parsing import Article

LIMIT = 60
AROUND = 40


@dataclass(frozen=True)
class Hit:
    """An article that fits, with a piece of its text around the first word: (text, whether asked for)."""

    version: Version
    title: str
    article: Article
    snippet: tuple[tuple[str, bool], ...]


def search(
    words: str, on: date, limit: int = LIMIT, places: Collection[str] | None = None
) -> tuple[list[Hit], bool]:
    """Articles with all of the words as they stood on a day; True when there are more than `limit`. Texts
    of a province alone are searched for people of one of its `places`.

    A text of which no version stood on the day is searched in the one that stands in for it.
    """
    wanted = words_of(words)
    if not wanted:
        return [], False
    hits = _cited(words, on)
    for version in _texts(on, places):
        text = text_of(version)
        for article in text.articles:
            if all(word in article.text or word in text.title for word in wanted):
                if not any(word in article.text for word in wanted):
                    continue
                hits.append(_hit(version, text.title, article, wanted))
                if len(hits) > limit:
                    return hits[:limit], True
    return hits, False


def _texts(on: date, places: Collection[str] | None) -> list[Version]:
    chosen = {law: version_on(law, on)[0] for law in statutes(places)}
    return list(chosen.values())


def _cited(words: str, on: date) -> list[Hit]:
    hits = []
    for citation in citations(words):
        reading = read(citation, on) if citation.law and citation.number else None
        if reading and reading.article:
            hits.append(_hit(reading.version, reading.title, reading.article, []))
    return hits


def _hit(version: Version, title: str, article: Article, words: list[str]) -> Hit:
    text = article.text.replace("\n", " ")
    word = next((word for word in words if word in text), "")
    at = text.find(word) if word else 0
    piece = text[max(0, at - AROUND) : at + len(word) + 2 * AROUND]
    return Hit(version, title, article, _marked(piece, words))


def _marked(piece: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """The piece cut at each word that was asked for."""
    if not words:
        return ((piece, False),)
    cut = re.split(f"({'|'.join(map(re.escape, words))})", piece)
    return tuple((part, part in words) for part in cut if part)
