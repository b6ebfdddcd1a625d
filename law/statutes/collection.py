"""Texts by law, version and day: what an article said on the day that matters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from law.places import lies_in
from law.statutes.citations import Citation
from law.statutes.editions import HELD, UNHELD, Version
from law.statutes.parsing import Article, Text, parse

FOLDER = Path(__file__).resolve().parent.parent / "data" / "statutes"


@dataclass(frozen=True)
class Reading:
    """What was found: `exact` is False where the text of the day isn't held and another stands in;
    `article` is None where the version has no such article."""

    version: Version
    title: str
    article: Article | None
    exact: bool
    note: str = ""


@lru_cache(maxsize=len(HELD))
def text_of(version: Version) -> Text:
    """A version's text, read once."""
    return parse((FOLDER / version.file).read_text(encoding="utf-8"))


def statutes(places: Collection[str] | None = None) -> tuple[str, ...]:
    """The laws held, by their short names, in the order of the table of editions; of provinces' own those
    that hold at one of the `places` (None: all)."""
    return tuple(dict.fromkeys(version.law for version in HELD if holds_at(version, places)))


def holds_at(version: Version, places: Collection[str] | None) -> bool:
    """Whether a text is the law at one of some places; nobody asks where: everywhere."""
    return places is None or not version.region or any(lies_in(place, version.region) for place in places)


def versions(law: str) -> tuple[Version, ...]:
    """The versions held of a law, oldest first."""
    return tuple(
        sorted((version for version in HELD if version.law == law), key=lambda version: version.since)
    )


def version_on(law: str, on: date) -> tuple[Version | None, bool]:
    """The version that was the law on a day; else the nearest held one and False, or None."""
    held = versions(law)
    if not held:
        return None, False
    standing = next((version for version in held if version.stands_on(on)), None)
    if standing:
        return standing, True
    later = [version for version in held if version.since > on]
    return (later[0] if later else held[-1]), False


def article(law: str, number: int, on: date, sub: int = 0) -> Reading | None:
    """An article as it stood on a day; None for a law that isn't held at all."""
    version, exact = version_on(law, on)
    if version is None:
        return None
    text = text_of(version)
    return Reading(version, text.title, text.article(number, sub), exact, _note(version, on, exact))


def _note(version: Version, on: date, exact: bool) -> str:
    if exact:
        return ""
    return f"{on}施行的文本没有收录，以下是{version.since}起施行的{version.year}年文本，请核对。"


def read(citation: Citation, on: date) -> Reading | None:
    """What a citation names: the version of its year if it says one, else that of the day."""
    if not citation.year:
        return article(citation.law, citation.number, on, citation.sub)
    named = next((version for version in versions(citation.law) if version.year == citation.year), None)
    if named is None:
        return None
    text = text_of(named)
    return Reading(named, text.title, text.article(citation.number, citation.sub), True)


def unheld(citation: Citation) -> str:
    """Why a citation's text isn't held; nothing where it is, or where nobody said so."""
    return UNHELD.get((citation.law, citation.year)) or UNHELD.get((citation.law, 0), "")
