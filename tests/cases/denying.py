"""A filing typed from paper in a leader's name, and what the leader says of it."""

from accounts.models import Approval
from accounts.services import paper_answers
from accounts.services.signing import Signature
from cases.services import filing
from tests.cases import making


def typed_filing(cast, *, by=None, signer=None, case=None, **more):
    """The handler files a case: the sheet is said to bear the signer's name."""
    signature = Signature(signer=signer or cast.chief, signed_on=making.ago(3), scan=making.scan())
    case = case or making.proposed_case(cast)
    return filing.approve_filing(by=by or cast.handler, case=case, signature=signature, **more)


def approval_of(thing) -> Approval:
    """The newest approval on paper of a thing."""
    kind = thing._meta.label_lower
    return Approval.objects.filter(subject_kind=kind, subject_id=thing.pk, on_paper=True).latest("pk")


def deny(person, thing, words="那天在太原开会，没有见过这张表"):
    """The person says that it isn't theirs."""
    approval = approval_of(thing)
    paper_answers.deny_paper(by=person, paper=approval.signed_paper, approvals=[approval], words=words)
    thing.refresh_from_db()
    return approval


def confirm(person, thing, words=""):
    """The person says that it is."""
    approval = approval_of(thing)
    paper_answers.confirm_paper(by=person, paper=approval.signed_paper, approvals=[approval], words=words)
    thing.refresh_from_db()
    return approval
