"""Cases and referrals for the one search of the top bar: number, place, cause, paper, party."""

from accounts.desk import SearchHit
from cases.models import Case, CaseWords, Referral, ReferralWords
from common.searching import words_of
from registry.finding import found


def search(user, words: str, limit: int = 20) -> list[SearchHit]:
    """The newest cases of the person's offices, and referrals, in which every word is found."""
    several = words_of(words)
    if not several:
        return []
    cases = found(CaseWords, Case.objects.within_reach(user).defer("facts"), several)
    referrals = Referral.objects.visible_to(user).select_related("case", "to_agency")
    referrals = found(ReferralWords, referrals, several)
    return [
        *(_case_hit(case) for case in cases.order_by("-filed_on", "-pk")[:limit]),
        *(_referral_hit(referral) for referral in referrals.order_by("-sent_on", "-pk")[:limit]),
    ]


def _case_hit(case) -> SearchHit:
    note = f"{case.cause} · {case.place} · {case.get_state_display()}"
    return SearchHit(kind="案件", thing=str(case), url=case.get_absolute_url(), note=note)


def _referral_hit(referral) -> SearchHit:
    note = f"{referral.case.cause} · {referral.to_agency} · {referral.get_state_display()}"
    return SearchHit(kind="移送", thing=str(referral), url=referral.get_absolute_url(), note=note)
