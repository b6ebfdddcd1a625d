"""The catalogue of what ledgers can show: a module for each group, a `LedgerField` for each column.

A field says everything the product must know of it: heads' words, kind, unit and side, how it is
drawn with its evidence, how a workbook's value is read and kept, how it adds up. A new field is a
row in its group's module; a new group is a module and its line here.
"""

from ledgers.fields.field import LedgerField, Side, Use, is_blank
from ledgers.fields.income import INCOME
from ledgers.fields.kinds import Kind, Value
from ledgers.fields.land import LAND
from ledgers.fields.mining import MINING
from ledgers.fields.police import POLICE
from ledgers.fields.referral import REFERRAL
from ledgers.fields.registry import FIELDS
from ledgers.fields.remark import REMARK
from ledgers.fields.row_kinds import ROW_KINDS, RowKind
from ledgers.fields.words import WORDS

__all__ = ["FIELDS", "ROW_KINDS", "Kind", "LedgerField", "RowKind", "Side", "Use", "Value", "is_blank"]

GROUPS = (
    WORDS,
    LAND,
    MINING,
    INCOME,
    REFERRAL,
    POLICE,
    REMARK,
)
for _group in GROUPS:
    FIELDS.register(*_group)
