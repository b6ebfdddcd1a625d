"""标注 on a clue: who, what the trail says, who reads it, and the filter."""

from functools import partial

import pytest

from accounts.models import Label
from accounts.services.grants import give
from cases.services.labelling import label_case
from clues.services.informants import InformantFacts
from clues.services.labelling import label_clue
from common.errors import Forbidden, Refused
from tests.cases.making import bare_case
from tests.clues.making import anew, assert_only, at, last_entry, registered


def test_a_label_goes_on_and_off_with_its_entries(cast):
    clue = label_clue(by=cast.intake, clue=registered(cast), name=" 重点  督办 ")
    assert [label.name for label in clue.labels.all()] == ["重点 督办"]
    assert last_entry(clue).changes == {"标注": ["", "重点 督办"]}
    with pytest.raises(Refused, match="不用再标"):
        label_clue(by=cast.intake, clue=clue, name="重点 督办")
    clue = label_clue(by=cast.handler, clue=clue, name="重点 督办", away=True)
    assert last_entry(clue).changes == {"标注": ["重点 督办", ""]}
    with pytest.raises(Refused, match="不用去掉"):
        label_clue(by=cast.intake, clue=clue, name="重点 督办", away=True)


def test_only_the_office_and_its_leaders(cast, sign_in):
    posts = ["intake", "handler", "brigade_head", "deputy"]
    assert_only(cast, sign_in, registered(cast), "label_clue", posts)
    with pytest.raises(Forbidden):
        label_clue(by=anew(cast.legal), clue=registered(cast), name="重点")


def test_the_same_word_of_two_offices_is_two_labels(cast):
    label_clue(by=cast.intake, clue=registered(cast), name="重点")
    label_clue(by=cast.neighbour_handler, clue=registered(cast, by=cast.neighbour_handler), name="重点")
    label_clue(by=cast.intake, clue=registered(cast), name="重点")
    assert Label.objects.count() == 2


def test_the_office_and_those_above_read_it_and_nobody_to_whom_the_clue_was_given(cast, sign_in):
    clue = label_clue(by=cast.intake, clue=registered(cast), name="领导关注")
    posting = cast.handler.current_postings[0]
    give(by=cast.handler, posting=posting, thing=clue, agency=cast.agencies["141122-sl"], reason="移交")
    for part, reads in {"handler": True, "prefecture": True, "department": False}.items():
        client = sign_in(getattr(cast, part))
        for url in ("/clues/", clue.get_absolute_url()):
            page = client.get(url).content.decode()
            assert clue.number in page and ("领导关注" in page) is reads, (part, url)


def test_the_list_is_narrowed_by_a_label_and_offers_only_those_in_use(cast, sign_in):
    clue, other = registered(cast), registered(cast)
    label_clue(by=cast.intake, clue=clue, name="重点")
    Label.objects.create(agency=cast.county, name="旧词")
    label = Label.objects.get(name="重点")
    client = sign_in(cast.intake)
    page = client.get(f"/clues/?label={label.pk}").content.decode()
    assert clue.number in page and other.number not in page and "旧词" not in page
    theirs = sign_in(cast.neighbour_handler).get(f"/clues/?label={label.pk}").content.decode()
    assert "选择一个有效的选项" in theirs and "重点" not in theirs


def test_the_form_offers_the_offices_own_words(cast, sign_in):
    clue = registered(cast)
    label_clue(by=cast.intake, clue=clue, name="重点")
    Label.objects.create(agency=cast.neighbour, name="邻县词")
    page = sign_in(cast.intake).get(at(clue, "label_clue")).content.decode()
    assert '<option value="重点">' in page and "邻县词" not in page
    answer = sign_in(cast.intake).post(at(clue, "label_clue"), {"name": "重点", "away": "off"})
    assert answer.status_code == 302 and not clue.labels.exists()


def test_a_new_word_names_no_informant_of_the_office_whatever_it_is_put_on(cast):
    told, other = (registered(cast, informant=facts) for facts in (InformantFacts(name="欧阳举报"), None))
    case = bare_case(cast)
    for put in (
        partial(label_clue, clue=told),
        partial(label_clue, clue=other),
        partial(label_case, case=case),
    ):
        with pytest.raises(Refused):
            put(by=cast.brigade_head, name="找欧阳 举报")
    assert not Label.objects.exists()
    # Who may not know the informant can't find out by trying.
    label_case(by=cast.deputy, case=case, name="找欧阳举报")
    label_clue(by=cast.neighbour_handler, clue=registered(cast, by=cast.neighbour_handler), name="欧阳举报")
