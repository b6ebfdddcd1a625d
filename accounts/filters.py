"""What the lists of this app can be narrowed by."""

from datetime import timedelta

import django_filters
from django.db.models import Q

from accounts import roles
from accounts.choices import KeptChoiceFilter
from accounts.models import Agency, ExportLine, FormerCertificate, Posting, TrailEntry, User, local_today
from common.lists.ranges import DayRangeFilter

STATES = (("active", "在用"), ("disabled", "已停用"))
CERTIFICATES = (("valid", "有效"), ("soon", "60天内到期"), ("none", "没有或者已过期"))
SOON = timedelta(days=60)


def managed_agencies(request):
    """Agencies in the choice: those the person manages."""
    return Agency.objects.managed_by(request.user).order_by("path")


class PeopleFilter(django_filters.FilterSet):
    """By agency (with all below), post held today, state."""

    agency = KeptChoiceFilter(
        label="单位及下级", empty_label="全部", queryset=managed_agencies, method="under"
    )
    role = django_filters.ChoiceFilter(
        label="现任岗位", empty_label="全部", choices=roles.ROLE_CHOICES, method="holding"
    )
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=STATES, method="in_state")
    certificate = django_filters.ChoiceFilter(
        label="执法证", empty_label="全部", choices=CERTIFICATES, method="certified"
    )

    class Meta:
        model = User
        fields = ()

    def under(self, queryset, name, agency):
        """People of the agency and of those below it."""
        return queryset.filter(agency__in=Agency.objects.within([agency.path]).order_by().values("pk"))

    def holding(self, queryset, name, role):
        """People who hold the post today."""
        held = Posting.objects.in_force(local_today()).filter(role=role)
        return queryset.filter(pk__in=held.values("user_id"))

    def certified(self, queryset, name, asked):
        """Those whose 执法证 is valid today, ends soon, or isn't there any more."""
        today = local_today()
        begun = Q(certificate_since=None) | Q(certificate_since__lte=today)
        own = begun & Q(certificate_until__gte=today) & ~Q(certificate_no="")
        if asked == "soon":
            return queryset.filter(own & Q(certificate_until__lt=today + SOON))
        former = FormerCertificate.objects.filter(until__gte=today)
        former = former.filter(Q(since=None) | Q(since__lte=today))
        valid = own | Q(pk__in=former.values("user_id"))
        return queryset.exclude(valid) if asked == "none" else queryset.filter(valid)

    def in_state(self, queryset, name, state):
        """Those who can sign in, or those who can't."""
        return queryset.filter(is_active=state == "active")


class ExportFilter(django_filters.FilterSet):
    """By day, agency (with all below)."""

    day = DayRangeFilter(label="日期", field_name="at")
    agency = KeptChoiceFilter(
        label="单位及下级", empty_label="全部", queryset=managed_agencies, method="under"
    )

    class Meta:
        model = ExportLine
        fields = ()

    def under(self, queryset, name, agency):
        """What people of the agency or of one below it took."""
        return queryset.filter(agency__in=Agency.objects.within([agency.path]).order_by().values("pk"))


class TrailFilter(django_filters.FilterSet):
    """By day, agency (with all below), post."""

    day = DayRangeFilter(label="日期", field_name="at")
    agency = KeptChoiceFilter(
        label="代表机构及下级", empty_label="全部", queryset=managed_agencies, method="under"
    )
    role = django_filters.ChoiceFilter(label="岗位", empty_label="全部", choices=roles.ROLE_CHOICES)

    class Meta:
        model = TrailEntry
        fields = ()

    def under(self, queryset, name, agency):
        """Deeds done for the agency or for one below it."""
        return queryset.filter(agency__in=Agency.objects.within([agency.path]).order_by().values("pk"))
