"""导出登记: what left the system as a file, who took it, when."""

from accounts.columns import EXPORT_COLUMNS
from accounts.filters import ExportFilter
from accounts.models import ExportLine
from accounts.places import places
from common.lists.declared import Listing
from common.lists.page import ListPage


def export_list(request):
    """The register of the agencies that the person answers for; taking it along is an export too."""
    listing = Listing(
        filterset=ExportFilter,
        columns=EXPORT_COLUMNS,
        name="exports",
        ordering=("-at", "-pk"),
        search_fields=("person__name", "person__username", "what"),
        search_label="导出人或内容",
        empty="还没有导出过。",
        export_name="导出登记",
    )
    rows = ExportLine.objects.visible_to(request.user).select_related("person", "agency")
    return ListPage(request, rows, listing).response(
        "accounts/audit/exports.html", {"places": places(request.user, "accounts:exports")}
    )
