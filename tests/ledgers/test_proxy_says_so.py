"""代录 says so: in the draft's workbook, in messages, on the paper beside the ledger, on the rule's page."""

import io

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts import roles
from accounts.models import Posting
from campaigns.models import Duty, DutyRule
from campaigns.presets import PRESETS
from campaigns.services import handing_in
from campaigns.services.answerable import unanswerable
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import RuleDraft, begin_rule
from common.errors import Forbidden, Refused
from ledgers.services import submitting
from tests.campaigns.duties.conftest import at
from tests.cast import add_person
from tests.ledgers import build
from tests.ledgers.importing.conftest import workbook  # noqa: F401 - a fixture
from tests.ledgers.test_enter_for_county import OFFICE, bring, check, scan, sent_book, sign_in_now


@pytest.fixture
def other(cast):
    """A liaison of the prefecture."""
    return add_person("city", "市联络", cast.prefecture_office, roles.LIAISON)


@pytest.fixture
def book(workbook):  # noqa: F811 - the fixture
    """The workbook that 交城 sent, as an upload."""
    return lambda: sent_book(workbook)


def foot_and_unit(response) -> str:
    """Every word of a workbook that was downloaded."""
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    return "　".join([*cells, str(sheet.oddFooter.left.text), str(sheet.oddFooter.center.text)])


def test_a_ledger_under_proxy_says_so_in_its_workbook_and_on_paper_as_on_the_page(
    cast, other, campaign, county_ledger, book, sign_in
):
    address = reverse("ledgers:download", args=[campaign.code])
    county = {"county": cast.county.code}
    client = sign_in(cast.prefecture)
    assert "代录" not in foot_and_unit(client.get(address, county))
    bring(other, county_ledger, book())
    words = f"由{OFFICE}代录"
    page = client.get(campaign.get_absolute_url(), county).content.decode()
    assert page.count(words) == 2  # the 填报单位 and the printed foot
    said = foot_and_unit(client.get(address, county))
    assert f"交城县自然资源局（{words}）" in said and f"草稿　{words}" in said
    assert "草稿　代录：交城县" in foot_and_unit(client.get(address))
    past = foot_and_unit(client.get(address, county | {"as_of": "2026-05-01"}))
    assert "代录" not in past
    sign_in_now(cast.liaison, cast.checker)
    submitting.prepare_ledger(by=cast.liaison, ledger=county_ledger, data_as_of=build.day("05-15"))
    county_ledger.refresh_from_db()
    check(cast.checker, county_ledger)
    assert "代录" not in foot_and_unit(client.get(address, county))


def test_who_hears_of_a_prepared_ledger_is_called_by_the_right_name(
    cast, other, county_ledger, book, sign_in
):
    address = reverse("ledgers:prepare_ledger", args=[county_ledger.campaign.code, cast.county.code])
    values = {"data_as_of": "2026-05-15", "_key": "k"}
    bring(other, county_ledger, book())
    page = sign_in(other).post(address, values, follow=True).content.decode()
    assert f"已提交核对，{OFFICE}的台账审核人、市级审核会收到通知" in page


def test_where_nobody_else_can_check_the_page_names_whom_the_office_lacks(
    cast, other, county_ledger, book, sign_in
):
    bring(other, county_ledger, book())
    Posting.objects.filter(user=cast.prefecture).delete()
    address = reverse("ledgers:prepare_ledger", args=[county_ledger.campaign.code, cast.county.code])
    page = sign_in(other).get(address).content.decode()
    assert f"除您以外没有{OFFICE}的台账审核人、市级审核" in page


@pytest.fixture
def progress(cast, campaign):
    """阶段工作进展 and 台账 that 交城 owes together."""
    begin_rule(campaign=campaign, agency=cast.prefecture_office)
    draft = RuleDraft(campaign=campaign, from_day=campaign.from_day, **PRESETS["progress"])
    DutyRule.objects.create(agency=cast.prefecture_office, **draft.values())
    make_ahead(at("2026-05-10 09:00"))
    return Duty.objects.get(agency=cast.county, what="paper", day=build.day("05-15"))


def test_the_paper_beside_the_ledger_goes_along_and_is_marked(
    cast, other, county_ledger, book, progress, sign_in
):
    with time_machine.travel(at("2026-05-15 10:00"), tick=False):
        bring(other, county_ledger, book())
        values = {"data_as_of": "2026-05-15", f"paper-{progress.pk}": scan(), "_key": "k"}
        address = reverse("ledgers:prepare_ledger", args=[county_ledger.campaign.code, cast.county.code])
        assert sign_in(other).post(address, values).status_code == 302
        progress.refresh_from_db()
        assert (progress.state, progress.papers.get().recorded_by) == ("submitted", other)
        page = sign_in(cast.prefecture).get(progress.get_absolute_url()).content.decode()
        assert f"由{OFFICE}代录" in page
        assert handing_in.accept_paper(by=cast.prefecture, duty=progress).state == "accepted"


def test_who_handed_paper_in_for_a_county_does_not_accept_it(cast, other, county_ledger, book, progress):
    bring(other, county_ledger, book())
    handing_in.hand_in(by=cast.prefecture, duty=progress, upload=scan())
    with pytest.raises(Refused, match="须由另一人办理"):
        handing_in.accept_paper(by=cast.prefecture, duty=progress)


def test_without_a_proxy_the_office_above_hands_in_no_paper_of_a_county(cast, other, progress):
    for person in (other, cast.prefecture):
        with pytest.raises(Forbidden):
            handing_in.hand_in(by=person, duty=progress, upload=scan())


def test_a_county_that_is_reported_for_is_not_told_of_as_without_people(
    cast, other, county_ledger, book, progress
):
    rules = list(DutyRule.objects.all())
    Posting.objects.filter(user__in=[cast.liaison, cast.checker]).delete()
    assert [each.name for lacking in unanswerable(rules).values() for each in lacking] == [
        "交城县自然资源局"
    ] * 2
    bring(other, county_ledger, book())
    assert unanswerable(rules) == {rule.pk: [] for rule in rules}
