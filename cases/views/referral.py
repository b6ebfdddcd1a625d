"""移送: our side, the package that public security and the procuratorate see, what came back."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts import showing as common_showing
from accounts.acting import act_page
from accounts.pages import clock_rows
from cases import sections, showing
from cases.acts import MATTER_ACTS, REFERRAL_ACTS, REGISTER_MATTER
from cases.columns import REFERRAL_COLUMNS
from cases.desk import first_due
from cases.filters import ReferralFilter
from cases.forms import referral as forms
from cases.models import PoliceMatter, Referral
from cases.services import flags, measures, referral, thresholds
from cases.terms import POLICE_ANSWER
from cases.views.acting import TEMPLATE, crumbs, on_case, on_matter, on_referral
from common.lists.declared import Empty, Listing
from common.lists.page import ListPage


def referral_list(request):
    """Referrals of one's own cases, or sent to one's agency; then matters of the police's own."""
    rows = (
        Referral.objects.visible_to(request.user)
        .select_related("case__agency", "to_agency")
        .prefetch_related("case__parties__party")
        .annotate(due_at=first_due("cases.referral"))
    )
    page = ListPage(
        request,
        rows,
        Listing(
            filterset=ReferralFilter,
            columns=REFERRAL_COLUMNS,
            name="referrals",
            ordering=("-sent_on", "-pk"),
            search_fields=("number", "case__number", "case__cause", "crime"),
            search_label="文号、案号、案由",
            private=("party",),
            export_name="涉嫌犯罪移送",
            noun="件",
            empty=Empty("还没有移送。", "应移送的案件，在案件页面呈批移送公安。"),
        ),
    )
    matters = PoliceMatter.objects.visible_to(request.user).filter(referral=None)
    context = {
        "matters": matters.select_related("agency")[:50],
        "may_register": request.user.holds(*REGISTER_MATTER.roles),
    }
    return page.response("cases/referral/list.html", context)


def detail(request, public_id):
    """One referral: the whole of it for the own offices, the package for those it went to."""
    one = full(request)
    own = showing.is_own(request.user, one.case)
    showing.load(one.case)
    context = {
        "referral": one,
        "case": one.case,
        "own": own,
        "now": timezone.now(),
        "crumbs": crumbs(one),
        "acts": _acts(REFERRAL_ACTS, request.user, one),
        "head_rows": head_rows(one, own),
        "base_rows": package_rows(one.case),
        "parties": sections.party_rows(one.case),
        "violations": sections.violation_rows(one.case),
        "land": [row for row in sections.land_rows(one.case) if row["holds"]],
        "minerals": [row for row in sections.mineral_rows(one.case) if row["holds"]],
        "files": sections.file_rows(f for f in one.case.files.all() if f.for_police),
        "measures": measure_rows(getattr(one, "matter", None)),
        "clocks": _clocks(one, own),
        "trail": common_showing.trail_of(one) if own else [],
        "flags": flags.words(one.case.flags) if own else [],
    }
    return render(request, "cases/referral/detail.html", context)


def _clocks(one, own: bool) -> list[dict]:
    """时限; those it was sent to see only the one that is theirs."""
    return [row for row in clock_rows(one) if own or row["label"] == POLICE_ANSWER.label]


def full(request):
    """The subject with its case, in one query."""
    return (
        Referral.objects.visible_to(request.user)
        .select_related(
            "case__agency",
            "case__county",
            "case__township",
            "to_agency",
            "copied_to",
            "proposed_by",
            "matter",
        )
        .get(pk=request.subject.pk)
    )


def _acts(table, user, thing) -> list[dict]:
    def address(act):
        return reverse(f"cases:{act.name}", args=[thing.public_id])

    grave = frozenset({"refuse_referral", "decline_referral", "stop_sharing"})
    return common_showing.next_acts(table, user, thing, address, grave)


def head_rows(one, own: bool) -> list[dict]:
    """移送情况; who proposed and why it was refused stay in the house."""
    rows = [
        {"label": "移送书文号", "value": one.number},
        {"label": "移送机关", "value": one.case.agency.name},
        {"label": "移送单位", "value": one.to_agency.name},
        {"label": "抄送检察院", "value": one.copied_to.name if one.copied_to else ""},
        {"label": "涉嫌罪名", "value": one.crime},
        {"label": "涉嫌犯罪情况", "value": one.report, "html_class": "prose"},
        {"label": "移送日期", "value": _day(one.sent_on)},
        {"label": "接收", "value": f"{_day(one.received_on)} {one.receiver}".strip()},
        {"label": "公安决定", "value": _answer(one)},
    ]
    if own:
        rows += [
            {"label": "呈批人", "value": one.proposed_by.name},
            {"label": "不批准理由", "value": one.refusal_reason},
        ]
    return [row for row in rows if row["value"] or row["label"] in ("移送书文号", "移送日期")]


