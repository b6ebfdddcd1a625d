"""Generated facts as rows of the tables, and as a line with the facts that both carry."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from accounts.models import Region
from cases.assessing.outcome import CLOSING
from cases.models import UNSPECIFIED, Case, CaseState, Decision, DecisionState, Referral, ReferralState
from law.words import ARABLE, mineral
from registry import codes
from registry.models import Party
from tests.law.generating import graver, json_line, register_row

NUMBERS = count(1)
EARLY = date(2018, 1, 1)
DAYS = ("found", "filed", "decided", "referred", "police_filed", "police_declined", "closed", "carried_out")
CLASSES = {"耕地": ARABLE, "其他土地": "建设用地", None: "建设用地"}
BY_NAME = {
    item["name"]: item["code"]
    for name in ("land_classes", "mine_scales", "special_areas")
    for item in codes.items(name)
}
ASKED = ("right_exists", "refused_correct", "destructive", "eco_damage", "life_health")
GROUNDS = {word: code for code, word in CLOSING.items()}
ITEMS = (
    ("fine", "fine", "amount"),
    ("confiscated_income", "confiscate_income", "amount"),
    ("confiscated_minerals", "confiscate_minerals", "tonnes"),
    ("confiscated_tools", "confiscate_tools", ""),
    ("restoration", "demolish", ""),
)


def line_of(choose) -> dict[str, object]:
    """A generated line, without what the tables can't hold; what they know by themselves is said."""
    line = graver(choose, json_line(register_row(choose)))
    for key in ("decision", "paid", "land"):
        line[f"_{key}"] = line.pop(key, None)
    line["county"] = line.get("county") or "141122"
    mining = line["violation"].startswith("K")
    if not mining:
        line.pop("illegal_income", None)
        line["_land"] and line.update(land=[_piece(each) for each in line["_land"]])
    _special(line, mining)
    _dates(line)
    if "decided" in line["dates"]:
        line["decision"], line["paid"] = _decision(line["_decision"] or {}), line["_paid"] or 0
        money = line["decision"]["fine"] or line["decision"]["confiscated_income"]
        line["paid"] = line["paid"] if money else 0
    return {key: value for key, value in line.items() if not key.startswith("_") and value is not None}


def _piece(piece):
    name = piece["class"]
    return {**piece, "class": CLASSES.get(name, name)}


def _special(line, mining):
    """Which area an older finding meant nobody can tell; of a protected mineral it was its own tick."""
    found = mineral(line.get("mineral"))
    if line.get("special_area") is True and found and found.protective:
        line["special_area"] = None
    if not mining:
        line.pop("mine_scale", None)


def holds_ore(line) -> bool:
    """Whether there is something for a finding to say."""
    names = ("quantity", "value", "illegal_income", "destroyed_value", "special_area", "value_estimated")
    return any(line.get(key) is not None for key in names)


def _dates(line):
    dates = line["dates"]
    dates.pop("noticed", None)
    if "police_declined" in dates:
        dates.pop("police_filed", None)
    answered = dates.get("police_declined") or dates.get("police_filed")
    sent = dates.get("referred") or answered
    if sent:
        dates["referred"] = min(filter(None, (sent[:10], answered)))
    else:
        dates.pop("referral_approved", None)


def _decision(given) -> dict[str, object]:
    """A decision that stands says what it fines and confiscates; of tools and buildings only that it did."""
    return {
        "fine": given.get("fine") or 0,
        "confiscated_income": given.get("confiscated_income") or 0,
        "confiscated_minerals": given.get("confiscated_minerals") is True,
        **{key: True for key in ("confiscated_tools", "restoration") if given.get(key) is True},
    }


def keep(cast, line) -> Case:
    """The line as rows: a case, its party, findings, decision, what came of it, its referral."""
    case = _case(cast, line)
    party = _party(cast, case, line)
    _findings(cast, case, line)
    _penalty(cast, case, line, party)
    _referral(cast, case, line)
    _joining(cast, case, line)
    return case


def _day(text):
    return date.fromisoformat(text[:10]) if text else None


def _case(cast, line) -> Case:
    days = {key: _day(line["dates"].get(key)) for key in DAYS}
    closed = line.get("closing") or days["closed"]
    Region.objects.get_or_create(code=line["county"], defaults={"name": line["county"], "level": "county"})
    case = Case.objects.create(
        agency=cast.county,
        number=line["id"],
        state=CaseState.CLOSED if closed else CaseState.INVESTIGATION,
        cause="示例",
        county_id=line["county"],
        place="某沟",
        mineral=line.get("mineral") or "",
        found_on=days["found"],
        filed_on=days["filed"],
        closed_on=days["closed"],
        act_ended_on=_day(line.get("acts_ended")),
    )
    case.violations.create(
        code=line["violation"],
        side=_side(line),
        from_day=_day(line.get("acts_from")),
        continuing=line.get("continuing"),
    )
    if line.get("closing"):
        case.closings.create(
            ground=GROUNDS[line["closing"]], text="示例", proposed_by=cast.handler, approved=True
        )
    return case


def _side(line) -> str:
    return "mining" if line["violation"].startswith("K") else "land"


