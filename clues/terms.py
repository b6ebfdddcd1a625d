"""The clocks of a clue. The law says 及时 and gives no figure (C01): the length is data."""

from accounts.terms import DAYS, Term
from reminders.law_terms import of_law

CHECK = of_law(
    "C01",
    "clue_check",
    "线索核查",
    warn_before=2,
    standard="clue_verification_days",
    workdays=7,
    counted_from="受理日期",
)
LOOK_AGAIN = Term(
    kind="clue_look_again",
    label="待查线索再查",
    length=0,
    unit=DAYS,
    counted_from="批准的再查日期",
    article="批准的处理意见",
    warn_before=1,
)
TERMS = (CHECK, LOOK_AGAIN)
