"""What the pages of this app share: where I am."""

from django.urls import reverse

from accounts.policy import may_open
from campaigns.listing import LIST
from campaigns.models.campaign import organisation_url
from common.slots import guests

RULE_LIST = "报送规则"


def crumbs(*steps, here: str = "", user=None) -> list[dict]:
    """The page that an upper app seated above all campaigns › each thing of `steps` › here.

    With `user`, the first only where this person may open it.
    """
    fronts = [front for front in guests("campaigns.front")[:1] if not user or may_open(user, front.url_name)]
    path = [{"label": front.label, "url": front.url()} for front in fronts]
    path += [{"label": str(step), "url": step.get_absolute_url()} for step in steps]
    return [*path, {"label": here, "url": ""}] if here else path


def crumbs_for(user, campaign, here: str = "") -> list[dict]:
    """The way to a campaign's books as this person may go it: a township has no ledger above them."""
    if all(may_open(user, front.url_name) for front in guests("campaigns.front")):
        return crumbs(campaign, here=here)
    path = [{"label": str(campaign), "url": organisation_url(campaign)}]
    return [*path, {"label": here, "url": ""}] if here else path


def duty_crumbs(*steps, here: str = "", user=None) -> list[dict]:
    """The same below 报送任务."""
    path = [*crumbs(user=user), {"label": LIST, "url": reverse("campaigns:duties")}]
    path += [{"label": str(step), "url": step.get_absolute_url()} for step in steps]
    return [*path, {"label": here, "url": ""}] if here else path


def front_url() -> str:
    """The page above all campaigns; "/" where nobody sits there."""
    return next((front.url() for front in guests("campaigns.front")), "/")
