"""The demo's two campaigns: one ended and typed by hand in its day, one that draws itself now."""

import io
import json
import tempfile
from datetime import date
from pathlib import Path

from django.utils import timezone

from accounts.models import Agency, Region, local_today
from accounts.services.system import system_person
from campaigns.models import Campaign
from campaigns.presets import PRESETS
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import RuleDraft, set_rule
from config.demo_props import who
from ledgers.fields import Kind
from ledgers.models import CountyLedger
from ledgers.services.answering import accept_submission
from ledgers.services.candidates import candidates
from ledgers.services.checking import check_ledger, work_of
from ledgers.services.entries import include_candidate
from ledgers.services.importing import import_rows, ledger_of, read_workbook
from ledgers.services.ledger_forms import form_of
from ledgers.services.submitting import prepare_ledger, submit_ledger
from ledgers.sheets.writing import SheetWords, write_ledger

CITY, REGION = "141100-zrzy", "141100"
ENDED, NOW = "luliang-2021", "luliang-now"
COUNTIES = {"141122-zrzy": ("lianluo", "shenhe"), "141121-zrzy": ("wenshui-lianluo", "wenshui-shenhe")}
TYPED = Path(__file__).with_name("demo_ledgers.json")
KEPT_FOR_THE_VISITOR = 2


def load(stdout) -> None:
    """Open what is missing of the demo's campaigns and fill it."""
    if not Campaign.objects.filter(code=ENDED).exists():
        _open(ENDED, "吕梁市严厉打击非法采矿占地专项行动（2021年）", date(2021, 4, 1), date(2021, 11, 30))
        _import_typed()
    if not Campaign.objects.filter(code=NOW).exists():
        _ask_for_progress(_open(NOW, "吕梁市严厉打击非法采矿占地常态化行动", date(local_today().year, 1, 1)))
        _draw_and_submit()
        make_ahead(timezone.now())
    stdout.write("演示台账已载入：luliang-2021、luliang-now。")


def _open(code, name, from_day, to_day=None) -> Campaign:
    city = Agency.objects.select_related("region").get(code=CITY)
    return open_campaign(
        by=system_person(city),
        draft=CampaignDraft(
            code=code, name=name, region=Region.objects.get(code=REGION), from_day=from_day, to_day=to_day
        ),
    )


def _ask_for_progress(campaign) -> None:
    """阶段工作进展 is owed along with the ledger, as the notice says."""
    city = Agency.objects.select_related("region").get(code=CITY)
    draft = RuleDraft(campaign=campaign, from_day=local_today(), leads=(7, 3), **PRESETS["progress"])
    set_rule(by=who("shiju-lianluo"), agency=city, draft=draft)


def _import_typed() -> None:
    """The workbooks that the counties had typed by hand, imported by their liaisons."""
    campaign = Campaign.objects.get(code=ENDED)
    form = form_of(campaign)
    # The number of a line is no part of what was typed.
    typed = [field.key for field in form.fields if field.kind != Kind.SERIAL]
    for book in json.loads(TYPED.read_text(encoding="utf-8")):
        agency = Agency.objects.select_related("region").get(code=book["agency"])
        liaison, _ = COUNTIES[book["agency"]]
        day = date.fromisoformat(book["day"])
        rows = [dict(zip(typed, row, strict=True)) for row in book["rows"]]
        stream = io.BytesIO()
        write_ledger(
            stream,
            form,
            [{"serial": n, **row} for n, row in enumerate(rows, 1)],
            SheetWords(reporting_unit=agency.name, filled_on=day),
        )
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as draft:
            draft.write(stream.getvalue())
            draft.flush()
            reading = read_workbook(draft.name, campaign)
        import_rows(
            by=who(liaison),
            ledger=ledger_of(campaign, agency),
            reading=reading,
            file_name=f"{agency.region.name}台账{book['day']}.xlsx",
        )


def _draw_and_submit() -> None:
    """交城's clues and cases taken in, submitted and accepted; two wait for a visitor."""
    campaign = Campaign.objects.get(code=NOW)
    agency = Agency.objects.get(code="141122-zrzy")
    liaison, checker = COUNTIES[agency.code]
    waiting = candidates(campaign, agency)
    for candidate in waiting[: max(len(waiting) - KEPT_FOR_THE_VISITOR, 0)]:
        include_candidate(
            by=who(liaison), ledger=_ledger(campaign, agency), **{candidate.kind: candidate.thing}
        )
    prepare_ledger(by=who(liaison), ledger=_ledger(campaign, agency))
    work = work_of(_ledger(campaign, agency))
    check_ledger(by=who(checker), ledger=_ledger(campaign, agency), rows=work.digests, rest=True)
    submission = submit_ledger(by=who(checker), ledger=_ledger(campaign, agency))
    accept_submission(by=who("shiju"), submission=submission)


def _ledger(campaign, agency) -> CountyLedger:
    return ledger_of(campaign, agency)
