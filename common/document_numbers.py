"""Numbers of official papers: 交自然资罚字〔2026〕12号.

Offices write the year in 〔〕, [], （） or nothing, with or without 第 and with series letters. Out
comes the form of GB/T 9704 with 〔〕; prefix, 第, series and leading zeros stay as the office has
them, for they are part of its number.
"""

import re
from dataclasses import dataclass

from common.words import squeeze

_OPEN, _CLOSE = "〔[(【〖{［", "〕])】〗}］"
_NUMBER = re.compile(
    rf"(?P<prefix>.*?[^\d{re.escape(_OPEN)}])"
    rf"(?:[{re.escape(_OPEN)}](?P<bracketed>\d{{4}})年?[{re.escape(_CLOSE)}]|(?P<bare>\d{{4}}))"
    r"(?P<series>[A-Za-z]*)(?P<ordinal>第?)(?P<number>\d{1,12}(?:-\d{1,6})*)号",
    re.ASCII,
)
_YEARS = range(1949, 2100)


class BadDocumentNumber(ValueError):
    """This is no number of an official paper; the text is a sentence for the person."""


@dataclass(frozen=True)
class DocumentNumber:
    """A paper's number in its parts, `number` as written. `str()` gives the normal form."""

    prefix: str
    year: int
    number: str
    series: str = ""
    ordinal: bool = False

    def __str__(self) -> str:
        mark = "第" if self.ordinal else ""
        return f"{self.prefix}〔{self.year}〕{self.series}{mark}{self.number}号"

    @property
    def seq(self) -> int | None:
        """The place in the office's plain series of the year; None for 3-1 or SC第6013."""
        plain = self.number.isdigit() and not self.series and len(self.number) <= 9
        return int(self.number) if plain else None

    @property
    def key(self) -> tuple[str, int, str, tuple[int, ...]]:
        """Equal for two spellings of one number: without 第, leading zeros and case."""
        numbers = tuple(int(part) for part in self.number.split("-"))
        return (self.prefix.casefold(), self.year, self.series.casefold(), numbers)


def parse_number(text: object) -> DocumentNumber:
    """Read a number as written on a paper. Raises BadDocumentNumber with a sentence."""
    written = squeeze(text)
    if not written:
        raise BadDocumentNumber("没有填写文号。")
    match = _NUMBER.fullmatch(written)
    if not match:
        raise BadDocumentNumber("文号没有看懂，请按“交自然资罚字〔2026〕12号”的样式填写。")
    year = int(match["bracketed"] or match["bare"])
    if year not in _YEARS:
        raise BadDocumentNumber(f"文号中的年份{year}不对，请核对。")
    return DocumentNumber(match["prefix"], year, match["number"], match["series"], bool(match["ordinal"]))


def normalise_number(text: object) -> str:
    """The normal form; what cannot be read stays as typed, without blanks: it is on the paper."""
    try:
        return str(parse_number(text))
    except BadDocumentNumber:
        return squeeze(text)


def format_number(prefix: str, word: str, year: int, seq: int) -> str:
    """Our own number: ("交自然资", "立字", 2026, 12) gives 交自然资立字〔2026〕12号."""
    return str(DocumentNumber(prefix + word, year, str(seq)))
