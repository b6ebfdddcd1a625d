"""办案期限: what isn't counted, and its extension."""

from cases.forms import period as forms
from cases.services import period
from cases.views.acting import act_on_case


def stop_period(request, public_id):
    """登记不计入期限的时间."""
    return act_on_case(
        request,
        "stop_period",
        forms.StopPeriodForm,
        period.stop_period,
        verb="登记",
        intro="鉴定、听证、公告、邮递的时间不计入办案期限；移送公安后等待的时间由移送记录自动扣除。",
    )


def resume_period(request, public_id):
    """恢复计算办案期限."""
    return act_on_case(
        request, "resume_period", forms.ResumePeriodForm, period.resume_period, verb="恢复计算"
    )


def extend_period(request, public_id):
    """延长办案期限."""
    return act_on_case(
        request, "extend_period", forms.ExtendPeriodForm, period.extend_period, verb="批准延长"
    )


def withdraw_period_change(request, public_id):
    """撤回期限登记."""
    return act_on_case(
        request,
        "withdraw_period_change",
        forms.WithdrawPeriodChangeForm,
        period.withdraw_period_change,
        verb="撤回",
        grave=True,
    )
