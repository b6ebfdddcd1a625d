"""Setting how a campaign counts (design rules marked *)."""

from django.db import transaction

from accounts.models import User
from accounts.services import deeds, trail
from campaigns.acts import CAMPAIGN_ACTS
from campaigns.counting import RULES
from campaigns.models import Campaign
from common.errors import Refused


@transaction.atomic
def amend_counting(
    *, by: User, campaign: Campaign, version: int | str | None = None, **codes: str
) -> Campaign:
    """Set rules of counting: `codes` maps a rule's key to the code of a choice.

    What was reported stays as it was; ledgers that are being filled in draw themselves anew. Raises
    Refused for a rule or choice that there isn't, or where nothing would change.
    """
    campaign = deeds.lock(campaign, version)
    posting = CAMPAIGN_ACTS.require("amend_counting", by, campaign)
    settings, changes = dict(campaign.settings), {}
    for key, code in codes.items():
        rule = RULES.get(key)
        choice = rule.of_code(code) if rule else None
        if choice is None:
            label = rule.label if rule else key
            raise Refused(f"“{label}”没有“{code}”这种计法，请重新选择。")
        was = rule.in_force(settings)
        if was != choice:
            settings[key] = choice.value
            changes[rule.label] = (was.label, choice.label)
    if not changes:
        raise Refused("与现在的计数口径相同，没有改动。")
    deeds.save(campaign, settings=settings)
    trail.record(
        by=by, posting=posting, act=CAMPAIGN_ACTS.get("amend_counting"), thing=campaign, changes=changes
    )
    return campaign
