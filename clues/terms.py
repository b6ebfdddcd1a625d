"""The clocks of a clue. The law says 及时 and gives no figure: the length is data."""

from accounts.terms import DAYS, WORKDAYS, Term

CHECK = Term(
    kind="clue_check",
    label="线索核查",
    length=7,
    unit=WORKDAYS,
    counted_from="受理日期",
    article="自然资源行政处罚办法第十五条（及时核查，期限由本地标准确定）",
    warn_before=2,
    standard="clue_verification_days",
    sure=False,
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
