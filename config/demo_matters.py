"""Clues and cases of the demo, made through the services by the demo's own people.

Every stage of the road has somebody standing on it, so that each person finds something to do.
"""

import io
import json
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from accounts.models import Agency, Region, User, local_today
from accounts.services.signing import Signature
from cases.models import CaseState
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
    referral,
)
from clues.models import Clue
from clues.services import disposition, intake, verification
from clues.services.informants import InformantFacts
from clues.services.outcomes import Proposal
from clues.services.reports import Report
from registry.services.parties import PartyDetails

LAW = "矿产资源法、土地管理法有关规定"
COUNTY, POLICE, PROCURATORATE = "141122-zrzy", "141122-ga", "141122-jc"


@dataclass(frozen=True)
class Matter:
    """One matter of the demo: what was reported, and how far it has come (`until`)."""

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
MATTERS = tuple(
    Matter(**row)
    for row in json.loads(Path(__file__).with_name("demo_matters.json").read_text(encoding="utf-8"))
)


def load(stdout) -> None:
    """Make what is missing of the demo's clues and cases (told by their place)."""
    for matter in MATTERS:
        if not Clue.objects.filter(agency__code=COUNTY, place=matter.place).exists():
            _make(matter)
    stdout.write(f"演示线索和案件已载入：{Clue.objects.count()} 条线索。")


def who(username: str) -> User:
    """A person of the demo, with the posts of today."""
    return User.objects.get(username=username)


def photo(words: str) -> SimpleUploadedFile:
    """A drawn stand-in for a photograph of the place."""
    image = Image.new("RGB", (960, 640), (196, 187, 160))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 640), (220, 260), (420, 430), (640, 180), (960, 640)], fill=(146, 128, 96))
    draw.rectangle([380, 470, 560, 560], fill=(88, 80, 70))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(f"{words}.jpg", out.getvalue(), "image/jpeg")


def paper(words: str) -> SimpleUploadedFile:
    """A one-page stand-in for a scan, as a PDF."""
    image = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([60, 60, 560, 817], outline=(120, 120, 120))
    draw.ellipse([380, 640, 520, 780], outline=(200, 30, 30), width=5)
    out = io.BytesIO()
    image.save(out, "PDF")
    return SimpleUploadedFile(f"{words}.pdf", out.getvalue(), "application/pdf")


@transaction.atomic
def _make(matter: Matter) -> None:
    """Walk one matter along the road until its stage; a stage later needs all before."""
    reached = STAGES.index(matter.until)
    day = local_today() - timedelta(days=matter.days_ago)
    clue = _register(matter, day)
    if reached >= STAGES.index("assigned"):
        clue = verification.assign_clue(by=who("duizhang"), clue=clue, handler=who("chengban"))
    if reached >= STAGES.index("verified"):
        clue = _verify(clue, day + timedelta(days=1), matter)
    if matter.until == "unfounded":
        reason = "现场为合法砂场运输车辆，已核对运单和来源证明。"
        disposition.propose_disposition(by=who("chengban"), clue=clue, proposal=Proposal("unfounded", reason))
        return
    if reached >= STAGES.index("proposed"):
        case = _propose(clue, day + timedelta(days=2), matter)
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
        case = _find(case, day + timedelta(days=8), matter)
    if reached >= STAGES.index("deciding"):
        case = _decide(case, day, matter, reached)


def _register(matter, day) -> Clue:
    report = Report(
        source=matter.source,
        received_on=day,
        summary=matter.summary,
        place=matter.place,
        township=Region.objects.get(code=matter.township),
        violations=matter.violations,
        mineral=matter.mineral,
        parties=[_party(matter)],
    )
    return intake.register_clue(
        by=who("dengji"),
        report=report,
        files=[photo("现场照片")],
        informant=InformantFacts(anonymous=matter.source in ("letter", "wechat")),
    )


def _party(matter) -> PartyDetails:
    if matter.kind == "unknown":
        return PartyDetails("unknown")
    return PartyDetails(matter.kind, matter.party, matter.identity)


