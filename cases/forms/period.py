"""Forms of 办案期限: what isn't counted, and its extension."""

from django import forms

from accounts.forms.signing import ApprovalFields
from cases.acts import ACTS
from cases.forms.choices import Said, reason_field
from cases.models import PAUSES, PeriodKind
from cases.services.period import Stop
from common.forms.acts import ActForm
from common.forms.fields import ManyFilesField, PastDay, long_text

MOST = 999


class StopPeriodForm(ActForm):
    """登记不计入期限的时间."""

    kind = forms.ChoiceField(label="事由", choices=PAUSES, widget=forms.RadioSelect)
    happened_on = PastDay(label="开始日期", help_text="委托鉴定、组织听证、发出公告、交邮的日期")
    until = PastDay(
        label="恢复计算日期",
        required=False,
        help_text="收到鉴定意见、听证结束的日期；还没有的留空，到时再登记",
    )
    reason = long_text("说明", max_length=150)
    files = ManyFilesField(label="委托书、公告等材料", required=False)

    def clean(self):
        """As one stop."""
        cleaned = super().clean()
        return cleaned if self.errors else {"stop": Stop(**cleaned)}


class ResumePeriodForm(ActForm):
    """恢复计算办案期限."""

    change = Said(label="哪一项")
    until = PastDay(label="恢复计算日期", help_text="收到鉴定意见、听证结束、公告期满的日期")
    files = ManyFilesField(label="鉴定意见、听证笔录等材料", required=False)
    field_order = ["change", "until", "files"]

    def prepare(self):
        """What stands still now."""
        open_ones = self.thing.period_changes.filter(until=None, withdrawn_at=None)
        self.fields["change"].queryset = open_ones.exclude(kind=PeriodKind.EXTENSION)


class ExtendPeriodForm(ApprovalFields):
    """延长办案期限."""

    approval_act = ACTS.get("extend_period")
    days = forms.IntegerField(
        label="延长",
        min_value=1,
        max_value=MOST,
        initial=30,
        widget=forms.NumberInput(attrs={"data-unit": "日"}),
        help_text="一般不超过30日",
    )
    especially_complex = forms.BooleanField(label="案情特别复杂", required=False)
    reason = long_text("延长的理由", max_length=150)
    approval_sections = [
        ("延长", ["days", "especially_complex", "reason"]),
        *ApprovalFields.approval_sections,
    ]


class WithdrawPeriodChangeForm(ActForm):
    """撤回期限登记."""

    change = Said(label="撤回哪一项")
    reason = reason_field()

    def prepare(self):
        """What stands."""
        self.fields["change"].queryset = self.thing.period_changes.filter(withdrawn_at=None)
