"""What the pages of this app share: where I am."""

from django.urls import reverse

from common.slots import guests

LIST, RULE_LIST = "报送任务", "报送规则"


def crumbs(*steps, here: str = "") -> list[dict]:
    """The page that an upper app seated above all campaigns › each thing of `steps` › here."""
    path = [{"label": front.label, "url": front.url()} for front in guests("campaigns.front")[:1]]
    path += [{"label": str(step), "url": step.get_absolute_url()} for step in steps]
    return [*path, {"label": here, "url": ""}] if here else path


def duty_crumbs(*steps, here: str = "") -> list[dict]:
    """The same below 报送任务."""
    path = [*crumbs(), {"label": LIST, "url": reverse("campaigns:duties")}]
    path += [{"label": str(step), "url": step.get_absolute_url()} for step in steps]
    return [*path, {"label": here, "url": ""}] if here else path


def front_url() -> str:
    """The page above all campaigns; "/" where nobody sits there."""
    return next((front.url() for front in guests("campaigns.front")), "/")
