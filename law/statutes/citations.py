"""Citations as they are written here: 行政处罚法第五十七条、第五十九条; 310号令第五条; 矿产资源法2024 第63条.

An article without a name belongs to the law named before it in the same sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from law.statutes.names import NAMES, YEARS
from law.statutes.numerals import to_int

NUMBER = r"[零〇一二三四五六七八九十百千]+|[0-9]+"
# 处罚法 isn't meant within 治安管理处罚法, nor 程序规定 within that for 行政案件.
NAME = "|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))
YEAR = r"[（(]?(?P<year>(?:19|20)\d\d)(?:年(?:修订|修正|修改)?)?[）)]?"
TOKEN = re.compile(
    rf"(?<!治安管理)(?<!行政案件)(?P<name>《?(?:中华人民共和国)?(?:{NAME})》?)\s*(?:{YEAR})?"
    r"(?P<bare>\s*\d{1,3}(?![\d条号年月日元亩%％.]))?"
    rf"|第?(?P<article>{NUMBER})条(?:之(?P<sub>{NUMBER}))?"
    rf"(?:第?(?P<paragraph>{NUMBER})款)?(?:第?[（(]?(?P<item>{NUMBER})[）)]?项)?"
    r"|(?P<document>[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号)"
    r"|(?P<stop>[。！？\n])"
)
# What looks like the name of a law right before an article; 本法, 本办法 are the text itself.
UNNAMED = re.compile(r"[\u4e00-\u9fff》]+?(?:法|条例|办法|规定|解释|细则|令)(?:》|（[^）]*）)?$")
OWN = re.compile("本[\u4e00-\u9fff]{1,2}$")


@dataclass(frozen=True)
class Citation:
    """One article (number 0: the text as a whole) of a law; `law` is empty where no name was known.

    `start` and `end` say where it stands; `year` names a version, 0 the one of the day.
    """

    law: str
    number: int
    start: int
    end: int
    year: int = 0
    sub: int = 0
    paragraph: int = 0
    item: int = 0


@lru_cache(maxsize=2048)
def citations(text: str) -> tuple[Citation, ...]:
    """Every citation of a text, in order; an article and the name before it are one citation."""
    return tuple(_raw_citations(text))


def _raw_citations(text: str) -> Iterator[Citation]:
    named: Citation | None = None  # the law that articles belong to
    waiting: Citation | None = None  # a name that no article has followed yet
    for token in TOKEN.finditer(text):
        behind = named is not None and not text[named.end : token.start()].strip()
        if token["article"]:
            if token.group().startswith("第") or behind:
                if waiting and not behind:
                    yield waiting
                yield _an_article(token, named, waiting if behind else None)
                waiting = None
            continue
        if waiting:
            yield waiting
        named = waiting = _a_name(token)
    if waiting:
        yield waiting


def _a_name(token: re.Match) -> Citation | None:
    """A law or a document; None at the end of a sentence."""
    if token["name"]:
        plain = token["name"].strip("《》").removeprefix("中华人民共和国")
        year = int(token["year"]) if token["year"] else YEARS.get(plain, 0)
        return Citation(NAMES[plain], int(token["bare"] or 0), token.start(), token.end(), year)
    if token["document"]:
        number = _document(token["document"])
        return Citation(NAMES.get(number, number), 0, token.end() - len(number), token.end())
    return None


def _document(number: str) -> str:
    """The longest known document at the end of what matched, else all of it."""
    return next((number[at:] for at in range(len(number)) if number[at:] in NAMES), number)


def _an_article(token: re.Match, named: Citation | None, joined: Citation | None) -> Citation:
    count = {key: to_int(token[key]) if token[key] else 0 for key in ("article", "sub", "paragraph", "item")}
    return Citation(
        named.law if named else "",
        count["article"],
        joined.start if joined else token.start(),
        token.end(),
        named.year if named else 0,
        count["sub"],
        count["paragraph"],
        count["item"],
    )


def unnamed(text: str) -> tuple[str, ...]:
    """Articles of a law that no name here stands for: 水法第三条. 本法, 本办法 and the like are not."""
    heads = [text[: citation.start] for citation in citations(text) if not citation.law]
    return tuple(head[-30:] for head in heads if UNNAMED.search(head) and not OWN.search(head))