def _day(day) -> str:
    return day.isoformat() if day else ""


def _answer(one) -> str:
    if not one.answered_on:
        return ""
    words = [one.get_state_display(), _day(one.answered_on), one.answer_number, one.answer_reason]
    return " ".join(word for word in words if word)


def package_rows(case) -> list[dict]:
    """The case as the package shows it."""
    return [{"label": "案号", "value": case.number}, *sections.core_rows(case)]


def measure_rows(matter) -> list[dict]:
    """What public security did, person by person (masked, told apart) or in counts."""
    if matter is None:
        return []
    labels = matter.labels()
    return [
        {
            "who": labels.get(one.subject_id, ""),
            "persons": one.persons,
            "kind": one.get_kind_display(),
            "on": one.happened_on,
            "paper": one.paper,
            "withdrawn": one.withdrawn_reason,
        }
        for one in matter.measures.select_related("subject", "paper")
    ]


def matter(request, public_id):
    """A matter that public security took up of its own."""
    one = request.subject
    context = {
        "matter": one,
        "crumbs": crumbs(None, str(one)),
        "now": timezone.now(),
        "acts": _acts(MATTER_ACTS, request.user, one),
        "measures": measure_rows(one),
        "rows": [
            {"label": "事项", "value": one.title},
            {"label": "公安机关", "value": one.agency.name},
            {"label": "位置", "value": one.place},
            {"label": "受理日期", "value": _day(one.taken_up_on)},
        ],
        "trail": common_showing.trail_of(one),
    }
    return render(request, "cases/referral/matter.html", context)


def register_matter(request):
    """登记公安办理事项."""
    return act_page(
        request,
        act=REGISTER_MATTER,
        form_class=forms.MatterForm,
        deed=measures.register_matter,
        template=TEMPLATE,
        cancel_url=reverse("cases:referrals"),
        context={"crumbs": crumbs(None, REGISTER_MATTER.label), "verb": "登记"},
    )


def beside_proposal(request, case) -> dict:
    """Why the case should be referred."""
    found = thresholds.reasons_of(case)
    rows = [{"label": "情形", "value": f"{one.sentence}（{one.article}）"} for one in found]
    unsure = "数额按全国最严标准，本省标准录入后以本省为准。" if any(not one.sure for one in found) else ""
    return {"summary_title": "应移送的情形", "summary": rows, "intro": unsure, "verb": "呈批"}


def beside_referral(request, one) -> dict:
    """What is to be decided or sent."""
    return {"summary_title": "移送情况", "summary": head_rows(one, True), "referral_sheet": True}


propose_referral = on_case(
    "propose_referral",
    forms.ProposeReferralForm,
    referral.propose_referral,
    "已呈批移送，等主要负责人决定。",
    beside_proposal,
)
approve_referral = on_referral(
    "approve_referral",
    forms.ApproveReferralForm,
    referral.approve_referral,
    "已批准移送，须在24小时内移送公安机关。",
    beside_referral,
)
refuse_referral = on_referral(
    "refuse_referral",
    forms.RefuseReferralForm,
    referral.refuse_referral,
    "已记录不批准移送及理由。",
    beside_referral,
    grave=True,
)
send_referral = on_referral(
    "send_referral",
    forms.SendReferralForm,
    referral.send_referral,
    "已移送，公安、检察机关现在可以查阅随移送卷的材料。",
    verb="移送",
)
receive_referral = on_referral(
    "receive_referral", forms.ReceiveReferralForm, measures.receive_referral, verb="登记接收"
)
accept_referral = on_referral(
    "accept_referral", forms.AcceptReferralForm, measures.accept_referral, verb="登记立案"
)
decline_referral = on_referral(
    "decline_referral", forms.DeclineReferralForm, measures.decline_referral, verb="登记不予立案", grave=True
)
record_measure = on_referral("record_measure", forms.MeasureForm, measures.record_measure, verb="登记")
withdraw_measure = on_referral(
    "withdraw_measure", forms.WithdrawMeasureForm, measures.withdraw_measure, verb="撤回", grave=True
)
stop_sharing = on_referral(
    "stop_sharing", forms.StopSharingForm, referral.stop_sharing, verb="停止查阅", grave=True
)
record_matter_measure = on_matter(
    "record_matter_measure", forms.MeasureForm, measures.record_measure, verb="登记"
)
withdraw_matter_measure = on_matter(
    "withdraw_matter_measure", forms.WithdrawMeasureForm, measures.withdraw_measure, verb="撤回", grave=True
)
