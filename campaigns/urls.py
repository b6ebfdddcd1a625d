"""Addresses of this app, one line per page or act; who may come stands in policies.py."""

from django.urls import path

from campaigns.views import calling, campaigns, duties, duty_rules, meetings, organising, rounds, unmasking

app_name = "campaigns"


urlpatterns = [
    path("open-campaign/", campaigns.open_campaign, name="open_campaign"),
    path("campaigns/<slug:code>/copy/", campaigns.copy_campaign, name="copy_campaign"),
    path("campaigns/<slug:code>/amend/", campaigns.amend_campaign, name="amend_campaign"),
    path("campaigns/<slug:code>/members/", campaigns.amend_members, name="amend_members"),
    path("campaigns/<slug:code>/counting/", campaigns.counting, name="counting"),
    path("campaigns/<slug:code>/counting/amend/", campaigns.amend_counting, name="amend_counting"),
    path("organisation/", organising.campaign_list, name="organisations"),
    path("campaigns/<slug:code>/organisation/", organising.overview, name="organisation"),
    path("campaigns/<slug:code>/organisation/<slug:book>/", organising.book_list, name="book"),
    path(
        "campaigns/<slug:code>/<slug:agency_code>/organisation/<slug:book>/add/",
        organising.add_row,
        name="add_row",
    ),
    path("organisation/<slug:book>/<str:public_id>/", organising.row, name="book_row"),
    path("organisation/<slug:book>/<str:public_id>/amend/", organising.amend_row, name="amend_row"),
    path(
        "organisation/<slug:book>/<str:public_id>/strike/",
        organising.strike_row,
        name="strike_row",
    ),
    path(
        "organisation/<slug:book>/<str:public_id>/register-clue/",
        organising.register_found,
        name="register_found",
    ),
    path(
        "organisation/<slug:book>/<str:public_id>/unmask/",
        unmasking.unmask_key_person,
        name="unmask_key_person",
    ),
    path(
        "organisation/meetings/<str:public_id>/<int:position>/settle/",
        meetings.settle_item,
        name="settle_item",
    ),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/calendar/", duties.calendar, name="calendar"),
    path("duties/rules/", duty_rules.rule_list, name="duty_rules"),
    path("duties/rules/new/", duty_rules.set_rule, name="set_rule"),
    path("duties/rules/preview/", duty_rules.preview_rule, name="preview_rule"),
    path("duties/rules/<str:public_id>/", duty_rules.rule, name="duty_rule"),
    path("duties/rules/<str:public_id>/board/", rounds.board, name="board"),
    path("duties/rules/<str:public_id>/<str:day>/remind/", rounds.remind_missing, name="remind_missing"),
    path("duties/rules/<str:public_id>/amend-rule/", duty_rules.amend_rule, name="amend_rule"),
    path("duties/rules/<str:public_id>/end-rule/", duty_rules.end_rule, name="end_rule"),
    path("duties/<str:public_id>/", duties.duty, name="duty"),
    path("duties/<str:public_id>/hand-in/", duties.hand_in, name="hand_in"),
    path("duties/<str:public_id>/accept-paper/", duties.accept_paper, name="accept_paper"),
    path("duties/<str:public_id>/return-paper/", duties.return_paper, name="return_paper"),
    path("duties/<str:public_id>/cover-paper/", duties.cover_paper, name="cover_paper"),
    path("duties/<str:public_id>/record-call/", calling.record_call, name="record_call"),
    path("duties/<str:public_id>/record-claim/", duties.record_claim, name="record_claim"),
    path("duties/<str:public_id>/rule-on-claim/", duties.rule_on_claim, name="rule_on_claim"),
]
