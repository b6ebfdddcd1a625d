"""Clues and cases of the demo, made through the services by the demo's own people.

Every stage of the road has somebody standing on it, so that each person finds something to do.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from accounts.models import Agency, Region, local_today
from accounts.services import staying
from accounts.services.signing import Signature
from cases.assessing.service import parties_of
from cases.models import Case, CaseState
from cases.services import (
    answers,
    carrying_out,
    closing,
    completion,
    deciding,
    decision,
    detentions,
    execution,
    filing,
    investigation,
    joining,
    referral,
    reviewing,
    serving,
)
from cases.services.weighed import Reviewed, Weighed
from clues.models import Clue
from clues.services import disposition, intake, verification
from clues.services.informants import InformantFacts
from clues.services.outcomes import Proposal
from clues.services.reports import Report
from config.demo_props import paper, photo, who
from registry.services.parties import PartyDetails

LAW = "矿产资源法、土地管理法有关规定"
COUNTY, POLICE, PROCURATORATE = "141122-zrzy", "141122-ga", "141122-jc"


@dataclass(frozen=True)
class DemoCase:
    """One case of the demo: what was reported, and how far it has come (`until`)."""

    township: str
    place: str
    source: str
    summary: str
    days_ago: int
    until: str
    kind: str
    party: str = ""
    mineral: str = ""
    violations: tuple[str, ...] = ("K21",)
    land: tuple[tuple[str, str], ...] = ()
    tonnes: str = ""
    value: str = ""
    fine_land: str = ""
    fine_mining: str = ""
    identity: str = ""
    detained: tuple[tuple[str, str], ...] = field(default=())


STAGES = (
    "registered", "assigned", "verified", "unfounded", "proposed", "filed", "found", "deciding",
    "decided", "referred", "done", "closed",
)  # fmt: skip
# Days after the report on which the last deed brought each to where it stands.
STANDS_AFTER = {
    "registered": 0, "assigned": 0, "verified": 1, "unfounded": 1, "proposed": 2, "filed": 3, "found": 3,
    "deciding": 9, "decided": 20, "referred": 11, "done": 20, "closed": 40,
}  # fmt: skip
DEMO_CASES = tuple(
    DemoCase(**row)
    for row in json.loads(Path(__file__).with_name("demo_cases.json").read_text(encoding="utf-8"))
)


def load(stdout) -> None:
    """Make what is missing of the demo's clues and cases (recognised by their place)."""
    for demo in DEMO_CASES:
        if not Clue.objects.filter(agency__code=COUNTY, place=demo.place).exists():
            _make(demo)
    stdout.write(f"演示线索和案件已载入：{Clue.objects.count()} 条线索。")


@transaction.atomic
def _make(demo: DemoCase) -> None:
    """Make one and let it stand in its stage since the day of its last deed."""
    day = local_today() - timedelta(days=demo.days_ago)
    clue = _walk(demo, day)
    for thing in (clue, Case.objects.filter(clue=clue).first()):
        if thing is not None:
            staying.stands_since(thing, day + timedelta(days=STANDS_AFTER[demo.until]))


def _walk(demo: DemoCase, day) -> Clue:
    """Walk one case along the road until its stage; a stage later needs all before."""
    reached = STAGES.index(demo.until)
    clue = _register(demo, day)
    if reached >= STAGES.index("assigned"):
        clue = verification.assign_clue(by=who("duizhang"), clue=clue, handler=who("chengban"))
    if reached >= STAGES.index("verified"):
        clue = _verify(clue, day + timedelta(days=1), demo)
    if demo.until == "unfounded":
        reason = "现场为合法砂场运输车辆，已核对运单和来源证明。"
        return disposition.propose_disposition(
            by=who("chengban"), clue=clue, proposal=Proposal("unfounded", reason)
        )
    if reached >= STAGES.index("proposed"):
        case = _propose(clue, day + timedelta(days=2), demo)
    if reached >= STAGES.index("filed"):
        case = filing.approve_filing(
            by=who("chengban"),
            case=case,
            signature=Signature(
                signer=who("fenguan"),
                opinion="同意立案。",
                signed_on=day + timedelta(days=3),
                scan=paper("立案呈批表"),
            ),
        )
    if reached >= STAGES.index("found"):
        case = _find(case, day + timedelta(days=8), demo)
        case = _let_join(case, day + timedelta(days=9), demo)
    if reached >= STAGES.index("deciding"):
        case = _decide(case, day, demo, reached)
    return clue


