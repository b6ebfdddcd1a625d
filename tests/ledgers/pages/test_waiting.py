"""待纳入: what waits, taken in or left out, several at once."""

from django.urls import reverse

from ledgers.models import Exclusion, LedgerEntry
from tests.ledgers import build


def address(name, campaign, agency_code=None):
    return reverse(f"ledgers:{name}", args=[campaign.code, *([agency_code] if agency_code else [])])


def test_what_waits_is_listed_with_a_suggestion(cast, page, campaign, entry):
    same = build.case(cast)
    new = build.case(cast, names=("新某",), place="新地")
    text = page(cast.liaison, address("candidates", campaign))
    assert str(same) in text and str(new) in text
    assert "并入" in text and "第1行 张某某" in text and "新条目" in text


def test_several_are_taken_in_at_once_each_as_suggested(cast, page, post, campaign, entry):
    same, new = build.case(cast), build.case(cast, names=("新某",), place="新地")
    picks = [f"case-{same.public_id}", f"case-{new.public_id}"]
    url = address("include_candidate", campaign)
    text = page(cast.liaison, f"{url}?pick={picks[0]}&pick={picks[1]}")
    assert f'value="{entry.pk}"' in text and "checked" in text
    answer = post(cast.liaison, url, pick=picks, **{f"into:{picks[0]}": entry.pk, f"into:{picks[1]}": "new"})
    assert "已纳入台账" in answer.content.decode()
    assert entry.links.filter(case=same).exists()
    assert LedgerEntry.objects.get(party="新某").links.get().case == new


def test_a_matter_from_before_the_campaign_is_suggested_as_carried_over(cast, page, post, campaign):
    old = build.case(cast, names=("老某",), filed="2026-03-01")
    url, pick = address("include_candidate", campaign), f"case-{old.public_id}"
    assert "checked" in page(cast.liaison, f"{url}?pick={pick}")
    post(cast.liaison, url, pick=pick, **{f"into:{pick}": "new", f"carried:{pick}": "on"})
    assert LedgerEntry.objects.get().carried_over


def test_leaving_out_needs_a_reason_and_is_listed(cast, page, post, campaign):
    case = build.case(cast)
    url, pick = address("exclude_candidate", campaign), f"case-{case.public_id}"
    assert post(cast.liaison, url, pick=pick, reason="").status_code == 422
    post(cast.liaison, url, pick=pick, reason="不属于本次专项行动")
    assert Exclusion.objects.get().case == case
    text = page(cast.liaison, address("candidates", campaign))
    assert "不属于本次专项行动" in text and "没有待纳入的事项" in text


def test_nothing_ticked_gets_a_sentence(cast, page, post, campaign):
    build.case(cast)
    url = address("include_candidate", campaign)
    assert "没有选中待纳入的事项" in page(cast.liaison, url)
    answer = post(cast.liaison, url)
    assert answer.status_code == 422 and "请回到待纳入页" in answer.content.decode()


def test_a_matter_of_another_county_cannot_be_ticked(cast, post, campaign):
    case = build.case(cast, agency=cast.neighbour)
    pick = f"case-{case.public_id}"
    answer = post(cast.liaison, address("include_candidate", campaign), pick=pick)
    assert answer.status_code == 422 and not LedgerEntry.objects.exists()


def test_the_checker_reads_without_boxes(cast, page, sign_in, campaign):
    build.case(cast)
    assert 'name="pick"' not in page(cast.checker, address("candidates", campaign))
    answer = sign_in(cast.checker).get(address("include_candidate", campaign))
    assert answer.status_code == 403


def test_the_list_of_another_county_does_not_exist(cast, sign_in, campaign):
    client = sign_in(cast.neighbour_liaison)
    for name in ("candidates", "include_candidate", "check", "submit", "prepare_ledger"):
        assert client.get(address(name, campaign, "141122-zrzy")).status_code == 404
