"""Which stored files a person may open because of a case, a referral or a police matter."""

from cases.models import Case, PoliceMatter, Referral


def may_open(user, stored) -> bool:
    """A paper of the user's own case, of a package sent to their agency, or of their police matter."""
    return (
        Case.objects.within_reach(user).filter(files__file=stored).exists()
        or Referral.objects.visible_to(user)
        .filter(case__files__file=stored, case__files__for_police=True)
        .exists()
        or PoliceMatter.objects.visible_to(user).filter(detentions__paper=stored).exists()
    )
