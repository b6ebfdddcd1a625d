"""What a case and a referral are found by. A referral has words of its own, for the authorities to which it
went see it and not the case."""

from django.db import models

from cases.models.case import Case
from cases.models.referral import Referral
from registry.models import Words


class CaseWords(Words):
    """Numbers, cause, place, papers, parties."""

    texts = ("number", "cause")
    places = ("county__name", "township__name", "place")
    several = ("decisions__number",)
    names = ("parties__party__name",)
    follows = {"registry.party": ("parties__party",), "accounts.region": ("county", "township")}

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="words")

    class Meta:
        verbose_name = verbose_name_plural = "案件检索词"


class ReferralWords(Words):
    """Numbers, cause, crime, parties."""

    texts = ("number", "case__number", "case__cause", "crime")
    names = ("case__parties__party__name",)
    follows = {"registry.party": ("case__parties__party",), "cases.case": ("case",)}

    referral = models.OneToOneField(Referral, models.CASCADE, primary_key=True, related_name="words")

    class Meta:
        verbose_name = verbose_name_plural = "移送检索词"
