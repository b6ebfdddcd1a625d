"""The demo's townships and departments, as the notices list their member units; clues that are theirs.

Each department finds one clue that was handed over to it, in another stage: to be signed for, to be
answered, dealt with. A township finds what it reported itself.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from accounts import roles
from accounts.models import Agency, AgencyKind, Region, local_today
from accounts.services import agencies, staying
from accounts.services.signing import Signature
from clues.models import Clue, SecretClue, SecretKind
from clues.services import answering, disposition, intake, secret_clues
from clues.services.outcomes import Proposal
from clues.services.reports import Report
from config.demo_props import paper, photo, who

COUNTY, REGION = "141122-zrzy", "141122"
K = AgencyKind
OFFICES = (
    ("141122-hj", K.ENVIRONMENT, "吕梁市生态环境局交城分局"),
    ("141122-yj", K.EMERGENCY, "交城县应急管理局"),
    ("141122-sl", K.WATER, "交城县水利局"),
    ("141122-lc", K.FORESTRY, "交城县林业局"),
    ("141122-dl", K.POWER, "国网交城县供电公司"),
    ("141122-jt", K.TRANSPORT, "交城县交通运输局"),
    ("141122-ny", K.OTHER, "交城县能源局"),
    ("141122-jw", K.DISCIPLINE, "交城县纪委监委"),
)
PEOPLE = (
    ("xishe", "史所长", "141122104-zrzy", (roles.REPORTER,)),
    ("huanjing", "何环境", "141122-hj", (roles.DEPARTMENT,)),
    ("yingji", "尹应急", "141122-yj", (roles.DEPARTMENT,)),
    ("shuili", "梁水利", "141122-sl", (roles.DEPARTMENT,)),
    ("linye", "林护林", "141122-lc", (roles.DEPARTMENT,)),
    ("gongdian", "田供电", "141122-dl", (roles.DEPARTMENT,)),
    ("jiaotong", "焦运输", "141122-jt", (roles.DEPARTMENT,)),
    ("nengyuan", "倪能源", "141122-ny", (roles.DEPARTMENT,)),
    ("jiwei", "季监督", "141122-jw", (roles.DEPARTMENT,)),
)
SECRETS = (
    (SecretKind.GANG, "外号“沟霸”等人", "垄断河砂外运，威胁举报村民，阻止巡查车辆进沟。"),
    (SecretKind.OFFICIAL, "某村干部", "为采砂人通风报信，收受运砂过路费。"),
)
CLUES = json.loads(Path(__file__).with_name("demo_departments.json").read_text(encoding="utf-8"))


def open_offices() -> None:
    """The departments of the county that are not there yet."""
    region = Region.objects.get(code=REGION)
    for code, kind, name in OFFICES:
        if not Agency.objects.filter(code=code).exists():
            agencies.open_agency(region=region, kind=kind, name=name, code=code)


def load() -> None:
    """Report and hand over what is missing (recognised by its place)."""
    for each in CLUES:
        if not Clue.objects.filter(agency__code=COUNTY, place=each["place"]).exists():
            _make(**each)
    if not SecretClue.objects.exists():
        _keep_secrets()


@transaction.atomic
def _keep_secrets() -> None:
    """One on a gang waits for a leader, one on an official went to discipline inspection."""
    day, by = local_today() - timedelta(days=4), who("chengban")
    for kind, suspects, summary in SECRETS:
        secret = secret_clues.record_secret_clue(
            by=by, kind=kind, received_on=day, suspects=suspects, summary=summary
        )
    secret_clues.hand_over_secret_clue(
        by=who("juzhang"),
        secret=secret,
        handing=secret_clues.HandingOver(to_agency=Agency.objects.get(code="141122-jw"), sent_on=day),
    )


@transaction.atomic
def _make(by, township, place, source, summary, days_ago, to="", why="", answers=()) -> None:
    day = local_today() - timedelta(days=days_ago)
    report = Report(
        source=source,
        received_on=day,
        summary=summary,
        place=place,
        township=Region.objects.get(code=township),
    )
    clue = intake.register_clue(by=who(by), report=report, files=[photo("现场照片")])
    if not to:
        staying.stands_since(clue, day)
        return
    proposal = Proposal("handover", why, to_agency=Agency.objects.get(code=to))
    clue = disposition.propose_disposition(by=who("duizhang"), clue=clue, proposal=proposal)
    signature = Signature(
        opinion="同意移交。", signer=who("fenguan"), signed_on=day, scan=paper("处理呈批表")
    )
    clue = disposition.approve_disposition(by=who("duizhang"), clue=clue, signature=signature)
    for person, kind, after, text in answers:
        _answer(who(person), clue, kind, day + timedelta(days=after), text)


def _answer(person, clue, kind, day, text) -> None:
    if kind == "received":
        answering.receive_handover(by=person, clue=clue, happened_on=day)
    else:
        answering.answer_handover(by=person, clue=clue, answer=answering.Answer(kind, day, text))