def _register(demo, day) -> Clue:
    report = Report(
        source=demo.source,
        received_on=day,
        summary=demo.summary,
        place=demo.place,
        township=Region.objects.get(code=demo.township),
        violations=demo.violations,
        mineral=demo.mineral,
        parties=[_party(demo)],
    )
    return intake.register_clue(
        by=who("dengji"),
        report=report,
        files=[photo("现场照片")],
        informant=InformantFacts(anonymous=demo.source in ("letter", "wechat")),
    )


def _party(demo) -> PartyDetails:
    if demo.kind == "unknown":
        return PartyDetails("unknown")
    return PartyDetails(demo.kind, demo.party, demo.identity)


def _verify(clue, day, demo) -> Clue:
    true = demo.until != "unfounded"
    observed = "有新近开挖痕迹，已制作现场笔录。" if true else "未发现违法开采。"
    look = verification.Look(
        looked_on=min(day, local_today()),
        lookers=[who("chengban"), who("xieban")],
        facts_found=f"现场位于{demo.place}，{observed}",
        judgment="true" if true else "untrue",
        ongoing=true,
        stopped=True if true else None,
        stop_action="下达责令停止违法行为通知书，设备撤离。" if true else "",
    )
    return verification.verify_clue(by=who("chengban"), clue=clue, look=look)


def _propose(clue, day, demo):
    side = "非法采矿" if demo.tonnes or demo.mineral else "非法占地"
    return filing.propose_filing(
        by=who("chengban"),
        clue=clue,
        proposal=filing.FilingProposal(
            cause=f"{demo.party}涉嫌{side}案",
            facts=demo.summary,
            handler=who("chengban"),
            second_handler=who("xieban"),
            found_on=day,
        ),
    )


def _find(case, day, demo):
    by, day = who("chengban"), min(day, local_today())
    if demo.land:
        rows = [
            {"land_class": name, "area": Decimal(area), "destroyed": True if name == "forest" else None}
            for name, area in demo.land
        ]
        case = investigation.record_land_finding(
            by=by, case=case, happened_on=day, rows=rows, basis="县自然资源局勘测定界报告"
        )
    if demo.tonnes:
        row = {"mineral": demo.mineral, "tonnes": Decimal(demo.tonnes), "value": Decimal(demo.value)}
        case = investigation.record_mineral_finding(
            by=by, case=case, happened_on=day, rows=[row], basis="储量核实和价格认定报告"
        )
    return case


def _let_join(case, day, demo):
    """The prefecture is asked where its document says so; of a case that went on it has answered."""
    if "prefecture" not in case.flags:
        return case
    reason = f"矿种为{demo.mineral}，按规定报请市局参与。"
    case = joining.ask_prefecture(by=who("chengban"), case=case, asked_on=day, reason=reason)
    if demo.until == "found":
        return case
    answer = joining.JoiningAnswer(True, day + timedelta(days=2), "由市局派员参与调查。", "吕市审")
    return joining.answer_joining(by=who("shiju"), case=case, answer=answer)


def _items(demo) -> list[dict]:
    items = []
    if demo.fine_land:
        items.append({"kind": "fine", "side": "land", "amount": Decimal(demo.fine_land)})
    if demo.fine_mining:
        items.append({"kind": "fine", "side": "mining", "amount": Decimal(demo.fine_mining)})
    if demo.tonnes:
        tonnes = Decimal(demo.tonnes)
        items.append({"kind": "confiscate_minerals", "side": "mining", "tonnes": tonnes})
    return items


def _decide(case, day, demo, reached) -> None:
    by = who("chengban")
    if "must_refer" in case.flags:
        # Fined on paper before the case stood in the system: recorded as it was, and flagged.
        case = decision.record_decision(
            by=by,
            case=case,
            decided_on=day + timedelta(days=11),
            number=f"交自然资罚字〔{day.year}〕{case.pk + 100}号",
            content=decision.DecisionContent(items=_items(demo), basis=LAW, scan=paper("行政处罚决定书")),
            before=Weighed(Reviewed(who("fazhi").name, day + timedelta(days=10))),
        )
    else:
        serious = demo.until == "decided"  # one of them is discussed
        case = decision.propose_decision(
            by=by,
            case=case,
            content=decision.DecisionContent(
                items=_items(demo), basis=LAW, serious=serious, scan=paper("行政处罚决定书")
            ),
        )
    if demo.detained:
        case = _refer(case, day + timedelta(days=12), demo)
    if reached < STAGES.index("decided"):
        return
    if case.state == CaseState.DECISION:
        case = _weigh(case, day)
        case = deciding.approve_decision(
            by=by,
            case=case,
            signature=Signature(
                signer=who("juzhang"),
                signed_on=day + timedelta(days=20),
                scan=paper("处罚决定呈批表"),
                opinion="同意处罚决定。",
            ),
        )
    if reached < STAGES.index("done"):
        return
    case = _execute(case, day, demo)
    if reached < STAGES.index("closed"):
        return
    case = closing.propose_closing(
        by=by, case=case, ground="executed", text="罚款已缴清，矿产品已移交，场地已恢复。"
    )
    closing.approve_closing(
        by=by,
        case=case,
        signature=Signature(signer=who("fenguan"), signed_on=local_today(), scan=paper("结案呈批表")),
    )


