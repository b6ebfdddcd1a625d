"""报送任务: lists, one duty and its acts, rules with their next due times, the board of a round."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.acting import act_page
from accounts.forms.base import Confirm, Reason
from accounts.roles import COUNTY_STAFF, UPPER
from campaigns.acts import DUTY_ACTS, DUTY_RULE_ACTS, ROUND_ACTS
from campaigns.answers import with_answers
from campaigns.columns import BOARD, DUTIES, RULES
from campaigns.filters import BoardFilter, DutyFilter
from campaigns.forms import duties as forms
from campaigns.models import Duty, DutyRule
from campaigns.presets import PRESETS
from campaigns.services import claims, duty_rules, handing_in, rounds
from campaigns.services.duties import next_due_times
from campaigns.showing import duties as showing
from campaigns.showing.month import month_page
from campaigns.views.acting import crumbs
from common.lists import Empty, ListPage

LIST, RULE_LIST = "报送任务", "报送规则"


def _here(*steps, here=""):
    path = crumbs(here=here)
    between = [{"label": LIST, "url": reverse("campaigns:duties")}]
    between += [{"label": str(one), "url": one.get_absolute_url()} for one in steps]
    return [path[0], *between, *path[1:]]


def duty_list(request):
    """What one's own office and those below owe, by due time."""
    page = ListPage(
        request,
        rows=with_answers(
            Duty.objects.visible_to(request.user).select_related("agency__region", "campaign", "claim")
        ),
        filterset=DutyFilter,
        columns=DUTIES,
        name="duties",
        ordering=("due_at", "agency__region_id"),
        noun="项",
        export_name=LIST,
        empty=Empty("没有报送任务。", "任务按报送规则提前三十天生成。"),
    )
    context = {"crumbs": crumbs(here=LIST), "places": places(request.user)}
    return page.response("campaigns/duties/list.html", context)


def places(user) -> list[tuple[str, str, str]]:
    """The pages beside the list of duties that the person may open."""
    found = [("到期日历", reverse("campaigns:calendar"), "calendar-days")]
    if user.holds(*(COUNTY_STAFF | UPPER)):
        found.append((RULE_LIST, reverse("campaigns:duty_rules"), "list-checks"))
    return found


def calendar(request):
    """到期日历: a month of what falls due for me, and of the rounds below me."""
    text = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{text}-01") if text else timezone.localdate().replace(day=1)
    except ValueError:
        raise Http404 from None
    if not 2000 <= first.year <= 2100:
        raise Http404
    context = month_page(request.user, first, timezone.now())
    context["crumbs"] = _here(here="到期日历")
    return render(request, "campaigns/duties/calendar.html", context)


def duty(request, public_id):
    """One duty: by when and why, what came in, what may be done."""
    one = request.subject
    context = showing.page_of(request.user, one, timezone.now())
    return render(request, "campaigns/duties/detail.html", context | {"crumbs": _here(here=str(one))})


def _on_duty(name, form_class, deed, done, **context):
    act = DUTY_ACTS.get(name)

    def view(request, public_id):
        one = request.subject
        return act_page(
            request,
            act=act,
            thing=one,
            form_class=form_class,
            deed=partial(deed, duty=one),
            done=done,
            context={"crumbs": _here(one, here=act.label), **context},
        )

    view.__name__, view.__doc__ = name, f"{act.label}."
    return view


hand_in = _on_duty("hand_in", forms.HandInForm, handing_in.hand_in, "材料已报送。", verb="报送")
accept_paper = _on_duty("accept_paper", Confirm, handing_in.accept_paper, "材料已接收。", verb="接收")
return_paper = _on_duty("return_paper", Reason, handing_in.return_paper, "材料已退回。", verb="退回")
record_claim = _on_duty(
    "record_claim",
    forms.ClaimForm,
    claims.record_claim,
    "已补登，等上级认定报送时间。",
    intro="纸质已按时报出、没能在系统内报送的，在这里登记。在上级认定以前，按系统内的时间计算。",
)
rule_on_claim = _on_duty("rule_on_claim", forms.RulingForm, claims.rule_on_claim, "已认定。", verb="认定")


# ---- rules


def rule_list(request):
    """Rules of one's own office, of those below, and those that bind one's own."""
    page = ListPage(
        request,
        rows=DutyRule.objects.visible_to(request.user).select_related("agency", "campaign"),
        columns=RULES,
        name="duty_rules",
        ordering=("-from_day", "pk"),
        noun="条",
        empty=Empty("还没有报送规则。", "联络员在这里设定谁报什么、什么时候报。"),
    )
    mine = own_office(request.user)
    presets = [{"key": key, **values} for key, values in PRESETS.items()] if mine else []
    context = {"crumbs": _here(here=RULE_LIST), "may_set": mine, "presets": presets}
    return page.response("campaigns/duties/rules.html", context)


def own_office(user):
    """The office for which the person may set rules."""
    codes = DUTY_RULE_ACTS.get("set_rule").roles
    return next((post.agency for post in user.current_postings if post.role in codes), None)


