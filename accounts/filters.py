"""What the lists of this app can be narrowed by."""

import django_filters
from django.db.models import Q

from accounts import roles
from accounts.models import Agency, TrailEntry, User, local_today

STATES = (("active", "在用"), ("disabled", "已停用"))


def managed_agencies(request):
    """Agencies in the choice: those the person manages."""
    return Agency.objects.managed_by(request.user).order_by("path")


class PeopleFilter(django_filters.FilterSet):
    """By agency (with all below), post held today, state."""

    agency = django_filters.ModelChoiceFilter(
        label="单位及下级", empty_label="全部", queryset=managed_agencies, method="under"
    )
    role = django_filters.ChoiceFilter(
        label="现任岗位", empty_label="全部", choices=roles.ROLE_CHOICES, method="holding"
    )
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=STATES, method="in_state")

    class Meta:
        model = User
        fields = ()

    def under(self, queryset, name, agency):
        """People of the agency and of those below it."""
        return queryset.filter(agency__path__startswith=agency.path)

    def holding(self, queryset, name, role):
        """People who hold the post today."""
        today = local_today()
        fits = Q(postings__role=role, postings__since__lte=today) & (
            Q(postings__until=None) | Q(postings__until__gte=today)
        )
        return queryset.filter(pk__in=User.objects.filter(fits).values("pk"))

    def in_state(self, queryset, name, state):
        """Those who can sign in, or those who can't."""
        return queryset.filter(is_active=state == "active")


class TrailFilter(django_filters.FilterSet):
    """By day, agency (with all below), post."""

    day = django_filters.DateFromToRangeFilter(
        label="日期", field_name="at", widget=django_filters.widgets.RangeWidget(attrs={"type": "date"})
    )
    agency = django_filters.ModelChoiceFilter(
        label="代表机构及下级", empty_label="全部", queryset=managed_agencies, method="under"
    )
    role = django_filters.ChoiceFilter(label="岗位", empty_label="全部", choices=roles.ROLE_CHOICES)

    class Meta:
        model = TrailEntry
        fields = ()

    def under(self, queryset, name, agency):
        """Deeds done for the agency or for one below it."""
        return queryset.filter(agency__path__startswith=agency.path)
