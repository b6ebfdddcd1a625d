"""The clue of a case that is not filed yet says where the filing stands."""

from accounts.models import User
from cases.models import Case, CaseState
from clues.acts import FILE_AGAIN, SEND_BACK
from clues.services.filing import go_with_filing

_GOES = {CaseState.DRAFTED: SEND_BACK, CaseState.PROPOSED: FILE_AGAIN}


def let_clue_follow(by: User, case: Case) -> None:
    """After a deed of the case: the clue goes to where the case went, if it isn't there."""
    act = _GOES.get(case.state)
    if act and case.clue and case.clue.state in act.before:
        go_with_filing(by=by, clue=case.clue, act=act)