def _party(cast, case, line) -> Party:
    """A person with a number where earlier penalties are known (none, or on days), else without one."""
    priors = line.get("prior_penalties")
    index = "" if priors is None else f"index-{next(NUMBERS)}"
    party = Party.objects.create(agency=cast.county, name="某某", name_fold="某某", identity_index=index)
    case.parties.create(party=party)
    for prior in priors or ():
        other = Case.objects.create(agency=cast.neighbour, cause="前案", county_id="141121", place="某沟")
        other.parties.create(party=party)
        other.violations.create(code="K21", side="mining")
        day = _day(prior["date"])
        made = _made(cast, other, day)
        made.items.create(party=party, kind="fine", side="mining", amount=1)
        made.served.create(party=party, happened_on=day, recorded_by=cast.handler)
    return party


def _made(cast, case, day, **more) -> Decision:
    return case.decisions.create(state=DecisionState.MADE, decided_on=day, proposed_by=cast.handler, **more)


def _findings(cast, case, line):
    row = {"happened_on": EARLY, "recorded_by": cast.handler}
    if _side(line) == "mining" and "batches" in line:
        for place, part in enumerate(line["batches"]):
            _ore(case, part, line.get("destroyed_value") if place == 0 else None, row)
    elif _side(line) == "mining" and holds_ore(line):
        part = {**line, "v": line["quantity"][0]["v"] if "quantity" in line else None}
        part |= {"income": line.get("illegal_income"), "estimated": line.get("value_estimated", False)}
        _ore(case, part, line.get("destroyed_value"), row)
    for piece in line.get("land", ()):
        case.land_findings.create(
            land_class=BY_NAME[piece["class"]],
            area=Decimal(str(piece["area_mu"])),
            destroyed=piece["destroyed"],
            forest=piece.get("forest", ""),
            black_soil=piece.get("black_soil"),
            black_volume=piece.get("black_soil_m3"),
            **row,
        )
    _circumstances(case, line, row)


def _ore(case, part, destroyed, row):
    case.mineral_findings.create(
        mineral=part.get("mineral") or "",
        tonnes=part.get("v"),
        value=part.get("value"),
        illegal_income=part.get("income"),
        destroyed_value=destroyed,
        estimated=part["estimated"],
        special_areas=_areas(part.get("special_area")),
        **row,
    )


def _areas(told):
    if isinstance(told, bool):
        return [UNSPECIFIED] if told else []
    return told and [BY_NAME[word] for word in ([told] if isinstance(told, str) else told)]


def _circumstances(case, line, row):
    told = {name: line[name] for name in ASKED if name in line}
    if "mine_scale" in line:
        told["mine_scale"] = BY_NAME[line["mine_scale"]]
    earlier = line.get("unpunished")
    if earlier is not None:
        told["unpunished"] = bool(earlier)
    if not told:
        return
    found = case.circumstances.create(**told, **row)
    for act in earlier or ():
        land = act.get("land", [{}])[0]
        found.earlier_acts.create(
            acted_on=_day(act["date"]),
            value=act.get("value"),
            land_class=BY_NAME.get(land.get("class"), ""),
            area=land.get("area_mu"),
        )


def _penalty(cast, case, line, party):
    if "decision" not in line:
        return
    ground = "written" if "第三十二条" in (line.get("mitigation") or "") else ""
    made = _made(cast, case, _day(line["dates"]["decided"]), mitigation=ground)
    items = {"warning": made.items.create(party=party, kind="warning", side=_side(line))}
    for key, kind, measure in ITEMS:
        value = line["decision"].get(key)
        if value:
            sized = {measure: 1 if value is True else value} if measure else {"text": "一项"}
            items[kind] = made.items.create(party=party, kind=kind, side=_side(line), **sized)
    if line["paid"]:
        money = items.get("fine") or items["confiscate_income"]
        money.payments.create(paid_on=EARLY, amount=line["paid"], recorded_by=cast.handler)
    if "carried_out" in line["dates"]:
        for kind in {"confiscate_minerals", "confiscate_tools", "demolish"} & set(items):
            items[kind].carried_out.create(
                happened_on=_day(line["dates"]["carried_out"]), note="已执行", recorded_by=cast.handler
            )


def _joining(cast, case, line):
    """That the prefecture was asked is what a line's day of 参与 says: its answer changes no finding."""
    if "joined" in line:
        asked = _day(line["joined"])
        case.joinings.create(
            to_agency=cast.prefecture_office,
            asked_on=asked,
            reason="示例",
            asked_by=cast.handler,
            answer_due=asked + timedelta(days=15),
        )


def _referral(cast, case, line):
    dates = line["dates"]
    state = next(
        (
            state
            for key, state in (
                ("police_declined", ReferralState.DECLINED),
                ("police_filed", ReferralState.POLICE_FILED),
                ("referred", ReferralState.SENT),
            )
            if key in dates
        ),
        None,
    )
    if state is None:
        return
    approved = dates.get("referral_approved")
    Referral.objects.create(
        case=case,
        state=state,
        to_agency=cast.police_office,
        crime="示例",
        report="示例",
        proposed_by=cast.handler,
        approved_at=approved and timezone.make_aware(datetime.fromisoformat(approved)),
        sent_on=_day(dates.get("referred")),
        answered_on=_day(dates.get("police_declined") or dates.get("police_filed")),
    )
