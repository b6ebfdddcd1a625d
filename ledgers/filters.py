"""What a ledger page and the list of submissions can be narrowed by."""

import django_filters as df
from django import forms
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Agency, local_today
from ledgers import stages
from ledgers.models import Campaign, Duty, DutyKind, DutyState, Submission

KINDS = [("county", "县级报送"), ("total", "汇总台账")]


class SheetQuery(forms.Form):
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


def campaigns_of(request):
    """专项行动 the person's offices take part in."""
    return Campaign.objects.visible_to(request.user)


def offices_of(request):
    """Offices whose submissions the person sees."""
    seen = Submission.objects.visible_to(request.user).order_by()
    return Agency.objects.filter(pk__in=seen.values("agency_id"))


class SubmissionFilter(df.FilterSet):
    """专项行动, 填报单位, 状态, 数据截止, 类别."""

    campaign = df.ModelChoiceFilter(
        label="专项行动", queryset=campaigns_of, empty_label="全部", to_field_name="code"
    )
    agency = df.ModelChoiceFilter(
        label="填报单位", queryset=offices_of, empty_label="全部", to_field_name="code"
    )
    state = df.ChoiceFilter(
        label="状态", choices=list(stages.LABELS.items()), empty_label="全部", method="in_state"
    )
    data_as_of = df.DateFromToRangeFilter(label="数据截止")
    kind = df.ChoiceFilter(label="类别", choices=KINDS, empty_label="全部", method="of_kind")

    class Meta:
        model = Submission
        fields = ()

    def of_kind(self, queryset, name, value):
        """A county's own, or the prefecture's total."""
        return queryset.filter(consolidated=value == "total")

    def in_state(self, queryset, name, value):
        """By what became of it: the last verdict."""
        return queryset.filter(consolidated=False, last_accepted=stages.answer_of(value))


def owing_offices(request):
    """Offices whose duties the person sees."""
    seen = Duty.objects.visible_to(request.user).order_by()
    return Agency.objects.filter(pk__in=seen.values("agency_id"))


class BoardFilter(df.FilterSet):
    """状态 and whether it came late, within one round."""

    state = df.ChoiceFilter(label="状态", choices=DutyState.choices, empty_label="全部")
    late = df.ChoiceFilter(
        label="时效", choices=[("yes", "迟报和超期未报")], empty_label="全部", method="is_late"
    )

    class Meta:
        model = Duty
        fields = ()

    def is_late(self, queryset, name, value):
        """Came after the due time by the clock that counts, or is owed beyond it."""
        recognised = Q(claim__recognised=True)
        late = Q(submitted_at__gt=F("due_at")) & ~recognised
        late |= recognised & Q(claim__sent_at__gt=F("due_at"))
        return queryset.filter(late | Q(submitted_at=None, due_at__lt=timezone.now()))


class DutyFilter(BoardFilter):
    """专项行动, 报送单位, 状态, 截止时间, 时效."""

    campaign = df.ModelChoiceFilter(
        label="专项行动", queryset=campaigns_of, empty_label="全部", to_field_name="code"
    )
    agency = df.ModelChoiceFilter(
        label="报送单位", queryset=owing_offices, empty_label="全部", to_field_name="code"
    )
    due_at = df.DateFromToRangeFilter(label="截止时间")
    what = df.ChoiceFilter(label="报送内容", choices=DutyKind.choices, empty_label="全部")


BOOK_STATES = [("struck", "已作废"), ("all", "在册和已作废")]


def book_filter(model):
    """The filters of one book: 填写单位, every field with choices, 状态; struck rows stay out."""
    names = [name for name in model.shown if model._meta.get_field(name).choices]
    fields = {
        name: df.ChoiceFilter(
            label=model._meta.get_field(name).verbose_name,
            choices=model._meta.get_field(name).choices,
            empty_label="全部",
        )
        for name in names
    }

    def keepers(request):
        seen = model.objects.visible_to(request.user).order_by()
        return Agency.objects.filter(pk__in=seen.values("agency_id"))

    return type(
        f"{model.__name__}Filter",
        (BookFilter,),
        {
            "agency": df.ModelChoiceFilter(
                label="填写单位", queryset=keepers, empty_label="全部", to_field_name="code"
            ),
            **fields,
            "state": df.ChoiceFilter(
                label="状态", choices=BOOK_STATES, empty_label="在册", method="in_state"
            ),
            "Meta": type("Meta", (), {"model": model, "fields": ()}),
        },
    )


class BookFilter(df.FilterSet):
    """What all books can be narrowed by."""

    def filter_queryset(self, queryset):
        """Without 状态 asked for, only rows that stand."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(struck_on=None)

    def in_state(self, queryset, name, value):
        """Struck ones, or all."""
        return queryset.filter(struck_on__isnull=False) if value == "struck" else queryset
