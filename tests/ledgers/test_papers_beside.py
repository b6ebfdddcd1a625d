"""阶段工作进展 and 台账 owed together: one desk line with one 18:00 and both parts, accepted together."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from campaigns import presets
from campaigns.models import Duty, DutyRule
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import RuleDraft, begin_rule
from campaigns.services.together import apart_from_ledgers
from ledgers import desk
from ledgers.services import submitting
from ledgers.services.submitting import Report
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting, build

NOW = at("2026-05-15 09:00")
SOON = timezone.now() + timedelta(hours=5)


@pytest.fixture(autouse=True)
def rules(cast, campaign):
    """交自然资字〔2021〕62号六（五）: both, on the 15th and the 30th at 18:00."""
    begin_rule(campaign=campaign, agency=cast.prefecture_office)
    draft = RuleDraft(campaign=campaign, from_day=campaign.from_day, **presets.PRESETS["progress"])
    DutyRule.objects.create(agency=cast.prefecture_office, **draft.values())
    make_ahead(NOW)
    build.entry(campaign, cast.county, build.case(cast))


def duty(cast, what) -> Duty:
    return Duty.objects.get(agency=cast.county, what=what, day=build.day("05-15"))


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("阶段工作进展.pdf", b"%PDF-1.4 sealed", "application/pdf")


def lines(person) -> list[tuple]:
    return [(task.what, task.due) for task in desk.waiting_for(person, NOW)]


def loose(cast) -> list[Duty]:
    """Paper of the county that stands on a line of its own."""
    mine = Duty.objects.filter(agency=cast.county, what="paper", day=build.day("05-15"))
    return list(apart_from_ledgers(mine))


def test_both_are_one_line_with_one_due_time(cast):
    due = at("2026-05-15 18:00")
    assert lines(cast.liaison) == [("台账提交核对；报送阶段工作进展", due)]
    assert loose(cast) == []


def test_the_sealed_scan_goes_along_with_the_preparation(cast, county_ledger):
    submitting.prepare_ledger(
        by=cast.liaison, ledger=county_ledger, papers=((duty(cast, "paper"), scan()),),
        data_as_of=build.day("05-15"), now=NOW,
    )  # fmt: skip
    assert (duty(cast, "paper").state, duty(cast, "ledger").state) == ("submitted", "open")
    assert lines(cast.liaison) == []
    assert lines(cast.checker) == [("核对并报送台账", at("2026-05-15 18:00"))]


def test_it_may_go_along_with_the_report_and_waits_for_both_meanwhile(cast, county_ledger):
    acting.check(cast, acting.prepare(cast, county_ledger, now=NOW))
    assert [what for what, _ in lines(cast.liaison)] == ["报送阶段工作进展"]
    assert [what for what, _ in lines(cast.checker)] == ["核对并报送台账；报送阶段工作进展"]
    report = Report(papers=((duty(cast, "paper"), scan()),))
    submitting.submit_ledger(by=cast.checker, ledger=county_ledger, report=report, now=NOW)
    assert (duty(cast, "paper").state, duty(cast, "ledger").state) == ("submitted", "submitted")


def test_the_prefecture_accepts_both_at_once(cast, county_ledger, sign_in):
    made = acting.submit(cast, county_ledger, now=NOW, papers=((duty(cast, "paper"), scan()),))
    (task,) = desk.waiting_for(cast.prefecture, NOW)
    assert task.note == "附阶段工作进展"
    assert loose(cast) == []
    page = sign_in(cast.prefecture).get(f"{made.get_absolute_url()}accept-submission/").content.decode()
    assert "阶段工作进展.pdf" in page
    acting.accept(cast, made)
    assert (duty(cast, "paper").state, duty(cast, "ledger").state) == ("accepted", "accepted")


def test_the_whole_desk_has_one_line_of_it_for_who_owes_and_one_for_who_accepts(cast, county_ledger, sign_in):
    Duty.objects.filter(agency=cast.county, day=build.day("05-15")).update(due_at=SOON)
    Duty.objects.exclude(agency=cast.county, day=build.day("05-15")).delete()
    (task,) = sign_in(cast.liaison).get("/").context["today"]
    assert task.what == "台账提交核对；报送阶段工作进展"
    acting.submit(cast, county_ledger, papers=((duty(cast, "paper"), scan()),))
    (task,) = sign_in(cast.prefecture).get("/").context["today"]
    assert task.note == "附阶段工作进展"


def test_what_wasnt_handed_in_stays_owed_on_its_own_once_the_ledger_is_in(cast, county_ledger):
    acting.accept(cast, acting.submit(cast, county_ledger, now=NOW))
    assert duty(cast, "paper").state == "open"
    assert loose(cast) == [duty(cast, "paper")]


def test_the_forms_ask_for_it_and_hand_it_in(cast, county_ledger, sign_in):
    Duty.objects.filter(agency=cast.county).update(due_at=at("2030-01-15 18:00"))
    paper = duty(cast, "paper")
    client, url = sign_in(cast.liaison), f"/ledgers/campaigns/{county_ledger.campaign.code}/prepare/"
    assert "阶段工作进展（盖章扫描件）" in client.get(url).content.decode()
    client.post(url, {"data_as_of": "2026-05-15", f"paper-{paper.pk}": scan()})
    paper.refresh_from_db()
    assert (paper.state, paper.papers.get().file.name) == ("submitted", "阶段工作进展.pdf")
