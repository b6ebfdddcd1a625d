"""The statutory clocks of a case and of a referral: which of the law's clocks each is (`law.terms`)."""

from accounts.terms import WORKDAYS, Term
from reminders.law_terms import of_law

DECIDE = of_law("C08", "decide", "作出处罚决定", warn_before=15)
SERVE = of_law("C12", "serve", "送达决定书", warn_before=2)
PAY = of_law("C14", "pay", "缴纳罚款", warn_before=3)
# 三日: the text doesn't say whether working days are meant.
REFERRAL_DECIDE = of_law(
    "R02", "referral_decide", "决定是否移送", warn_before=1, standard="referral_decide_days"
)
REFERRAL_SEND = of_law("R03", "referral_send", "向公安机关移送", warn_before=1)
POLICE_ANSWER = of_law(
    "R06", "police_answer", "公安机关决定是否立案", warn_before=1, standard="police_answer_days"
)
RECONSIDER = of_law(
    "R07", "reconsider", "提请复议或者建议立案监督", warn_before=1, standard="reconsider_days"
)

# How long a prefecture may take is said by no text that is held: a place enters its own.
JOIN_ANSWER = Term(
    "join_answer",
    "答复报请参与",
    10,
    WORKDAYS,
    "报请之日",
    "所在省、市启用的文件（没有规定天数，默认10个工作日）",
    warn_before=3,
    standard="join_answer_days",
    sure=False,
)

TERMS = (DECIDE, SERVE, PAY, REFERRAL_DECIDE, REFERRAL_SEND, POLICE_ANSWER, RECONSIDER, JOIN_ANSWER)
