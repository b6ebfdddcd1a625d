"""Which parts of an incoming 备注 the system composed (rule 11), and which the office wrote.

An exported ledger comes back with 结转, 移入, 移送…, 协办, 未计入, 代录 and 迟录补报 in it. The system
composes these again; kept as typed they would stand there permanently, and twice.
"""

import re

from ledgers.fields.remark import PARTS
from ledgers.rows import CARRIED, JOINT, LATE, PROXY

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_COMPOSED = re.compile(
    rf"{LATE}|{CARRIED}|{PROXY}|由.{{1,30}}移入|.{{2,60}}{JOINT}"
    rf"|{_DAY}移送.{{2,60}}?(?:，已立案|，不予立案)?|{_DAY}.{{1,120}}未计入"
)


def own_words(remark: str | None, base: str) -> str:
    """`remark` of a row that stands already, without what the system composed.

    `base` is what the office or a person wrote of the row before: those words are theirs, even
    where they read like the system's. Without any words left that is "".
    """
    typed = base.split(PARTS)
    parts = (remark or "").split(PARTS)
    retained = (part for part in parts if part and (part in typed or not _COMPOSED.fullmatch(part)))
    own = PARTS.join(retained)
    return base if own == without_late(base) else own


def without_late(remark: str | None) -> str:
    """`remark` without 迟录补报, which holds for one period of one ledger only."""
    return PARTS.join(part for part in (remark or "").split(PARTS) if part and part != LATE)
