"""Every act page of this app: the act's row, the form, the service, what stands beside."""

from functools import partial

from django.urls import reverse

from accounts.acting import act_page
from accounts.acts import Act
from cases import idle, showing
from cases.acts import ACTS, MATTER_ACTS, REFERRAL_ACTS
from cases.models import Case, CaseState

TEMPLATE = "cases/act_page.html"
PROPOSALS = ("propose_referral", "propose_decision", "propose_closing")
CHECKS = ("check_restoration", "check_shutdown")


def crumbs(thing=None, here="") -> list[dict]:
    """案件 › this case (› this referral) › this act."""
    path = [{"label": "案件", "url": reverse("cases:list")}]
    if thing is not None and hasattr(thing, "case"):
        path = [{"label": "移送", "url": reverse("cases:referrals")}]
    if thing is not None:
        path.append({"label": str(thing), "url": thing.get_absolute_url() if here else ""})
    if here:
        path.append({"label": here, "url": ""})
    return path


def act_on_case(request, name: str, form_class, deed, *, done="", initial=None, **context):
    """The page of an act of a case; `context` adds to what parts/act.html takes."""
    bound = partial(deed, case=request.subject)
    return _act(request, ACTS.get(name), form_class, bound, done, initial, context)


def act_before_proposal(request, name: str, form_class, deed, *, goes_on=PROPOSALS, **context):
    """The page of an act after which its person goes straight to 呈批, where nothing lacks any more; or to
    another of the acts `goes_on` that comes next."""
    onward = partial(_onward, goes_on)
    return act_on_case(request, name, form_class, deed, onward=onward, **context)


def _onward(goes_on, user, case) -> str:
    """The address of what this person does next, if it is one of `goes_on`; "" while something else comes."""
    case = Case.objects.visible_to(user).get(pk=case.pk)  # as the deed left it
    lead = showing.leads_of(user, [case])[case.pk]
    facts_lack = case.state == CaseState.INVESTIGATION and idle.sides_without_facts(case)
    return lead["url"] if lead and lead["name"] in goes_on and not facts_lack else ""


def act_on_referral(request, name: str, form_class, deed, *, done="", initial=None, **context):
    """The page of an act of a referral."""
    bound = partial(deed, referral=request.subject)
    return _act(request, REFERRAL_ACTS.get(name), form_class, bound, done, initial, context)


def act_on_matter(request, name: str, form_class, deed, *, done="", **context):
    """The page of an act of a police matter."""
    bound = partial(deed, matter=request.subject)
    return _act(request, MATTER_ACTS.get(name), form_class, bound, done, None, context)


def _act_day(thing):
    """The day that chooses the law of conduct, of a case or of what is a case's."""
    case = thing if isinstance(thing, Case) else getattr(thing, "case", None)
    return case.act_ended_on if case else None


def _act(request, act: Act, form_class, deed, done, initial, context):
    onward = context.pop("onward", None)
    return act_page(
        request,
        act=act,
        thing=request.subject,
        form_class=form_class,
        deed=deed,
        done=done,
        initial=initial,
        template=TEMPLATE,
        onward=onward,
        context={
            "crumbs": crumbs(request.subject, act.label),
            "act_day": _act_day(request.subject),
            **context,
        },
    )
