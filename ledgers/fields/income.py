"""没收违法所得, over both sides of a row."""

from ledgers.fields.deciding import decided
from ledgers.fields.field import LedgerField
from ledgers.fields.kinds import Kind

INCOME = (
    LedgerField(
        key="confiscated_income",
        label="没收违法所得",
        kind=Kind.MONEY,
        words=("没收违法所得", "违法所得"),
        unit="元",
        draw=decided("confiscate_income"),
        how="处罚决定作出后自动填上。",
    ),
)
