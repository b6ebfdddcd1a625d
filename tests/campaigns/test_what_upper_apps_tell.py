"""What campaigns asks of the app above: forms on offer, what answers a duty, who can't leave."""

from datetime import date
from pathlib import Path

import pytest

import campaigns
from campaigns import forms_offered, keeping
from campaigns.answers import answer_of, with_answers
from campaigns.models import Campaign, Duty
from campaigns.services.campaigns import CampaignDraft, open_campaign
from campaigns.services.duties import make_ahead
from campaigns.services.duty_rules import begin_rule
from common.errors import Refused
from ledgers.models import ImportBatch, LedgerEntry, Submission
from ledgers.shipped import DEFAULT_FORM
from tests.campaigns.duties.conftest import at
from tests.ledgers import acting

pytestmark = pytest.mark.django_db


def test_a_form_that_nobody_offers_is_refused(cast):
    draft = CampaignDraft("x", "某专项", cast.regions["141122"], date(2026, 1, 1), form=("luliang", 99))
    with pytest.raises(Refused) as refusal:
        open_campaign(by=cast.liaison, draft=draft)
    assert "没有这个台账表式" in refusal.value.sentence
    assert not Campaign.objects.exists()


def test_what_may_be_chosen_is_there():
    codes = [code.rsplit("-", 1) for code, _ in forms_offered.choices()]
    assert codes and all(forms_offered.check(code, int(version)) for code, version in codes)


def test_a_campaign_reports_with_the_providers_form_where_none_is_chosen(cast):
    kept = [Campaign._meta.get_field(name).get_default() for name in ("form_code", "form_version")]
    draft = CampaignDraft("x", "某专项", cast.regions["141122"], date(2026, 1, 1))
    assert tuple(kept) == draft.form == forms_offered.default() == DEFAULT_FORM
    assert forms_offered.check(*draft.form)
    sources = [path.read_text() for path in Path(campaigns.__file__).parent.rglob("*.py")]
    assert not [text for text in sources if DEFAULT_FORM[0] in text]


def test_a_campaign_leads_to_the_page_that_was_seated_for_it(campaign):
    assert campaign.get_absolute_url() == f"/ledgers/campaigns/{campaign.code}/"


def test_the_last_report_answers_a_duty_and_pages_lead_to_it(cast, campaign, county_ledger, sign_in):
    begin_rule(campaign=campaign, agency=cast.prefecture_office)
    make_ahead(at("2026-05-01 09:00"))
    first = acting.submit(cast, county_ledger, "05-15", now=at("2026-05-15 17:00"), nil_report=True)
    duty = Duty.objects.get(agency=cast.county, day=date(2026, 5, 15))
    assert answer_of(duty).url == first.get_absolute_url()
    again = acting.submit(
        cast, county_ledger, "05-15", now=at("2026-05-16 10:00"), nil_report=True, correct=True
    )
    duty = with_answers(Duty.objects.filter(pk=duty.pk)).get()
    assert (answer_of(duty).words, answer_of(duty).url) == ("第2期", again.get_absolute_url())
    for url in (duty.get_absolute_url(), "/ledgers/duties/?state=submitted"):
        assert again.get_absolute_url() in sign_in(cast.liaison).get(url).content.decode()


def test_what_ledgers_holds_keeps_an_agency_in(campaign):
    assert {LedgerEntry, Submission, ImportBatch} <= set(keeping.kinds())
