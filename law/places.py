"""Divisions by GB/T 2260 code and by name."""

import json
from functools import cache

from common.words import squeeze
from law.words import DATA


@cache
def names() -> dict[str, str]:
    """Code → name: all provinces; prefectures and counties of the provinces held."""
    return json.loads((DATA / "places.json").read_text(encoding="utf-8"))


@cache
def _by_name() -> dict[str, str | None]:
    """Names, alone and behind those of what they lie in, → code; None where two bear the name."""
    codes: dict[str, str | None] = {}
    for code, name in names().items():
        above = [names().get(code[:2] + "0000", ""), names().get(code[:4] + "00", "")]
        above = [each for each in above if each and each != name]
        spellings = {name, *(each + name for each in above), "".join(above) + name}
        if code.endswith("0000"):
            spellings.add(name.removesuffix("省").removesuffix("市").removesuffix("自治区"))
        for spelling in spellings:
            codes[spelling] = None if spelling in codes and codes[spelling] != code else code
    return codes


def code_of(text: str, within: str | None = None) -> str | None:
    """The six digits for a code or a name; of several of one name the one lying `within` a division."""
    word = squeeze(text)
    if len(word) == 6 and word.isdigit():
        return word
    if (code := _by_name().get(word)) is not None:
        return code
    start = (within or "").rstrip("0")
    fitting = [code for code, name in names().items() if name == word and start and code.startswith(start)]
    return fitting[0] if len(fitting) == 1 else None


def lies_in(region: str | None, area: str) -> bool:
    """Whether a region is `area` or lies in it; "" is the whole country."""
    if not area:
        return True
    return bool(region) and region.startswith(
        area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area
    )


def province_of(region: str | None) -> str | None:
    """The province a region lies in."""
    return region[:2] + "0000" if region else None
