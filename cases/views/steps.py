"""The page of every plain act of a case: the row says which, the reason is all that is asked."""

from functools import partial

from cases.acts import ACTS
from cases.services import steps
from cases.views.acting import act_on_case
from common.forms.acts import Reason


def take_step(request, public_id, act_name):
    """A plain act, by its name."""
    return act_on_case(request, act_name, Reason, partial(steps.take_step, act=ACTS.get(act_name)))
