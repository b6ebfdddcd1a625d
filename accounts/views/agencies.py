"""机构: the tree, an agency's page, the acts on it; leave to sign for somebody."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse

from accounts import roles, showing
from accounts.acting import act_page
from accounts.forms import agencies as forms
from accounts.models import Agency, Basis, Posting, SigningAuthority, User, local_today
from accounts.people_acts import AGENCY_ACTS
from accounts.places import places
from accounts.policy import may_open
from accounts.services import agencies, authorities
from common.forms import acts

ON_PAGE = {
    "amend_agency",
    "open_agency",
    "move_agency",
    "merge_agency",
    "add_person",
    "import_certificates",
    "record_authority",
}
GRAVE = frozenset({"merge_agency"})
BY_CODE = Basis.CODE.label


def tree(request):
    """Every agency that the person manages, in the order of the tree."""
    rows = list(Agency.objects.managed_by(request.user).select_related("region", "merged_into"))
    top = min((row.path.count("/") for row in rows), default=0)
    for row in rows:
        row.indent = "　" * (row.path.count("/") - top)
    page = {"places": places(request.user, "accounts:agencies"), "agencies": _in_order(rows)}
    return render(request, "accounts/agencies/tree.html", page)


def _in_order(rows):
    """Parents before children, siblings by line and code (a path sorts 10 before 9)."""
    children: dict = {}
    shown = {row.pk for row in rows}
    for row in sorted(rows, key=lambda row: (row.kind, row.code)):
        children.setdefault(row.parent_id if row.parent_id in shown else None, []).append(row)

    def walk(pk):
        for row in children.get(pk, ()):
            yield row
            yield from walk(row.pk)

    return list(walk(None))


def agency(request, code):
    """What it is called, where it hangs, who works there, what hangs below."""
    subject, today = request.subject, local_today()
    postings = Posting.objects.in_force(today).filter(agency=subject).select_related("user")
    visible = User.objects.visible_to(request.user).filter(postings__agency=subject)
    page = {
        "places": places(request.user, "accounts:agencies"),
        "agency": subject,
        "summary": _summary(subject, request.user),
        "flags": [("已撤销", "red")] if subject.ended_on else [],
        "people": _people(postings, set(visible.values_list("pk", flat=True))),
        "people_title": "在任人员",
        "children": subject.children.order_by("kind", "code"),
        "acts": showing.next_acts(AGENCY_ACTS, request.user, subject, _address(subject), GRAVE),
        "no_acts": "机构由系统管理员维护。",
        "trail": showing.trail_of(subject, limit=30),
        "numbers_url": reverse("accounts:numbers", args=[subject.code])
        if may_open(request.user, "accounts:numbers")
        else "",
    }
    return render(request, "accounts/agencies/page.html", page)


def _summary(subject, user):
    above = Agency.objects.managed_by(user).filter(pk=subject.parent_id).first()
    return [
        {"label": "代码", "value": subject.code},
        {"label": "类别", "value": subject.get_kind_display()},
        {"label": "行政区划", "value": subject.region.full_name},
        {
            "label": "上级机构",
            "value": subject.parent,
            "url": above.get_absolute_url() if above else "",
        },
        {"label": "简称", "value": subject.short_name},
        {"label": "文号代字", "value": subject.document_prefix},
        {"label": "联系电话", "value": subject.phone},
        {"label": "使用本系统", "value": "是" if subject.uses_system else "否，由下级登记线下报送"},
        *(
            [
                {"label": "撤销日期", "value": subject.ended_on},
                {"label": "并入机构", "value": subject.merged_into},
            ]
            if subject.ended_on
            else []
        ),
    ]


def _people(postings, with_page: set):
    order = list(roles.ROLES)
    rows = sorted(postings, key=lambda each: (order.index(each.role), each.user.name))
    return [
        {
            "role": each.get_role_display(),
            "name": each.user.name,
            "note": "，".join(filter(None, (each.note, BY_CODE if each.basis == Basis.CODE else ""))),
            "url": each.user.get_absolute_url() if each.user_id in with_page else "",
        }
        for each in rows
    ]


def _address(subject):
    def address(act):
        if act.name not in ON_PAGE:
            return ""
        return reverse(f"accounts:{act.name}", args=[subject.code])

    return address


def _act(request, name, form_class, deed, **more):
    subject = request.subject
    crumbs = [
        {"label": "机构", "url": reverse("accounts:agencies")},
        {"label": subject.name, "url": subject.get_absolute_url()},
    ]
    context = {"crumbs": crumbs, **more.pop("context", {})}
    return act_page(
        request,
        act=AGENCY_ACTS.get(name),
        thing=subject,
        form_class=form_class,
        deed=deed,
        context=context,
        **more,
    )


def open_agency(request, code):
    """A new agency under this one."""
    deed = partial(agencies.open_agency, parent=request.subject)
    initial = {"kind": request.subject.kind}
    return _act(request, "open_agency", forms.OpenAgencyForm, deed, initial=initial)


def amend_agency(request, code):
    """Name, prefix, whether it uses the system."""
    subject = request.subject
    names = ("name", "short_name", "document_prefix", "phone", "uses_system")
    initial = {name: getattr(subject, name) for name in names}
    deed = partial(agencies.amend_agency, agency=subject)
    return _act(request, "amend_agency", forms.AmendAgencyForm, deed, initial=initial)


def move_agency(request, code):
    """Another agency above."""
    deed = partial(agencies.move_agency, agency=request.subject)
    context = {"intro": "下级机构随同调整。新的上级从此看得到它们的数据，原来的上级不再看得到。"}
    return _act(request, "move_agency", forms.MoveAgencyForm, deed, context=context)


def merge_agency(request, code):
    """Its end, and what takes its place."""
    deed = partial(agencies.merge_agency, agency=request.subject)
    context = {
        "grave": True,
        "intro": (
            "人员、岗位、在办事项和授权一并转入，接触保密内容的岗位须在并入的机构重新确认；"
            "已办结的保留在原机构名下，由并入的机构查阅。"
        ),
    }
    return _act(request, "merge_agency", forms.MergeAgencyForm, deed, context=context)


def authority_list(request):
    """Who signs for whom, newest first."""
    rows = SigningAuthority.objects.visible_to(request.user)
    page = {
        "places": places(request.user, "accounts:authorities"),
        "today": local_today(),
        "authorities": rows.select_related("principal", "delegate", "agency", "scan").order_by(
            "-until", "-since"
        )[:500],
        "add_url": _authority_url(request.user),
    }
    return render(request, "accounts/agencies/authorities.html", page)


def _authority_url(user) -> str:
    act = AGENCY_ACTS.get("record_authority")
    posting = next((p for p in user.current_postings if p.role in act.roles), None)
    return reverse("accounts:record_authority", args=[posting.agency.code]) if posting else ""


def record_authority(request, code):
    """Leave to sign for somebody, with the paper."""
    deed = partial(authorities.record_authority, agency=request.subject)
    return _act(
        request,
        "record_authority",
        forms.AuthorityForm,
        deed,
        initial={"principal": request.user.pk},
        cancel_url=reverse("accounts:authorities"),
    )


def end_authority(request, pk):
    """The end of an authority, from today on."""
    authority = request.subject
    return act_page(
        request,
        act=AGENCY_ACTS.get("end_authority"),
        thing=authority,
        form_class=acts.Reason,
        deed=partial(authorities.end_authority, authority=authority),
        context={"intro": f"{authority}，{authority.since}至{authority.until}。此前代签的仍然有效。"},
    )
