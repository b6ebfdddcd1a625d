"""Rule 11: 备注 is composed (移送, 结转, 协办, 迟录…) and editable."""

import pytest

from ledgers.services import entries
from tests.ledgers import build


@pytest.fixture
def case(cast, campaign):
    """A case in the ledger."""
    made = build.case(cast)
    build.entry(campaign, cast.county, made)
    return made


def test_without_anything_to_say_it_is_empty(case, only):
    assert only().values["remark"] is None


def test_a_referral_is_named_with_its_day_and_its_answer(cast, case, only):
    build.referral(cast, case, on="05-05", state="police_filed", answered_on=build.day("05-20"))
    assert only("05-04").values["remark"] is None
    assert only("05-05").values["remark"] == "2026-05-05移送交城县公安局"
    assert only("05-20").values["remark"] == "2026-05-05移送交城县公安局，已立案"


def test_a_referral_that_was_declined_says_so(cast, case, only):
    build.referral(cast, case, state="declined", answered_on=build.day("05-20"))
    assert only().values["remark"].endswith("，不予立案")


def test_a_referral_not_yet_sent_is_not_named(cast, case, only):
    build.referral(cast, case, state="approved")
    assert only().values["remark"] is None


def test_the_case_of_another_office_is_named_as_joint(cast, campaign, case, only):
    upper = build.case(cast, agency=cast.prefecture_office)
    campaign.entries.get().links.create(case=upper)
    row = only()
    assert row.values["remark"] == "吕梁市规划和自然资源局协办"
    assert "协办" in row.flags


def test_several_parts_stand_one_behind_the_other(cast, campaign, case, only):
    campaign.entries.update(carried_over=True)
    build.referral(cast, case)
    assert only().values["remark"] == "结转；2026-05-05移送交城县公安局"


def test_what_is_typed_stands_above_what_is_composed(cast, campaign, case, only):
    build.referral(cast, case)
    entry = campaign.entries.get()
    entries.amend_entry(by=cast.liaison, entry=entry, party="张某某", remark="挂牌督办")
    assert only().values["remark"] == "挂牌督办"
    entry.refresh_from_db()
    entries.amend_entry(by=cast.liaison, entry=entry, party="张某某", remark=None)
    assert only().values["remark"] == "2026-05-05移送交城县公安局"


def test_an_imported_remark_is_kept_before_what_is_composed(cast, campaign, only):
    entry = build.imported_entry(campaign, cast, arrest=1, remark="擅自打开废弃井口")
    assert only().values["remark"] == "擅自打开废弃井口"
    build.referral(cast, entry.links.get().case, on="05-20")
    assert only().values["remark"] == "擅自打开废弃井口；2026-05-20移送交城县公安局"
