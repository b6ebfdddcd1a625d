"""What a book's list says of a row in a word or two, with its tone."""

from accounts.models import local_today


def to_row(row) -> str:
    """A first column leads to the row."""
    return row.get_absolute_url()


def force_words(row) -> list:
    """What is wrong with a 专班: too few people, not filed."""
    return [
        *([(f"不足10人，还差{row.lacking}人", "amber")] if row.lacking else []),
        ("已备案", "green") if row.lodged_on else ("未备案", "amber"),
    ]


def phase_words(row):
    """Whether a phase is running today."""
    today = local_today()
    if today < row.from_day:
        return "未开始"
    return ("进行中", "green") if today <= row.to_day else "已结束"


def open_items(row) -> int:
    """Follow-ups of a meeting that aren't done."""
    return sum(1 for item in row.parts.all() if item.done_on is None)


def item_words(row):
    """How many of a meeting's items are still open."""
    count = open_items(row)
    if count:
        return f"{count}项未办结", "amber"
    return ("已办结", "green") if row.parts.all() else ""


def minutes_words(row):
    """Whether minutes are there and reported."""
    if row.reported_on:
        return "已报告", "green"
    return "未报告" if row.minutes_id else "没有纪要"


def screening_words(row):
    """Screened, overdue, or still to do."""
    if row.done_on:
        return row.get_found_display(), "red" if row.found == row.Found.TROUBLE else "green"
    late = row.planned_on and row.planned_on < local_today()
    return ("已超期", "red") if late else ("待排查", "")


def clue_words(row) -> str:
    """The number of the clue that a place became."""
    return row.clue.number if row.clue_id else ""


def rectification_words(row):
    """Struck off, done, overdue, or still to do."""
    if row.accepted_on:
        return "已销号", "green"
    if row.done_on:
        return "已整改，待验收", "amber"
    late = row.due_on and row.due_on < local_today()
    return ("已超期", "red") if late else ("整改中", "")


def watched_words(row):
    """Whether it still stands on the list."""
    ended = row.until and row.until < local_today()
    return "已移出" if ended else ("在列", "amber")


def outcome_words(row):
    """合格 or until when to rectify."""
    if row.outcome == row.Outcome.PASSED:
        return "合格", "green"
    return f"限期整改至{row.rectify_by}", "amber"