def _verify(clue, day, matter) -> Clue:
    true = matter.until != "unfounded"
    observed = "有新近开挖痕迹，已制作现场笔录。" if true else "未发现违法开采。"
    look = verification.Look(
        looked_on=min(day, local_today()),
        lookers=[who("chengban"), who("xieban")],
        found=f"现场位于{matter.place}，{observed}",
        judgment="true" if true else "untrue",
        ongoing=true,
        stopped=True if true else None,
        stop_action="下达责令停止违法行为通知书，设备撤离。" if true else "",
    )
    return verification.verify_clue(by=who("chengban"), clue=clue, look=look)


def _propose(clue, day, matter):
    side = "非法采矿" if matter.tonnes or matter.mineral else "非法占地"
    return filing.propose_filing(
        by=who("chengban"),
        clue=clue,
        proposal=filing.FilingProposal(
            cause=f"{matter.party or '当事人不明'}涉嫌{side}案",
            facts=matter.summary,
            handler=who("chengban"),
            second_handler=who("xieban"),
            found_on=day,
        ),
    )


def _find(case, day, matter):
    by, day = who("chengban"), min(day, local_today())
    if matter.land:
        rows = [{"land_class": name, "area": Decimal(area)} for name, area in matter.land]
        case = investigation.record_land_finding(
            by=by, case=case, happened_on=day, rows=rows, basis="县自然资源局勘测定界报告"
        )
    if matter.tonnes:
        row = {"mineral": matter.mineral, "tonnes": Decimal(matter.tonnes), "value": Decimal(matter.value)}
        case = investigation.record_mineral_finding(
            by=by, case=case, happened_on=day, rows=[row], basis="储量核实和价格认定报告"
        )
    return case


def _items(matter) -> list[dict]:
    items = []
    if matter.fine_land:
        items.append({"kind": "fine", "side": "land", "amount": Decimal(matter.fine_land)})
    if matter.fine_mining:
        items.append({"kind": "fine", "side": "mining", "amount": Decimal(matter.fine_mining)})
    if matter.tonnes:
        tonnes = Decimal(matter.tonnes)
        items.append({"kind": "confiscate_minerals", "side": "mining", "tonnes": tonnes})
    return items


def _decide(case, day, matter, reached) -> None:
    by = who("chengban")
    if "must_refer" in case.flags:
        # Fined on paper before the case stood in the system: recorded as it was, and flagged.
        case = decision.record_decision(
            by=by,
            case=case,
            decided_on=day + timedelta(days=11),
            number=f"交自然资罚字〔{day.year}〕{case.pk + 100}号",
            content=decision.DecisionContent(items=_items(matter), basis=LAW, scan=paper("行政处罚决定书")),
        )
    else:
        case = decision.propose_decision(
            by=by,
            case=case,
            content=decision.DecisionContent(items=_items(matter), basis=LAW, scan=paper("行政处罚决定书")),
        )
    if matter.detained:
        case = _refer(case, day + timedelta(days=12), matter)
    if reached < STAGES.index("decided"):
        return
    if case.state == CaseState.DECISION:
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
    case = _execute(case, day, matter)
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


def _execute(case, day, matter):
    """Paid, handed over, restored and shut down."""
    by = who("chengban")
    for item in case.decisions.get().items.all():
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
    if matter.land:
        case = completion.check_restoration(by=by, case=case, result=_complete(day, "已恢复原状，复绿到位。"))
    return completion.check_shutdown(by=by, case=case, result=_complete(day, "断水断电，设备场地已清。"))


def _complete(day, finding) -> completion.CheckResult:
    return completion.CheckResult(day + timedelta(days=40), True, finding, [photo("验收照片")])


def _refer(case, day, matter):
    """Send the suspected crime to public security; their liaison enters what came back."""
    sent = referral.propose_referral(
        by=who("chengban"),
        case=case,
        proposal=referral.ReferralProposal(
            to_agency=Agency.objects.get(code=POLICE),
            copied_to=Agency.objects.get(code=PROCURATORATE),
            crime="非法采矿罪",
            report=f"{matter.party}在{matter.place}非法开采{matter.mineral}{matter.tonnes}吨，价值{matter.value}元。",
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
    for number, (name, kind) in enumerate(matter.detained):
        detentions.record_detention(
            by=police,
            referral=sent,
            entry=detentions.DetentionEntry(
                kind=kind, happened_on=day + timedelta(days=4 + number), name=name
            ),
        )
    case.refresh_from_db()
    return case
