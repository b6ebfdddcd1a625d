"""What is searched, broken into small pieces that any database can index; what is asked, in the same.

A text is a row of signs: a Chinese character, a run of digits, a run of letters; what stands between them
counts for nothing. Its pieces are its pairs of neighbours, so a word of two signs is found by one piece and
no reader of a language is needed. A word fits where each of its signs stands beside a neighbour that it has
in the word: 夏家营后沟 fits 夏家营镇后沟村, 立字9号 fits 立字〔2026〕9号 and not 立字〔2026〕19号.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from common.pinyin import readings
from common.words import half_width

_SIGN = re.compile(r"[0-9]+|[a-z]+|[^\W_]")
_RUN = re.compile(r"[0-9]+|[a-z]+")
_DIVISION = re.compile("街道办事处|街道|[省市县区旗镇乡村]")
# Inside a long run of digits: a number that is told by its end, or by some of its middle.
LONG_ROW, LONG_WORD, INSIDE, INITIALS = 5, 4, "#", "~"
# So much of a run counts: PostgreSQL refuses a piece of more than 2,046 bytes.
LONGEST = 64
# A piece of somebody's name, for who looks for a name and nothing else.
NAMED = "="


class Piece(NamedTuple):
    """One piece that is asked for; with `begins`, any piece that begins with it."""

    text: str
    begins: bool = False


# Every one of these must fit, each by any of its pieces.
Asked = tuple[tuple[Piece, ...], ...]


def signs_of(text: str) -> list[str]:
    """The signs of a text, in half width and lower case; of a very long run its beginning."""
    return [sign[:LONGEST] for sign in _SIGN.findall(half_width(text).casefold())]


def grams_of(texts: Iterable[str]) -> set[str]:
    """The pieces of several texts, none of which goes on in the next."""
    found: set[str] = set()
    for text in texts:
        signs = signs_of(text)
        found.update(_pairs(signs))
        if signs:
            found.add(_end(signs[-1]))
        for sign in signs:
            if len(sign) >= LONG_ROW and sign.isdigit():
                found.update(_inside(sign))
    return found


def named(names: Iterable[str]) -> set[str]:
    """The pieces of names, told apart from those of other texts; `asked_for(…, NAMED)` asks for them."""
    return {f"{NAMED}{piece}" for piece in grams_of(names)}


def initials_of_name(name: str) -> set[str]:
    """The pieces by which a name is found by the first letters of its pinyin."""
    return _of_letters("".join(_letters(name)))


def initials_of_place(parts: Iterable[str]) -> set[str]:
    """The same of a place, from the larger division to the smaller; 县、镇、村 may be left out."""
    whole = "".join(parts)
    letters = _letters(whole)
    left_out = {n for each in _DIVISION.finditer(whole) for n in range(*each.span())}
    short = "".join(letter for n, letter in enumerate(letters) if n not in left_out)
    return _of_letters("".join(letters)) | _of_letters(short)


def _of_letters(letters: str) -> set[str]:
    return {f"{INITIALS}{letters[n : n + size]}" for size in (2, 3) for n in range(len(letters) - size + 1)}


def asked_for(words: Iterable[str], mark: str = "") -> Asked:
    """What a row must have in which every word stands, among the pieces with a mark where one is given;
    nothing where no word has any sign."""
    asked = dict.fromkeys(one for word in words for one in _of_word(signs_of(word)))
    return tuple(tuple(Piece(mark + text, begins) for text, begins in some) for some in asked)


def _of_word(signs: list[str]) -> Iterator[tuple[Piece, ...]]:
    if len(signs) == 1:
        yield from _of_sign(signs[0])
    elif signs:
        pieces = [Piece(each) for each in _pairs(signs)]
        pieces[-1] = Piece(pieces[-1].text, begins=_is_run(signs[-1]))
        yield (pieces[0],)
        yield from zip(pieces[1:-2], pieces[2:-1], strict=True)
        yield (pieces[-1],)


def _of_sign(sign: str) -> Iterator[tuple[Piece, ...]]:
    """A word of one sign: it begins a pair, or ends its text; a run may be the beginning of a longer one,
    some of a long number, or the first letters of a name's pinyin."""
    own = Piece(sign, begins=True)
    others: set[str] = set()
    if sign.isdigit() and len(sign) >= LONG_WORD:
        others = _inside(sign)
    elif _is_run(sign) and len(sign) > 1 and not sign.isdigit():
        size = min(len(sign), 3)
        others = {f"{INITIALS}{sign[n : n + size]}" for n in range(len(sign) - size + 1)}
    yield from ((own, Piece(each)) for each in sorted(others))
    if not others:
        yield (own,)


def _pairs(signs: list[str]) -> list[str]:
    return [
        f"{one}_{two}" if _is_run(one) or _is_run(two) else one + two
        for one, two in zip(signs, signs[1:], strict=False)
    ]


def _end(sign: str) -> str:
    """The last sign of a text begins no pair."""
    return f"{sign}_" if _is_run(sign) else sign


def _is_run(sign: str) -> bool:
    return bool(_RUN.fullmatch(sign))


def _inside(number: str) -> set[str]:
    return {f"{INSIDE}{number[n : n + 3]}" for n in range(len(number) - 2)}


@lru_cache(maxsize=20_000)
def _letters(text: str) -> tuple[str, ...]:
    """For each sign the first letter of its pinyin; "" where it has none."""
    return tuple(each[:1] for each in readings(text))
