"""The organisation of the demo's running campaign, each book written by who keeps it."""

import json
from datetime import date, timedelta
from pathlib import Path

from accounts.models import Agency, local_today
from campaigns.models import BOOKS, Seat
from campaigns.services.organising import add_rows
from clues.models import Clue
from config.demo_props import paper, who

COUNTY, POLICE, CITY, TOWNSHIP = "141122-zrzy", "141122-ga", "141100-zrzy", "141122100-zrzy"
KEEPERS = {COUNTY: "lianluo", POLICE: "gongan", CITY: "shiju-lianluo", TOWNSHIP: "tianning"}
OWN_TOWNSHIP = "天宁镇"
TYPED = json.loads(Path(__file__).with_name("demo_organisation.json").read_text(encoding="utf-8"))


def load(campaign) -> None:
    """Fill the books that are empty; loading again changes nothing."""
    today = local_today()
    year = campaign.from_day.year
    _fill(campaign, COUNTY, "group", [_member(*row) for row in TYPED["group"]])
    _fill(campaign, COUNTY, "liaisons", [_liaison("孙联络", "0358-3520005", campaign)])
    _fill(campaign, POLICE, "liaisons", [_liaison("郑公安", "0358-3520110", campaign)])
    _fill(campaign, COUNTY, "forces", [_force("checking", "县局核查专班", "checkers")])
    filed = {"lodged_on": campaign.from_day + timedelta(days=9)}
    _fill(campaign, POLICE, "forces", [_force("detecting", "县公安局侦办专班", "detectives") | filed])
    _fill(campaign, CITY, "phases", [_phase(year, *row) for row in TYPED["phases"]])
    _fill(campaign, COUNTY, "violations", list(_violations()))
    _fill(campaign, COUNTY, "key_areas", [_key_area(campaign, *row) for row in TYPED["key_areas"]])
    _fill(campaign, COUNTY, "key_persons", [_key_person(campaign, *row) for row in TYPED["key_persons"]])
    screened = list(_screening(campaign.from_day, today))
    of_township = [row for row in screened if row["township"] == OWN_TOWNSHIP]
    _fill(campaign, COUNTY, "screening", [row for row in screened if row not in of_township])
    _fill(campaign, TOWNSHIP, "screening", of_township)
    _fill(campaign, TOWNSHIP, "rectification", list(_rectified(today)))
    _fill(campaign, COUNTY, "meetings", list(_meetings(today)))
    _fill(campaign, COUNTY, "documents", [_plan(campaign)])


def _fill(campaign, code, key, rows) -> None:
    model = BOOKS[key]
    if model.objects.filter(campaign=campaign, agency__code=code).exists():
        return
    seat = Seat.objects.select_related("campaign", "agency__region").get(
        campaign=campaign, agency=Agency.objects.get(code=code)
    )
    add_rows(by=who(KEEPERS[code]), seat=seat, model=model, rows=rows)


def _member(body, rank, name, post, phone) -> dict:
    return {"body": body, "rank": rank, "name": name, "post": post, "phone": phone}


def _liaison(name, phone, campaign) -> dict:
    return {"name": name, "phone": phone, "since": campaign.from_day}


def _force(kind, name, people) -> dict:
    return {"kind": kind, "name": name, "parts": [{"name": part} for part in TYPED[people]]}


def _phase(year, name, start, end, deliverables) -> dict:
    return {
        "name": name,
        "from_day": date.fromisoformat(f"{year}-{start}"),
        "to_day": date.fromisoformat(f"{year}-{end}"),
        "deliverables": deliverables,
    }


def _violations():
    for number, (text, codes) in enumerate(TYPED["violations"], 1):
        yield {"position": number, "text": text, "codes": codes}


def _screening(first, today):
    """The first of each township are done, one of them with trouble; the rest wait."""
    done_on = min(first + timedelta(days=20), today)
    for township, kind, names, done in TYPED["screening"]:
        for number, name in enumerate(names):
            row = {
                "township": township,
                "kind": kind,
                "name": name,
                "responsible": "田所长",
                "planned_on": first + timedelta(days=89),
            }
            if number < done:
                trouble = name == "后沟"
                row |= {
                    "done_on": done_on,
                    "found": "trouble" if trouble else "clean",
                    "result": "有新近开挖痕迹。" if trouble else "",
                }
            yield row


def _key_area(campaign, kind, township, name, situation) -> dict:
    given = {"kind": kind, "township": township, "name": name, "situation": situation}
    return given | {"responsible": "陈副局", "since": campaign.from_day}


def _key_person(campaign, kind, township, name, situation) -> dict:
    return _key_area(campaign, kind, township, name, situation) | {"responsible": "马队长"}


def _rectified(today):
    """One site of 天宁镇 that was put right and waits for acceptance, one that is overdue."""
    site = {"township": OWN_TOWNSHIP, "responsible": "田所长"}
    yield site | {
        "name": "瓦窑村旧砂场",
        "problem": "手续到期，设备没有清走。",
        "measure": "demolish",
        "due_on": today - timedelta(days=5),
        "done_on": today - timedelta(days=6),
        "result": "设备已拆除清运，场地已平整。",
    }
    yield site | {
        "name": "坡底村石料堆场",
        "problem": "来源不明的石料露天堆放。",
        "measure": "rectify",
        "due_on": today - timedelta(days=2),
    }


def _meetings(today):
    yield {
        "kind": "coordination",
        "held_on": today - timedelta(days=4),
        "place": "县局三楼会议室",
        "chair": "陈副局",
        "attendees": "县自然资源局执法大队、县公安局食药侦大队、各自然资源所",
        "minutes": paper("会议纪要"),
        "reported_on": today - timedelta(days=3),
        "parts": [
            {
                "title": "后沟盗采线索",
                "about": list(Clue.objects.filter(agency__code=COUNTY, place__endswith="后沟")[:1]),
                "follow_up": "现场核查，够立案的立案",
                "who": "执法大队",
                "due_on": today + timedelta(days=6),
            },
            {
                "title": "废弃三号井井口封堵",
                "follow_up": "设警示牌，落实看护人",
                "who": "西社镇",
                "due_on": today - timedelta(days=1),
            },
        ],
    }
    yield {
        "kind": "feedback",
        "held_on": today - timedelta(days=1),
        "chair": "马队长",
        "attendees": "执法大队、食药侦大队",
        "parts": [
            {
                "title": "移送线索反馈",
                "follow_up": "逐件对账",
                "who": "孙联络、郑公安",
                "result": "已对账，无遗漏",
                "done_on": today - timedelta(days=1),
            }
        ],
    }


def _plan(campaign) -> dict:
    return {
        "kind": "plan",
        "title": "常态化行动工作方案",
        "written_on": campaign.from_day,
        "paper": paper("工作方案"),
    }
