"""Cases and referrals for the one search of the top bar: number, place, cause, paper, party."""

from django.db.models import Exists, OuterRef, Q

from accounts.desk import SearchHit
from accounts.services import secrets
from cases.models import Case, CaseParty, Decision, Referral
from common.searching import words_of
from common.words import fold, squeeze
from registry.services.sealing import IDENTITY


def search(user, words: str, limit: int = 20) -> list[SearchHit]:
    """The newest cases of the person's offices, and referrals, in which every word is found."""
    several = words_of(words)
    if not several:
        return []
    cases = Case.objects.within_reach(user)
    referrals = Referral.objects.visible_to(user).select_related("case", "to_agency")
    for word in several:
        cases = cases.filter(_fits_case(word))
        referrals = referrals.filter(_fits_referral(word))
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


def _fits_case(word):
    papers = Decision.objects.filter(case=OuterRef("pk"), number__icontains=word)
    return (
        Q(number__icontains=word)
        | Q(cause__icontains=word)
        | Q(place__icontains=word)
        | Exists(papers)
        | Exists(CaseParty.objects.filter(_party(word), case=OuterRef("pk")))
    )


def _fits_referral(word):
    return (
        Q(number__icontains=word)
        | Q(case__number__icontains=word)
        | Q(case__cause__icontains=word)
        | Exists(CaseParty.objects.filter(_party(word), case=OuterRef("case_id")))
    )


def _party(word):
    party = Q(party__identity_index=secrets.blind_index(squeeze(word).upper(), IDENTITY))
    return party | Q(party__name_fold__contains=fold(word)) if fold(word) else party
