"""The statutory clocks of a case and of a referral: which of the law's clocks each is (`law.terms`)."""

from accounts import terms
from accounts.terms import Before, Term
from law.terms import Unit, term
from law.terms.shape import Length

UNITS = {Unit.WORKDAY: terms.WORKDAYS, Unit.DAY: terms.DAYS, Unit.HOUR: terms.HOURS, Unit.MONTH: terms.MONTHS}


def _of_law(code: str, kind: str, label: str, *, warn_before: int, standard: str = "") -> Term:
    """The clock of a code as the law counts it today and did before; a `standard` may set another length."""
    law = term(code)
    now, *before = law.lengths
    return Term(
        kind,
        label,
        now.count,
        UNITS[now.unit],
        law.counted_from,
        now.article or law.article,
        warn_before=warn_before,
        standard=standard,
        sure=not standard,
        rolls=law.rolls,
        before=tuple(_before(length, law.article) for length in before),
    )


def _before(length: Length, article: str) -> Before:
    return Before(length.count, length.article or article, length.since, length.until)


DECIDE = _of_law("C08", "decide", "作出处罚决定", warn_before=15)
SERVE = _of_law("C12", "serve", "送达决定书", warn_before=2)
PAY = _of_law("C14", "pay", "缴纳罚款", warn_before=3)
# 三日: the text doesn't say whether working days are meant.
REFERRAL_DECIDE = _of_law(
    "R02", "referral_decide", "决定是否移送", warn_before=1, standard="referral_decide_days"
)
REFERRAL_SEND = _of_law("R03", "referral_send", "向公安机关移送", warn_before=1)
POLICE_ANSWER = _of_law(
    "R06", "police_answer", "公安机关决定是否立案", warn_before=1, standard="police_answer_days"
)
RECONSIDER = _of_law(
    "R07", "reconsider", "提请复议或者建议立案监督", warn_before=1, standard="reconsider_days"
)

TERMS = (DECIDE, SERVE, PAY, REFERRAL_DECIDE, REFERRAL_SEND, POLICE_ANSWER, RECONSIDER)