def rule(request, public_id):
    """One rule: who owes what when, the next twelve due times, what was changed."""
    one = request.subject
    context = showing.rule_page(request.user, one, timezone.now())
    context["crumbs"] = _here(here=str(one))
    return render(request, "campaigns/duties/rule.html", context)


def _rule_act(request, name, form_class, deed, thing, **more):
    act = DUTY_RULE_ACTS.get(name)
    steps = [thing] if isinstance(thing, DutyRule) else []
    context = {"crumbs": _here(*steps, here=act.label), **more.pop("context", {})}
    return act_page(request, act=act, thing=thing, form_class=form_class, deed=deed, context=context, **more)


def set_rule(request):
    """设定报送规则, from a preset where one was chosen."""
    office = request.subject
    preset = PRESETS.get(request.GET.get("preset", ""), {})
    initial = {"from_day": timezone.localdate(), **preset}
    if preset.get("pattern") == "weekly":
        initial |= {"days": [], "weekdays": preset["days"]}
    return _rule_act(
        request,
        "set_rule",
        forms.RuleForm,
        partial(duty_rules.set_rule, agency=office),
        office,
        initial=initial,
        done="规则已设定，三十天内的任务已生成。",
        template="campaigns/duties/rule_form.html",
        cancel_url=reverse("campaigns:duty_rules"),
        context={"thing": None},
    )


def amend_rule(request, public_id):
    """修改报送规则: open duties ahead move, and the page says how many."""
    one = request.subject
    return _rule_act(
        request,
        "amend_rule",
        forms.RuleForm,
        _telling(request, duty_rules.amend_rule, one),
        one,
        initial=forms.initial_of(one),
        done="规则已修改。",
        context={"verb": "保存修改"},
        template="campaigns/duties/rule_form.html",
    )


def end_rule(request, public_id):
    """停止报送规则."""
    one = request.subject
    return _rule_act(
        request,
        "end_rule",
        forms.EndForm,
        _telling(request, duty_rules.end_rule, one),
        one,
        done="规则已定结束日。",
        context={"grave": True},
    )


def _telling(request, deed, one):
    """The deed, saying what it moved; gives the rule back, as an act's page wants it."""

    def told(**values):
        changed, moved = deed(rule=one, **values)
        messages.info(request, f"待报任务：{moved.words}。")
        return changed

    return told


def preview_rule(request):
    """The next twelve due times of what is typed so far; nothing is kept."""
    form = forms.RuleForm(request.GET, user=request.user)
    form.is_valid()
    needed = {"pattern", "days", "weekdays", "month", "every", "at", "holidays", "from_day", "to_day"}
    wrong = needed & set(form.errors)
    times = []
    if not wrong and form.cleaned_data.get("from_day"):
        names = ("pattern", "days", "month", "every", "at", "holidays", "from_day", "to_day")
        draft = DutyRule(**{name: form.cleaned_data[name] for name in names})
        times = next_due_times(draft, timezone.now())
    return render(request, "campaigns/duties/preview.html", {"times": times, "wrong": bool(wrong)})


# ---- a round


def round_of(user, rule_, text) -> rounds.Round | None:
    """The round of a day, or the one due nearest to now."""
    rows = Duty.objects.visible_to(user).filter(rule=rule_)
    day = parse_date(text) if text else showing.nearest_day(rows, timezone.now())
    return rounds.Round(rule_, day, user) if day else None


def board(request, public_id):
    """Who has reported, who hasn't, who is late."""
    one = request.subject
    try:
        the_round = round_of(request.user, one, request.GET.get("day", ""))
    except ValueError:
        raise Http404 from None
    if the_round is None:
        context = {"rule": one, "day": None, "crumbs": _here(one, here="报送情况")}
        return render(request, "campaigns/duties/board.html", context)
    now = timezone.now()
    page = ListPage(
        request,
        rows=with_answers(
            the_round.duties.exclude(state="cancelled").select_related("agency__region", "claim")
        ),
        filterset=BoardFilter,
        columns=BOARD,
        name="duty_board",
        noun="个单位",
        ordering=("agency__region_id", "pk"),
        export_name=f"{one.name}报送情况",
        empty=Empty("这一期没有要报送的单位。"),
    )
    context = showing.board_page(request.user, the_round, now)
    return page.response("campaigns/duties/board.html", context | {"crumbs": _here(one, here="报送情况")})


def remind_missing(request, public_id, day):
    """提醒未报单位: who will be told, then one press."""
    one = request.subject.rule
    act, the_round = ROUND_ACTS.get("remind_missing"), request.subject
    missing = showing.board_page(request.user, the_round, timezone.now())["missing"]
    return act_page(
        request,
        act=act,
        form_class=Confirm,
        done="已提醒未报单位。",
        deed=partial(rounds.remind_missing, the_round=the_round),
        cancel_url=the_round.get_absolute_url(),
        context={
            "crumbs": _here(one, here=act.label),
            "verb": f"提醒 {len(missing)} 个单位",
            "intro": "将立即提醒联络员、台账审核人和负责人：" + "、".join(missing) + "。",
        },
    )
