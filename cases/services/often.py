"""How often an office's cases have each violation."""

from collections import Counter

from django.db.models import Count

from accounts.models import Agency
from cases.models import Violation


def violations_filed(agency: Agency) -> Counter:
    """Codes of the office's cases, and of how many each is one; one query."""
    rows = Violation.objects.filter(case__agency=agency).order_by().values("code")
    return Counter(dict(rows.annotate(times=Count("pk")).values_list("code", "times")))
