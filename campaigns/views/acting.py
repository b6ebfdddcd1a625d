"""What the pages of this app share: where I am."""

from common.slots import guests


def crumbs(*steps, here: str = "") -> list[dict]:
    """The page that an upper app seated above all campaigns › each thing of `steps` › here."""
    path = [{"label": front.label, "url": front.url()} for front in guests("campaigns.front")[:1]]
    path += [{"label": str(one), "url": one.get_absolute_url()} for one in steps]
    return [*path, {"label": here, "url": ""}] if here else path


def front_url() -> str:
    """The page above all campaigns; "/" where nobody sits there."""
    return next((front.url() for front in guests("campaigns.front")), "/")