def _weigh(case, day):
    """法制审核, and 集体讨论 of what its handler holds for serious: both on paper, typed by the handler."""
    if "to_review" in case.flags:
        signature = Signature(
            signer=who("fazhi"),
            signed_on=day + timedelta(days=18),
            scan=paper("法制审核意见书"),
            opinion="主体适格，事实清楚，适用法律正确，程序合法，同意。",
        )
        case = reviewing.review_decision(
            by=who("chengban"), case=case, qualification="A20181411220001", signature=signature
        )
    if "to_discuss" in case.flags:
        entry = reviewing.DiscussionEntry(
            happened_on=day + timedelta(days=19),
            attendees="周局长、陈副局、马队长",
            agreed=True,
            conclusion="情节重大，同意承办人和法制审核的意见。",
            minutes_number=f"交自然资会纪〔{day.year}〕{day.month}号",
            files=[paper("集体讨论记录")],
        )
        case = reviewing.record_discussion(by=who("chengban"), case=case, entry=entry)
    return case


def _execute(case, day, demo):
    """Paid, handed over, restored and shut down."""
    by, made = who("chengban"), case.decisions.get()
    entry = serving.ServiceEntry(
        parties_of(made),
        "leaving",
        served_on=day + timedelta(days=22),
        detail="当事人拒绝签收，村民委员会主任到场见证",
        receipt_number=f"交自然资送〔{day.year}〕{case.pk}号",
        files=[photo("留置送达照片")],
    )
    case = serving.record_service(by=by, case=case, decision=made, entry=entry)
    for item in made.items.all():
        if item.kind == "fine":
            case = execution.record_payment(
                by=by,
                case=case,
                files=[paper("票据")],
                entry=execution.PaymentEntry(item, day + timedelta(days=30), item.amount),
            )
        else:
            case = carrying_out.carry_out_item(
                by=by,
                case=case,
                item=item,
                happened_on=day + timedelta(days=35),
                note="已移交县财政部门，清点无误。",
                files=[paper("移交清单")],
            )
    if demo.land:
        case = completion.check_restoration(by=by, case=case, result=_complete(day, "已恢复原状，复绿到位。"))
    return completion.check_shutdown(by=by, case=case, result=_complete(day, "断水断电，设备场地已清。"))


def _complete(day, finding) -> completion.CheckResult:
    return completion.CheckResult(day + timedelta(days=40), True, finding, [photo("验收照片")])


def _refer(case, day, demo):
    """Send the suspected crime to public security; their liaison enters what came back."""
    sent = referral.propose_referral(
        by=who("chengban"),
        case=case,
        proposal=referral.ReferralProposal(
            to_agency=Agency.objects.get(code=POLICE),
            copied_to=Agency.objects.get(code=PROCURATORATE),
            crime="非法采矿罪",
            report=f"{demo.party}在{demo.place}非法开采{demo.mineral}{Decimal(demo.tonnes):,}吨，价值{Decimal(demo.value):,}元。",
        ),
    )
    sent = referral.approve_referral(
        by=who("chengban"),
        referral=sent,
        signature=Signature(signer=who("juzhang"), signed_on=day, scan=paper("移送呈批表")),
    )
    sent = referral.send_referral(by=who("chengban"), referral=sent, sent_on=day + timedelta(days=1))
    police = who("gongan")
    sent = answers.receive_referral(
        by=police, referral=sent, received_on=day + timedelta(days=1), receiver="郑公安"
    )
    sent = answers.record_police_filing(
        by=police, referral=sent, answered_on=day + timedelta(days=3), answer_number="交公立字〔2026〕8号"
    )
    for number, (name, kind) in enumerate(demo.detained):
        detentions.record_detention(
            by=police,
            referral=sent,
            entry=detentions.DetentionEntry(
                kind=kind, happened_on=day + timedelta(days=4 + number), name=name
            ),
        )
    case.refresh_from_db()
    return case
