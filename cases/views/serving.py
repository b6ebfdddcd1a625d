"""送达 of a decision on each of its parties."""

from cases.forms.serving import ServiceForm, WithdrawServiceForm
from cases.services import serving
from cases.views.acting import act_on_case


def record_service(request, public_id):
    """记录送达."""
    return act_on_case(request, "record_service", ServiceForm, serving.record_service, verb="登记送达")


def withdraw_service(request, public_id):
    """撤回送达登记."""
    return act_on_case(
        request, "withdraw_service", WithdrawServiceForm, serving.withdraw_service, verb="撤回"
    )
