"""What a ledger page and the list of submissions can be narrowed by."""

import django_filters as df
from django import forms

from accounts.choices import KeptChoiceFilter
from accounts.models import local_today
from campaigns.filters import campaigns_of, those_of
from common.lists.ranges import DayRangeFilter
from ledgers import stages
from ledgers.models import Submission

KINDS = [("county", "县级报送"), ("total", "汇总台账")]


class LedgerQuery(forms.Form):
    """County, day and page of a live ledger, as they stand in the address; `all` rows on one page
    for printing; the `region` of a 小计."""

    county = forms.CharField(label="县（市、区）", max_length=40, required=False)
    as_of = forms.DateField(
        label="截至",
        required=False,
        error_messages={"invalid": "截至日期要填日期，例如 2026-11-15。现在显示的是今天的台账。"},
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    all = forms.BooleanField(required=False)
    region = forms.CharField(max_length=12, required=False)

    def clean_as_of(self):
        """A day to come has no ledger."""
        day = self.cleaned_data["as_of"]
        if day and day > local_today():
            raise forms.ValidationError("截至日期不能晚于今天。现在显示的是今天的台账。")
        return None if day == local_today() else day


def offices_of(request):
    """Offices whose submissions the person sees."""
    return those_of(Submission.objects.visible_to(request.user))


class SubmissionFilter(df.FilterSet):
    """专项行动, 填报单位, 状态, 数据截止, 类别."""

    campaign = KeptChoiceFilter(
        label="专项行动", queryset=campaigns_of, empty_label="全部", to_field_name="code"
    )
    agency = KeptChoiceFilter(label="填报单位", queryset=offices_of, empty_label="全部", to_field_name="code")
    state = df.ChoiceFilter(
        label="状态", choices=list(stages.LABELS.items()), empty_label="全部", method="in_state"
    )
    data_as_of = DayRangeFilter(label="数据截止")
    kind = df.ChoiceFilter(label="类别", choices=KINDS, empty_label="全部", method="of_kind")

    class Meta:
        model = Submission
        fields = ()

    def of_kind(self, queryset, name, value):
        """A county's own, or the prefecture's total."""
        return queryset.filter(consolidated=value == "total")

    def in_state(self, queryset, name, value):
        """By outcome: the last verdict."""
        return queryset.filter(consolidated=False, last_accepted=stages.answer_of(value))
