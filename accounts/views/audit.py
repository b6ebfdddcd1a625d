"""审计: who did which act when, without what it was about; and whether the trail is whole."""

from django.db.models import Q
from django.shortcuts import render

from accounts.columns import TRAIL_COLUMNS
from accounts.filters import TrailFilter
from accounts.models import TrailEntry, TrailRoot, User
from accounts.places import places
from accounts.services import trail_checks
from common.lists.declared import Listing
from common.lists.page import ListPage

MOST_ON_A_PAGE = 300_000


def entries_for(user):
    """Entries of agencies the auditor answers for, by their people where no agency stands, and
    what was done on the server's command line, which is everybody's."""
    offices = user.managed_ids()
    people = User.objects.filter(Q(agency=None) | Q(agency__in=offices)).order_by().values("pk")
    fits = Q(agency__in=offices) | Q(agency=None, actor__in=people)
    return TrailEntry.objects.filter(fits).select_related("actor", "agency").defer("sealed")


def audit(request):
    """The list, and the day's roots."""
    page = ListPage(
        request,
        entries_for(request.user),
        Listing(
            filterset=TrailFilter,
            columns=TRAIL_COLUMNS,
            name="trail",
            ordering=("-at", "-pk"),
            search_fields=("actor__name", "actor__username"),
            search_label="操作人",
            empty="还没有记录。",
            export_name="审计记录",
        ),
    )
    return page.response("accounts/audit/list.html", _context(request))


def verify(request):
    """Walk every chain now and say what was found."""
    if TrailEntry.objects.count() > MOST_ON_A_PAGE:
        result = {"too_many": f"记录已超过 {MOST_ON_A_PAGE // 10_000} 万条，请在服务器上运行核对命令。"}
    else:
        result = trail_checks.verify()
        result["open_end"] = trail_checks.open_end(result)
    return render(request, "accounts/audit/verified.html", {"result": result, **_context(request)})


def _context(request):
    roots = TrailRoot.objects.order_by("-day")[:7]
    return {"places": places(request.user, "accounts:audit"), "roots": roots}
