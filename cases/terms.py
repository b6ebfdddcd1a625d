"""The statutory clocks of a case and of a referral: length, unit, from when, by which article."""

from accounts.terms import DAYS, HOURS, WORKDAYS, Term

DECIDE = Term(
    "decide",
    "作出处罚决定",
    90,
    DAYS,
    "立案日",
    "行政处罚法第六十条；自然资源行政处罚办法第三十八条",
    warn_before=15,
)
SERVE = Term("serve", "送达决定书", 7, WORKDAYS, "决定日", "行政处罚法第六十一条、第八十五条", warn_before=2)
PAY = Term("pay", "缴纳罚没款", 15, DAYS, "送达日", "行政处罚法第六十七条")
REFERRAL_DECIDE = Term(
    "referral_decide", "决定是否移送", 3, DAYS, "提出报告之日",
    "行政执法机关移送涉嫌犯罪案件的规定第五条", warn_before=1,
    standard="referral_decide_days", sure=False,
)  # fmt: skip
REFERRAL_SEND = Term(
    "referral_send",
    "向公安机关移送",
    24,
    HOURS,
    "批准移送",
    "行政执法机关移送涉嫌犯罪案件的规定第五条",
    warn_before=1,
)
POLICE_ANSWER = Term(
    "police_answer", "公安机关决定是否立案", 3, DAYS, "移送（接收）日",
    "行政执法机关移送涉嫌犯罪案件的规定第八条", warn_before=1,
    standard="police_answer_days", sure=False,
)  # fmt: skip
RECONSIDER = Term(
    "reconsider", "提请复议或者建议立案监督", 3, DAYS, "收到不予立案通知书之日",
    "行政执法机关移送涉嫌犯罪案件的规定第九条", warn_before=1,
    standard="reconsider_days", sure=False,
)  # fmt: skip

TERMS = (DECIDE, SERVE, PAY, REFERRAL_DECIDE, REFERRAL_SEND, POLICE_ANSWER, RECONSIDER)
