"""The board of a round: who has reported, who hasn't, who is late; and reminding those missing."""

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.acting import act_page
from campaigns.acts import ROUND_ACTS
from campaigns.answers import with_answers
from campaigns.columns import BOARD
from campaigns.filters import BoardFilter
from campaigns.models import Duty
from campaigns.services import rounds
from campaigns.showing.calls import with_calls
from campaigns.showing.rounds import board_page, nearest_day
from campaigns.stages import ON_BOARD
from campaigns.views.acting import duty_crumbs
from common.forms.acts import Confirm
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

TITLE = "报送情况"


def round_of(user, rule, text: str) -> rounds.Round | None:
    """The round of a day, or the one due nearest to now."""
    rows = Duty.objects.visible_to(user).filter(rule=rule)
    day = parse_date(text) if text else nearest_day(rows, timezone.now())
    return rounds.Round(rule, day, user) if day else None


def board(request, public_id):
    """Who has reported, who hasn't, who is late."""
    rule, path = request.subject, duty_crumbs(request.subject, here=TITLE)
    try:
        the_round = round_of(request.user, rule, request.GET.get("day", ""))
    except ValueError:
        raise Http404 from None
    if the_round is None:
        context = {"rule": rule, "day": None, "crumbs": path}
        return render(request, "campaigns/duties/board.html", context)
    page = ListPage(
        request,
        with_calls(with_answers(_lines(the_round)), timezone.localdate()),
        Listing(
            filterset=BoardFilter,
            columns=BOARD,
            name="duty_board",
            noun="个单位",
            ordering=("agency__region_id", "pk"),
            export_name=f"{rule.name}{TITLE}",
            empty=Empty("这一期没有要报送的单位。"),
        ),
    )
    context = board_page(request.user, the_round, timezone.now())
    return page.response("campaigns/duties/board.html", context | {"crumbs": path})


def _lines(the_round):
    """The duties that have a line on the board."""
    return the_round.duties.filter(state__in=ON_BOARD).select_related("agency__region", "claim")


def remind_missing(request, public_id, day):
    """提醒未报单位: who will be told, then one press."""
    act, the_round = ROUND_ACTS.get("remind_missing"), request.subject
    missing = board_page(request.user, the_round, timezone.now())["missing"]
    return act_page(
        request,
        act=act,
        form_class=Confirm,
        done="已提醒未报单位。",
        deed=partial(rounds.remind_missing, the_round=the_round),
        cancel_url=the_round.get_absolute_url(),
        context={
            "crumbs": duty_crumbs(the_round.rule, here=act.label),
            "verb": f"提醒 {len(missing)} 个单位",
            "intro": "将立即提醒这些单位办理报送的人和负责人：" + "、".join(missing) + "。",
        },
    )
