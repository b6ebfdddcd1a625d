"""How a campaign counts, as its page says it."""

from django.urls import reverse

from accounts import showing
from campaigns.acts import CAMPAIGN_ACTS
from campaigns.counting import RULES


def page_of(user, campaign) -> dict:
    """The context of campaigns/organising/counting.html."""
    may = campaign.agency is not None and CAMPAIGN_ACTS.openness("amend_counting", user, campaign).ok
    act = CAMPAIGN_ACTS.get("amend_counting")
    return {
        "campaign": campaign,
        "rules": rows_of(campaign),
        "keeper": campaign.agency,
        "act": {"label": act.label, "url": reverse("campaigns:amend_counting", args=[campaign.code])}
        if may
        else None,
        "trail": showing.trail_of(campaign),
    }


def rows_of(campaign) -> list[dict]:
    """Each rule with what is in force."""
    rows = []
    for rule in RULES.values():
        chosen = rule.in_force(campaign.settings)
        rows.append(
            {"label": rule.label, "asked": rule.asked, "value": chosen.label, "effect": chosen.effect}
        )
    return rows
