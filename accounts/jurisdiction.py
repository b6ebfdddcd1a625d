"""Which rows a person may see. The only place.

Within reach (the agency of the row hangs under an agency the person holds a post in), or by a
dated grant (the row was referred or handed over to the person's agency). The only exception is
the repeat-offender count across counties (cases/services/offenders.py), which gives a number
and no row.
"""

from django.apps import apps
from django.db import models
from django.db.models import Q


class JurisdictionQuerySet(models.QuerySet):
    """Rows that belong to an agency. `agency_path` leads from the row to its agency.

    Which agencies are within reach is worked out first (`User.reach_ids`), so that the rows are told by
    a column of their own, which is indexed, and not by the path of an agency beside each.
    """

    agency_path = "agency"
    grant_kind = ""
    grant_path = "pk"

    def visible_to(self, user):
        """Rows within reach of `user`'s posts of today, or granted to one of their agencies."""
        return self.filter(self.reach_filter(user) | self.grant_filter(user))

    def reach_filter(self, user) -> Q:
        """The Q for rows whose agency hangs under one of the user's."""
        return Q(**{f"{self.agency_path}__in": user.reach_ids()})

    def grant_filter(self, user) -> Q:
        """The Q for rows given to one of the user's agencies by a grant in force."""
        agencies = user.granted_agency_ids()
        if not self.grant_kind or not agencies:
            return Q(pk__in=[])
        grants = apps.get_model("accounts", "Grant").objects.in_force()
        ids = grants.filter(kind=self.grant_kind, agency_id__in=agencies).values("object_id")
        return Q(**{f"{self.grant_path}__in": ids})

    def under(self, agency):
        """Rows of `agency` and of everything below it, whoever looks."""
        below = apps.get_model("accounts", "Agency").objects.within([agency.path])
        return self.filter(**{f"{self.agency_path}__in": below.order_by().values("pk")})
