"""What lists of duties, the board of a round and the books can be narrowed by."""

import django_filters as df
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.choices import KeptChoiceFilter
from accounts.models import Agency
from campaigns.models import Campaign, Duty, DutyKind
from campaigns.stages import STAGES
from common.lists.ranges import DayRangeFilter, DueFilter

OWED = [state.value for state, stage in STAGES.items() if stage.owed]
STATES = [(state.value, stage.label) for state, stage in STAGES.items()]


def campaigns_of(request):
    """专项行动 the person's offices take part in."""
    return Campaign.objects.visible_to(request.user)


def those_of(visible):
    """Offices that have some of these rows: asked of each office, not of each row."""
    return Agency.objects.filter(Exists(visible.order_by().filter(agency=OuterRef("pk"))))


def owing_offices(request):
    """Offices whose duties the person sees."""
    return those_of(Duty.objects.visible_to(request.user))


class BoardFilter(df.FilterSet):
    """状态 and whether it came late, within one round."""

    state = df.ChoiceFilter(label="状态", choices=STATES, empty_label="全部")
    late = df.ChoiceFilter(
        label="时效", choices=[("yes", "迟报和超期未报")], empty_label="全部", method="is_late"
    )

    class Meta:
        model = Duty
        fields = ()

    def is_late(self, queryset, name, value):
        """Came after the due time by the clock that counts, or is owed beyond it."""
        return queryset.filter(in_time=False, due_at__lt=timezone.now())


class DutyFilter(BoardFilter):
    """专项行动, 报送单位, 状态, 截止时间, 时效."""

    campaign = KeptChoiceFilter(
        label="专项行动", queryset=campaigns_of, empty_label="全部", to_field_name="code"
    )
    agency = KeptChoiceFilter(
        label="报送单位", queryset=owing_offices, empty_label="全部", to_field_name="code"
    )
    due_at = DayRangeFilter(label="截止时间")
    due = DueFilter(label="到期", field_name="due_at", only=Q(state__in=OWED))
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
        return those_of(model.objects.visible_to(request.user))

    return type(
        f"{model.__name__}Filter",
        (BookFilter,),
        {
            "agency": KeptChoiceFilter(
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
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(struck_on=None)

    def in_state(self, queryset, name, value):
        """Struck ones, or all."""
        return queryset.filter(struck_on__isnull=False) if value == "struck" else queryset
