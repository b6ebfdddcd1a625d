"""线下签批: the named signer is told that somebody typed it, and those in charge that a signer denies it."""

from accounts import roles
from accounts.models import Agency, Approval, PaperAnswer, User
from accounts.services import paper_reading
from accounts.services.people import holders
from reminders.services.telling import tell

KIND = "paper"


def tell_signer(*, by: User, approval: Approval) -> int:
    """Tell those who can say whether it was signed; how many were told.

    Where none of them is in service any more, nobody named could ever deny it: then the leaders of
    the office are told that it was typed.
    """
    asked = [person for person in approval.asked if person.is_active]
    agency = approval.agency
    if asked or not approval.asked:
        title, url = "有一件以您的名义录入的线下签批，请核对", approval.signed_paper.get_absolute_url()
    else:
        asked = [each for each in holders(agency, *roles.LEADERS) if each.pk != by.pk]
        title, url = "有一件以已停用人员的名义录入的线下签批，请核对", approval.thing.get_absolute_url()
    return tell(
        people=asked, agency=agency, meaning=f"paper:{approval.pk}:typed", kind=KIND, title=title, url=url
    )


def tell_denial(*, by: User, answer: PaperAnswer) -> int:
    """Tell who leads the office, who reviews it from above, and who typed it, as far as they see it."""
    approval = answer.approval
    agency = approval.agency
    people = set(holders(agency, *roles.LEADERS, roles.BRIGADE_HEAD)) | {approval.typed_by}
    for upper in _above(agency):
        people |= set(holders(upper, roles.PREFECTURE))
    people = [each for each in people if each.is_active and each != by and paper_reading.sees(each, approval)]
    return tell(
        people=people,
        agency=agency,
        meaning=f"paper:{approval.pk}:denied:{answer.pk}",
        kind=KIND,
        title="有签批人否认一件线下签批，请核实处理",
        url=approval.thing.get_absolute_url(),
    )


def _above(agency: Agency) -> list[Agency]:
    """The offices above, by the path."""
    steps = [int(step) for step in agency.path.strip("/").split("/")]
    return list(Agency.objects.filter(pk__in=steps[:-1]))
