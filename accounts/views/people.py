"""人员: the list, a person's page, and every act on a person."""

from functools import partial

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import lazy

from accounts import roles, showing
from accounts.acting import act_page
from accounts.columns import PEOPLE_COLUMNS
from accounts.filters import PeopleFilter
from accounts.forms import people as forms
from accounts.models import SigningAuthority, TrailEntry, User, local_today
from accounts.people_acts import AGENCY_ACTS, ON_A_PERSON, PEOPLE_ACTS
from accounts.places import places
from accounts.services import certificates, passwords, people, reassigning, second_person
from common.forms import acts
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage

GRAVE = frozenset({"disable_person"})
ASKED = "须由本单位或者上级的负责人、安全管理员确认。确认后由确认人把一次性密码当面交给本人。"
APPOINTED = "已登记任职。接触保密内容的岗位，要等第二人确认后才生效。"


def people_list(request):
    """Everybody of the agencies that the person manages."""
    page = ListPage(
        request,
        User.objects.visible_to(request.user)
        .select_related("agency")
        .prefetch_related("postings__agency", "former_certificates"),
        Listing(
            filterset=PeopleFilter,
            columns=PEOPLE_COLUMNS,
            name="people",
            ordering=("agency__path", "name"),
            search_fields=("name", "username"),
            search_label="姓名或登录名",
            noun="人",
            empty=Empty("您管理的单位还没有人员。", "从机构页新增人员。"),
            export_name="人员" if request.user.holds(roles.SYSTEM_ADMIN) else "",
        ),
    )
    office = next((p.agency for p in request.user.current_postings if p.role == roles.SYSTEM_ADMIN), None)
    acts_here = ("add_person", "import_certificates") if office else ()
    context = {
        "places": places(request.user, "accounts:people"),
        "links": [
            {
                "label": AGENCY_ACTS.get(name).label,
                "url": reverse(f"accounts:{name}", args=[office.code]),
            }
            for name in acts_here
        ],
    }
    return page.response("accounts/people/list.html", context)


def person(request, public_id):
    """Posts, authorities, certificate; what the person did, for the audit administrator."""
    subject, today = request.subject, local_today()
    page = {
        "places": places(request.user, "accounts:people"),
        "person": subject,
        "today": today,
        "postings": subject.postings.select_related("agency").order_by("-since"),
        "may_end": PEOPLE_ACTS.openness("end_posting", request.user, subject).ok,
        "authorities": SigningAuthority.objects.visible_to(request.user)
        .filter(Q(principal=subject) | Q(delegate=subject))
        .select_related("principal", "delegate", "agency")
        .order_by("-until"),
        "summary": _summary(subject, today),
        "flags": [] if subject.is_active else [("已停用", "red")],
        "acts": [
            row
            for space, table in ON_A_PERSON.items()
            for row in showing.next_acts(table, request.user, subject, _address(space, subject), GRAVE)
        ],
        "no_acts": "管理人员由系统管理员办理。",
        "trail": showing.trail_of(subject, limit=30),
        "deeds": _deeds_of(subject) if request.user.holds(roles.AUDIT_ADMIN) else None,
    }
    return render(request, "accounts/people/page.html", page)


def _summary(subject, today) -> list[dict]:
    fault = subject.certificate_fault(today) if subject.certificate_no else ""
    return [
        {"label": "登录名", "value": subject.username},
        {"label": "所属单位", "value": subject.agency},
        {"label": "联系电话", "value": subject.phone},
        *showing.certificate_rows(subject, [(fault, "red")] if fault else []),
        {"label": "密码", "value": "临时密码，下次登录须改" if subject.must_change_password else "本人已设"},
    ]


def _deeds_of(subject):
    """The last deeds of a person: which act, when, for which agency; nothing of their content."""
    entries = TrailEntry.objects.filter(actor=subject).select_related("agency")
    return entries.order_by("-at", "-pk")[:100]


def _address(space: str, subject):
    return lambda act: reverse(f"{space}:{act.name}", args=[subject.public_id])


def _act(request, name, form_class, deed, **more):
    context = {"crumbs": _crumbs(request.subject), **more.pop("context", {})}
    return act_page(
        request,
        act=PEOPLE_ACTS.get(name),
        thing=request.subject,
        form_class=form_class,
        deed=deed,
        context=context,
        **more,
    )


def _crumbs(subject):
    return [
        {"label": "人员", "url": reverse("accounts:people")},
        {"label": subject.name, "url": subject.get_absolute_url()},
    ]


