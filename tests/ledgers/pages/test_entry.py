"""The page of an entry and the forms of its acts."""

import pytest
from django.urls import reverse

from ledgers.models import EntryState, LedgerEntry
from tests.ledgers import build


def act(entry, name):
    return reverse(f"ledgers:{name}", args=[entry.public_id])


def test_the_page_has_words_figures_links_and_acts(cast, page, entry):
    text = page(cast.liaison, entry.get_absolute_url())
    case = entry.links.get().case
    assert "张某某" in text and "84,000" in text and case.get_absolute_url() in text
    assert all(word in text for word in ("修改条目", "关联案件", "拆分", "归并", "剔除"))
    assert "移出" not in text.split("下一步")[1].split("办理记录")[0]


def test_the_prefecture_may_only_move(cast, page, entry):
    text = page(cast.prefecture, entry.get_absolute_url())
    acts = text.split("下一步")[1].split("办理记录")[0]
    assert "移出" in acts and "剔除" not in acts


def test_public_security_reads_without_acts_or_trail(cast, page, entry):
    text = page(cast.police, entry.get_absolute_url())
    assert "刑事拘留" in text and "剔除" not in text and "办理记录" not in text


def test_words_and_remark_are_amended(cast, post, entry):
    answer = post(
        cast.liaison,
        act(entry, "amend_entry"),
        party="张某某、王某",
        place="后沟",
        mineral="河砂",
        remark="复核过",
        _version=entry.version,
    )
    entry.refresh_from_db()
    assert "条目已修改" in answer.content.decode()
    assert (entry.party, entry.place, entry.remark_typed) == ("张某某、王某", "后沟", "复核过")


def test_a_remark_typed_under_the_tick_is_not_lost_silently(cast, post, entry):
    answer = post(cast.liaison, act(entry, "amend_entry"), party="张某某", composed="on", remark="我写的")
    assert answer.status_code == 422
    assert "请去掉这里的勾" in answer.content.decode() and "我写的" in answer.content.decode()


def test_an_untouched_remark_stays_composed(cast, post, page, entry):
    post(cast.liaison, act(entry, "amend_entry"), party="张某某", place="x", composed="on", remark="")
    entry.refresh_from_db()
    assert entry.remark_typed is None


def test_a_stale_form_keeps_what_was_typed(cast, post, entry):
    url = act(entry, "amend_entry")
    post(cast.liaison, url, party="第一次", _version=entry.version)
    answer = post(cast.liaison, url, party="第二次", _version=entry.version)
    assert answer.status_code == 409 and "第二次" in answer.content.decode()


def test_striking_needs_a_reason(cast, post, entry):
    url = act(entry, "strike_entry")
    assert post(cast.liaison, url, reason="").status_code == 422
    answer = post(cast.liaison, url, reason="误录")
    entry.refresh_from_db()
    assert entry.state == EntryState.STRUCK
    assert "误录" in answer.content.decode() and "已剔除" in answer.content.decode()


def test_merging_offers_alike_rows_first_and_leads_to_the_row_that_goes_on(cast, page, post, campaign, entry):
    far = build.entry(campaign, cast.county, party="别人", place="远处")
    alike = build.entry(campaign, cast.county, build.case(cast), party="张某某", place="后沟东")
    text = page(cast.liaison, act(entry, "merge_entry"))
    assert text.index(f'value="{alike.pk}"') < text.index(f'value="{far.pk}"')
    answer = post(cast.liaison, act(entry, "merge_entry"), into=alike.pk)
    assert answer.redirect_chain[-1][0] == alike.get_absolute_url()


def test_a_row_of_another_county_is_no_choice(cast, post, entry, foreign_entry):
    answer = post(cast.liaison, act(entry, "merge_entry"), into=foreign_entry.pk)
    assert answer.status_code == 422


def test_splitting_leads_to_the_new_row(cast, post, campaign, entry):
    second = build.case(cast, names=("独立某",))
    entry.links.create(case=second)
    link = entry.links.get(case=second)
    answer = post(cast.liaison, act(entry, "split_entry"), links=link.pk, party="独立某")
    new = LedgerEntry.objects.get(split_from=entry)
    assert answer.redirect_chain[-1][0] == new.get_absolute_url()
    assert "拆自" in answer.content.decode()


def test_moving_is_the_prefectures(cast, post, campaign, entry):
    answer = post(cast.prefecture, act(entry, "move_entry"), to_agency=cast.neighbour.pk, reason="属文水地界")
    new = LedgerEntry.objects.get(agency=cast.neighbour)
    assert answer.redirect_chain[-1][0] == new.get_absolute_url()


def test_what_moved_away_shows_only_that_it_did(cast, post, page, campaign, entry):
    post(cast.prefecture, act(entry, "move_entry"), to_agency=cast.neighbour.pk, reason="属文水")
    text = page(cast.chief, entry.get_absolute_url())
    new = LedgerEntry.objects.get(agency=cast.neighbour)
    assert "已移出" in text and new.get_absolute_url() not in text and "另一县的条目" in text


def test_a_case_is_joined(cast, post, page, campaign, entry):
    other = build.case(cast, names=("同伙某",))
    assert str(other) in page(cast.liaison, act(entry, "join_case"))
    post(cast.liaison, act(entry, "join_case"), case=other.pk)
    assert entry.links.filter(case=other).exists()


@pytest.mark.parametrize("name", ["amend_entry", "strike_entry", "merge_entry", "join_case"])
def test_only_the_liaison_has_the_forms(cast, sign_in, entry, name):
    assert sign_in(cast.checker).get(act(entry, name)).status_code == 403
    assert sign_in(cast.police).get(act(entry, name)).status_code == 403
    assert sign_in(cast.neighbour_liaison).get(act(entry, name)).status_code == 404
