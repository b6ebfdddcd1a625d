"""What a page of a ledger says of rows that it doesn't show as they are now."""

from ledgers.services.kept import LedgerRows
from ledgers.services.setting_aside import words_of

WAITING = (
    "有 {count} 条正在重新计算，算完以前这一页没有这些条目，或者是它们原来的数据，"
    "合计也不是最新的。请稍后刷新。"
)
UNDRAWN = (
    "有 {count} 条在 {day} 与现在不同，要逐条重新计算：这一页只算列出的条目，不列合计。需要合计的，请导出。"
)
ASIDE = (
    "{names}现在算不出来：这里没有这一条，或者是它原来的数据，合计也按此计算。"
    "其余条目不受影响。请告诉系统管理员。"
)


def waiting_words(rows: LedgerRows) -> list[str]:
    """That rows are drawn anew, that there is no sum, that some can't be drawn."""
    said = [WAITING.format(count=rows.waiting)] if rows.waiting else []
    said += [UNDRAWN.format(count=len(rows.undrawn), day=rows.as_of)] if rows.undrawn else []
    aside = aside_words(rows)
    return said + [aside] if aside else said


def aside_words(rows: LedgerRows) -> str:
    """Which rows can't be drawn, and whom to tell; "" for none."""
    names = words_of(rows.set_aside)
    return ASIDE.format(names=names) if names else ""