def add_person(request, code):
    """A new person of the agency of the address."""
    agency = request.subject
    return act_page(
        request,
        act=AGENCY_ACTS.get("add_person"),
        thing=agency,
        form_class=forms.AddPersonForm,
        deed=partial(people.add_person, agency=agency),
        cancel_url=reverse("accounts:people"),
        done="已新增人员。请接着登记岗位，否则登录后没有可办的事。",
        context={"no_draft": True, "crumbs": [{"label": "人员", "url": reverse("accounts:people")}]},
    )


def import_certificates(request, code):
    """执法证 of many people of the agency of the address and of those below it."""
    agency, moved = request.subject, []

    def deed(**given):
        moved.append(certificates.import_certificates(agency=agency, **given))
        return People()

    return act_page(
        request,
        act=AGENCY_ACTS.get("import_certificates"),
        thing=agency,
        form_class=forms.CertificatesForm,
        deed=deed,
        cancel_url=reverse("accounts:people"),
        done=lazy(lambda: f"已导入，{moved[0]}人的执法证有变化。", str)(),  # said after the deed
        context={"verb": "导入", "crumbs": [{"label": "人员", "url": reverse("accounts:people")}]},
    )


class People:
    """The list of people, as where an act leads."""

    def get_absolute_url(self):
        """The list's address."""
        return reverse("accounts:people")


def amend_person(request, public_id):
    """Name, phone, certificate, agency."""
    subject = request.subject
    names = ("name", "phone", "certificate_no", "certificate_since", "certificate_until", "agency")
    initial = {name: getattr(subject, name) for name in names}
    deed = partial(people.amend_person, person=subject)
    return _act(request, "amend_person", forms.AmendPersonForm, deed, initial=initial)


def appoint(request, public_id):
    """A post from one day to another."""
    deed = partial(people.appoint, person=request.subject)
    initial = {"agency": request.subject.agency}
    context = {"intro": f"接触保密内容的岗位，{ASKED}"}
    return _act(request, "appoint", forms.AppointForm, deed, initial=initial, context=context, done=APPOINTED)


def end_posting(request, public_id, pk):
    """The last day of a post."""
    posting = get_object_or_404(request.subject.postings.select_related("agency"), pk=pk)
    deed = partial(people.end_posting, posting=posting)
    context = {"intro": f"{posting}，任职自{posting.since}。名下还有在办事项的，请先办离岗交接。"}
    return _act(request, "end_posting", forms.EndPostingForm, deed, context=context)


def reset_password(request, public_id):
    """A temporary password; every session of the person ends. Of who opens secrets: asked for here,
    done once a second person has confirmed it."""
    if second_person.protected_post(request.subject):
        deed = partial(passwords.ask_reset, person=request.subject)
        context = {"verb": "提出", "intro": f"{request.subject.name}的岗位接触保密内容，{ASKED}"}
        done = "已提出，等第二人确认。原密码在确认以前照常使用。"
        return _act(request, "reset_password", acts.Reason, deed, context=context, done=done)
    deed = partial(passwords.reset_password, person=request.subject)
    context = {"no_draft": True, "intro": "原密码立即失效，已登录的电脑全部退出。"}
    return _act(request, "reset_password", forms.PasswordForm, deed, context=context)


def disable_person(request, public_id):
    """No more signing in."""
    deed = partial(people.disable, person=request.subject)
    context = {"grave": True, "intro": "停用后不能登录。名下还有在办事项的，请先办离岗交接。"}
    return _act(request, "disable_person", acts.Reason, deed, context=context)


def enable_person(request, public_id):
    """Signing in again."""
    deed = partial(people.enable, person=request.subject)
    return _act(request, "enable_person", acts.Reason, deed)


def reassign_work(request, public_id):
    """All open work to another person: first what will move, then the button."""
    subject = request.subject
    work = [row for row in reassigning.open_work(subject, request.user) if row.count]

    moved = {}

    def deed(**given):
        moved.update(reassigning.reassign_work(person=subject, **given))
        return subject

    def done():
        sums = [sum(counts) for counts in zip(*moved.values(), strict=True)]
        return f"离岗交接已办理：{reassigning.in_words(*sums)}。"

    context = {"work": work, "extra_template": "accounts/people/work.html"}
    return _act(
        request,
        "reassign_work",
        forms.ReassignForm,
        deed,
        context=context,
        done=lazy(done, str)(),  # said after the deed
    )
