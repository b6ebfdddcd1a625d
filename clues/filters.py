"""What the list of clues can be narrowed by."""

import django_filters as df
from django.db.models import Exists, OuterRef, Q

from accounts import roles
from accounts.choices import KeptChoiceFilter
from accounts.models import Label, Posting, Region, User, local_today
from clues import stages
from clues.models import Clue, ClueWords
from common.lists.ranges import DayRangeFilter, DueFilter, LeastDaysFilter
from registry import codes
from registry.finding import holding, of_party

UNASSIGNED = "none"


def handlers_of(request):
    """承办人 of the offices within reach."""
    posts = Posting.objects.in_force(local_today()).filter(
        agency__in=request.user.reach_ids(), role=roles.HANDLER
    )
    return User.objects.filter(pk__in=posts.values("user_id"))


def _divisions_of(request):
    """The divisions of the offices in which the person has a post, and all in them."""
    codes_ = {posting.agency.region_id for posting in request.user.current_postings}
    fits = Q(pk__in=[])
    for code in codes_:
        fits |= Q(code__startswith=code[:6].removesuffix("00").removesuffix("00"))
    return Region.objects.filter(fits)


def counties_of(request):
    """Counties of the offices within reach."""
    return _divisions_of(request).filter(level="county")


def townships_of(request):
    """Townships of those counties that have clues: asked of each township, not of each clue."""
    there = Clue.objects.visible_to(request.user).filter(township=OuterRef("pk"))
    return _divisions_of(request).filter(Exists(there), level="township")


def labels_of(request):
    """Labels within reach that some clue bears."""
    return Label.objects.visible_to(request.user).filter(
        pk__in=Clue.labels.through.objects.values("label_id")
    )


class ClueFilter(df.FilterSet):
    """状态, 来源, 乡镇, 受理日期, 核查人; the rest behind 更多."""

    state = df.ChoiceFilter(label="状态", choices=stages.choices(), empty_label="全部")
    source = df.ChoiceFilter(label="来源", choices=codes.choices("sources"), empty_label="全部")
    handler = KeptChoiceFilter(
        label="核查人", queryset=handlers_of, empty_label="全部", null_label="未分派", null_value=UNASSIGNED
    )
    received_on = DayRangeFilter(label="受理日期")
    county = KeptChoiceFilter(label="县（市、区）", queryset=counties_of, empty_label="全部")
    township = KeptChoiceFilter(label="乡（镇、街道）", queryset=townships_of, empty_label="全部")
    due = DueFilter(label="核查到期", field_name="next_due_at")
    stay = LeastDaysFilter(label="停留不少于（天）", field_name="stage_since")
    label = KeptChoiceFilter(label="标注", field_name="labels", queryset=labels_of, empty_label="全部")
    party = df.CharFilter(label="当事人姓名、名称或证件号码", max_length=100, method="with_party")
    found_by = df.CharFilter(label="发现人", max_length=60, method="found_by_whom")
    outcome = df.ChoiceFilter(label="处理结果", choices=codes.choices("disposals"), empty_label="全部")

    class Meta:
        model = Clue
        fields = ()

    def with_party(self, queryset, name, value):
        """Clues of a party by part of its name or by its whole identity number."""
        return of_party(ClueWords, queryset, value)

    def found_by_whom(self, queryset, name, value):
        """Clues whose finder's name has this in it."""
        return holding(ClueWords, queryset, [value]).filter(found_by__icontains=value)
