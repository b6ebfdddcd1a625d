"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path

from campaigns.views import campaigns, duties, organising

app_name = "campaigns"


def _acts(prefix, module, *names):
    """One address per act: its name with hyphens behind the thing's id."""
    return [
        path(f"{prefix}<str:public_id>/{name.replace('_', '-')}/", getattr(module, name), name=name)
        for name in names
    ]


urlpatterns = [
    path("open-campaign/", campaigns.open_campaign, name="open_campaign"),
    path("campaigns/<slug:code>/copy/", campaigns.copy_campaign, name="copy_campaign"),
    path("campaigns/<slug:code>/amend/", campaigns.amend_campaign, name="amend_campaign"),
    path("campaigns/<slug:code>/members/", campaigns.amend_members, name="amend_members"),
    path("campaigns/<slug:code>/organisation/", organising.overview, name="organisation"),
    path(
        "campaigns/<slug:code>/organisation/<slug:book>/", organising.book_list, name="book"
    ),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/organisation/<slug:book>/add/",
        organising.add_row, name="add_row",
    ),
    path("organisation/<slug:book>/<str:public_id>/", organising.row, name="book_row"),
    path(
        "organisation/<slug:book>/<str:public_id>/amend/", organising.amend_row, name="amend_row"
    ),
    path(
        "organisation/<slug:book>/<str:public_id>/strike/", organising.strike_row,
        name="strike_row",
    ),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/calendar/", duties.calendar, name="calendar"),
    path("duties/rules/", duties.rule_list, name="duty_rules"),
    path("duties/rules/new/", duties.set_rule, name="set_rule"),
    path("duties/rules/preview/", duties.preview_rule, name="preview_rule"),
    path("duties/rules/<str:public_id>/", duties.rule, name="duty_rule"),
    path("duties/rules/<str:public_id>/board/", duties.board, name="board"),
    path(
        "duties/rules/<str:public_id>/<str:day>/remind/", duties.remind_missing,
        name="remind_missing",
    ),
    *_acts("duties/rules/", duties, "amend_rule", "end_rule"),
    path("duties/<str:public_id>/", duties.duty, name="duty"),
    *_acts(
        "duties/", duties, "hand_in", "accept_paper", "return_paper", "record_claim",
        "rule_on_claim",
    ),
]  # fmt: skip
