"""A statute's text cut into articles, paragraphs (款) and items (项).

The files are those of law/data/statutes as they came: a title, how it was passed, `INFO END`, then
chapters as headings and articles that begin with 第…条. What follows the last article under 附件 is
an appendix.
"""

import re
from dataclasses import dataclass

from law.statutes.numerals import to_chinese, to_int

NUMERAL = "[零〇一二三四五六七八九十百千]+"
ARTICLE = re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?[ 　\u00a0]+(.*)")
OLD_ARTICLE = re.compile(rf"({NUMERAL})、()(.*)")  # 一、二、… where a text has no 第…条
ITEM = re.compile(rf"[（(]{NUMERAL}[）)]|\d+[．.、]")
APPENDIX = re.compile(r"附(件|录|表|：|:)")
END_OF_HEAD = "<!-- INFO END -->"
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class Paragraph:
    """One 款 with its 项, each as it is printed."""

    number: int
    text: str
    items: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """①, ②, … by which people name it."""
        return MARKS[self.number - 1] if self.number <= len(MARKS) else f"({self.number})"


@dataclass(frozen=True)
class Article:
    """One article: 第三百四十二条之一 is number 342, sub 1; `chapter` says where it stands."""

    number: int
    sub: int
    chapter: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def label(self) -> str:
        """第三百四十二条之一."""
        return f"第{to_chinese(self.number)}条{f'之{to_chinese(self.sub)}' if self.sub else ''}"

    @property
    def key(self) -> str:
        """342-1: how it stands in an address."""
        return f"{self.number}-{self.sub}" if self.sub else str(self.number)

    @property
    def text(self) -> str:
        """Its paragraphs and items, one a line."""
        return "\n".join(line for paragraph in self.paragraphs for line in (paragraph.text, *paragraph.items))


@dataclass(frozen=True)
class Text:
    """A statute as parsed: title, how it was passed and amended, articles, what hangs behind."""

    title: str
    history: tuple[str, ...]
    preamble: tuple[str, ...]
    articles: tuple[Article, ...]
    appendix: tuple[str, ...]

    def article(self, number: int, sub: int = 0) -> Article | None:
        """One article, or None where the statute has none of this number."""
        return next(
            (article for article in self.articles if (article.number, article.sub) == (number, sub)), None
        )


def parse(markdown: str) -> Text:
    """Cut a file into its parts."""
    head, _, body = markdown.partition(END_OF_HEAD)
    title, *history = [line.lstrip("# ") for line in _lines(head)]
    lines = _lines(body)
    begins = ARTICLE if any(ARTICLE.match(line) for line in lines) else OLD_ARTICLE
    maker = _Maker(begins)
    for line in lines:
        maker.take(line)
    maker.close()
    return Text(title, tuple(history), tuple(maker.preamble), tuple(maker.articles), tuple(maker.appendix))


def _lines(text: str) -> list[str]:
    stripped = (line.strip(" \t\r　\u00a0\u200b\ufeff") for line in text.splitlines())
    return [line for line in stripped if line]


class _Maker:
    """Takes line after line and keeps the article under way."""

    def __init__(self, begins: re.Pattern):
        self.begins = begins
        self.articles: list[Article] = []
        self.preamble: list[str] = []
        self.appendix: list[str] = []
        self.chapters: dict[int, str] = {}
        self.open: tuple[int, int, str] | None = None
        self.paragraphs: list[list[str]] = []

    def take(self, line: str) -> None:
        if self.appendix:
            self.appendix.append(line)
        elif line.startswith("#"):
            self._heading(line)
        elif heading := self.begins.fullmatch(line):
            self._begin(heading)
        elif self.open and APPENDIX.match(line):
            self.close()
            self.appendix.append(line)
        elif self.open is None:
            self.preamble.append(line)
        elif ITEM.match(line) and self.paragraphs:
            self.paragraphs[-1].append(line)
        else:
            self.paragraphs.append([line])

    def _heading(self, line: str) -> None:
        level = len(line) - len(line.lstrip("#"))
        self.chapters = {depth: name for depth, name in self.chapters.items() if depth < level}
        self.chapters[level] = re.sub(r"\s+", " ", line.lstrip("# "))

    def _begin(self, heading: re.Match) -> None:
        self.close()
        number, sub, first = heading.groups()
        self.open = (to_int(number), to_int(sub) if sub else 0, " ".join(self.chapters.values()))
        self.paragraphs = [[first]]

    def close(self) -> None:
        """Put the article under way with the others."""
        if self.open:
            made = (
                Paragraph(number, text, tuple(items))
                for number, (text, *items) in enumerate(self.paragraphs, start=1)
            )
            self.articles.append(Article(*self.open, tuple(made)))
        self.open = None
