"""What the lists of cases and of referrals can be narrowed by."""

import django_filters as df
from django.db.models import Exists, OuterRef, Q

from accounts.choices import KeptChoiceFilter
from accounts.models import Label
from cases.flags import FLAGS
from cases.models import Case, CaseWords, Referral, ReferralWords, Violation, flagged
from cases.stages import CASE_STAGES, REFERRAL_STAGES, choices
from clues.filters import UNASSIGNED, counties_of, handlers_of, townships_of
from common.lists.ranges import DayRangeFilter, DueFilter, LeastDaysFilter
from registry import codes
from registry.finding import of_party

FLAG_CHOICES = [(flag.code, flag.word) for flag in FLAGS.values()]


def labels_of(request):
    """Labels within reach that some case bears."""
    return Label.objects.visible_to(request.user).filter(
        pk__in=Case.labels.through.objects.values("label_id")
    )


class CaseFilter(df.FilterSet):
    """阶段, 承办人, 提示, 立案日期; the rest behind 更多."""

    state = df.ChoiceFilter(label="阶段", choices=choices(CASE_STAGES), empty_label="全部")
    handler = KeptChoiceFilter(
        label="承办人",
        queryset=handlers_of,
        empty_label="全部",
        null_label="未指定",
        null_value=UNASSIGNED,
        method="with_handler",
    )
    flag = df.ChoiceFilter(label="提示", choices=FLAG_CHOICES, empty_label="全部", method="with_flag")
    filed_on = DayRangeFilter(label="立案日期")
    violation = df.ChoiceFilter(
        label="违法类型", choices=codes.choices("violations"), empty_label="全部", method="with_violation"
    )
    county = KeptChoiceFilter(label="县（市、区）", queryset=counties_of, empty_label="全部")
    township = KeptChoiceFilter(label="乡（镇、街道）", queryset=townships_of, empty_label="全部")
    due = DueFilter(label="最近时限", field_name="next_due_at")
    stay = LeastDaysFilter(label="停留不少于（天）", field_name="stage_since")
    label = KeptChoiceFilter(label="标注", field_name="labels", queryset=labels_of, empty_label="全部")
    party = df.CharFilter(label="当事人姓名、名称或证件号码", max_length=100, method="with_party")
    closed_on = DayRangeFilter(label="结案日期")

    class Meta:
        model = Case
        fields = ()

    def with_handler(self, queryset, name, value):
        """Either of the two handlers; or cases that have none."""
        if value == UNASSIGNED:
            return queryset.filter(handler__isnull=True)
        return queryset.filter(Q(handler=value) | Q(second_handler=value))

    def with_flag(self, queryset, name, value):
        """Cases of which the flag holds."""
        return queryset.filter(flagged(value))

    def with_violation(self, queryset, name, value):
        """Cases of one violation."""
        return queryset.filter(Exists(Violation.objects.filter(case=OuterRef("pk"), code=value)))

    def with_party(self, queryset, name, value):
        """Cases of a party."""
        return of_party(CaseWords, queryset, value)


class ReferralFilter(df.FilterSet):
    """状态, 移送日期, 当事人."""

    state = df.ChoiceFilter(label="状态", choices=choices(REFERRAL_STAGES), empty_label="全部")
    sent_on = DayRangeFilter(label="移送日期")
    due = DueFilter(label="最近时限", field_name="next_due_at")
    party = df.CharFilter(label="当事人姓名、名称或证件号码", max_length=100, method="with_party")

    class Meta:
        model = Referral
        fields = ()

    def with_party(self, queryset, name, value):
        """Referrals of a party."""
        return of_party(ReferralWords, queryset, value)
