"""报送规则: the list, one rule with its next due times, and the acts on it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.acting import act_page
from campaigns.acts import DUTY_RULE_ACTS
from campaigns.columns import RULES
from campaigns.forms.duty_rules import EndForm, RuleForm, initial_of
from campaigns.models import DutyRule
from campaigns.presets import PRESETS
from campaigns.services import duty_rules
from campaigns.services.duties import next_due_times
from campaigns.services.duty_rules import RuleDraft
from campaigns.showing.duty_rules import rule_page
from campaigns.views.acting import RULE_LIST, duty_crumbs
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

FORM_PAGE = "campaigns/duties/rule_form.html"
RHYTHM = ("pattern", "days", "month", "every", "at", "holidays", "from_day", "to_day")


def rule_list(request):
    """Rules of the user's own office, of those below, and those that bind the user's own."""
    page = ListPage(
        request,
        DutyRule.objects.visible_to(request.user).select_related("agency", "campaign"),
        Listing(
            columns=RULES,
            name="duty_rules",
            ordering=("-from_day", "pk"),
            noun="条",
            empty=Empty("还没有报送规则。", "联络员在这里设定谁报什么、什么时候报。"),
        ),
    )
    mine = own_office(request.user)
    presets = [{"key": key, **values} for key, values in PRESETS.items()] if mine else []
    context = {"crumbs": duty_crumbs(here=RULE_LIST), "may_set": mine, "presets": presets}
    return page.response("campaigns/duties/rules.html", context)


def own_office(user):
    """The office for which the person may set rules."""
    codes = DUTY_RULE_ACTS.get("set_rule").roles
    return next((post.agency for post in user.current_postings if post.role in codes), None)


def rule(request, public_id):
    """One rule: who owes what when, the next twelve due times, what was changed."""
    context = rule_page(request.user, request.subject, timezone.now())
    context["crumbs"] = duty_crumbs(here=str(request.subject))
    return render(request, "campaigns/duties/rule.html", context)


def set_rule(request):
    """设定报送规则, from a preset where one was chosen."""
    preset = PRESETS.get(request.GET.get("preset", ""), {})
    initial = {"from_day": timezone.localdate(), **preset}
    if preset.get("pattern") == "weekly":
        initial |= {"days": [], "weekdays": preset["days"]}
    return _act(
        request,
        "set_rule",
        RuleForm,
        partial(_set, request.subject),
        initial=initial,
        done="规则已设定，三十天内的任务已生成。",
        template=FORM_PAGE,
        cancel_url=reverse("campaigns:duty_rules"),
        context={"thing": None},
    )


def _set(office, *, by, version=None, agency=None, **values):
    return duty_rules.set_rule(by=by, agency=agency or office, draft=RuleDraft(**values))


def amend_rule(request, public_id):
    """修改报送规则: open duties ahead move, and the page says how many."""
    return _act(
        request,
        "amend_rule",
        RuleForm,
        partial(_amend, request),
        initial=initial_of(request.subject),
        done="规则已修改。",
        context={"verb": "保存修改"},
        template=FORM_PAGE,
    )


def _amend(request, *, by, version=None, **values):
    draft = RuleDraft(**values)
    changed = duty_rules.amend_rule(by=by, rule=request.subject, draft=draft, version=version)
    return _say_moved(request, *changed)


def end_rule(request, public_id):
    """停止报送规则."""
    return _act(
        request,
        "end_rule",
        EndForm,
        partial(_end, request),
        done="规则已定结束日。",
        context={"grave": True},
    )


def _end(request, **values):
    return _say_moved(request, *duty_rules.end_rule(rule=request.subject, **values))


def _say_moved(request, changed: DutyRule, moved: duty_rules.Moved) -> DutyRule:
    """Say what the deed moved; the rule itself, as an act's page wants it."""
    messages.info(request, f"待报任务：{moved.words}。")
    return changed


def _act(request, name, form_class, deed, **more):
    act, thing = DUTY_RULE_ACTS.get(name), request.subject
    steps = [thing] if isinstance(thing, DutyRule) else []
    context = {"crumbs": duty_crumbs(*steps, here=act.label), **more.pop("context", {})}
    return act_page(request, act=act, thing=thing, form_class=form_class, deed=deed, context=context, **more)


def preview_rule(request):
    """The next twelve due times of what is typed so far; nothing is kept."""
    form = RuleForm(request.GET, user=request.user)
    form.is_valid()
    wrong = {*RHYTHM, "weekdays"} & set(form.errors)
    times = []
    if not wrong and form.cleaned_data.get("from_day"):
        draft = DutyRule(**{name: form.cleaned_data[name] for name in RHYTHM})
        times = next_due_times(draft, timezone.now())
    return render(request, "campaigns/duties/preview.html", {"times": times, "wrong": bool(wrong)})
