"""What this app itself tells: who may open the scans of authorities and signed papers."""

from accounts import fileaccess
from accounts.models import Agency, SignedPaper, SigningAuthority


def sees_authority(user, stored) -> bool:
    """The scan of an authority that the person may see."""
    return SigningAuthority.objects.visible_to(user).filter(scan=stored).exists()


def sees_signed_paper(user, stored) -> bool:
    """A signed paper of an agency within reach; what it approves belongs there too."""
    reached = Agency.objects.within(user.reach_paths())
    return SignedPaper.objects.filter(scan=stored, agency__in=reached).exists()


fileaccess.register(sees_authority)
fileaccess.register(sees_signed_paper)
