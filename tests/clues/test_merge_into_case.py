"""并入他案 by a 案号: a case that came from no clue takes a clue in, and shows it as a source."""

import pytest

from accounts.models import TrailEntry
from cases.models import Case
from cases.services.filing import FilingProposal, propose_filing
from clues.services.attachments import add_clue_files
from clues.services.disposition import approve_disposition
from clues.targets import find
from common.errors import Refused
from tests.cases.making import filed_case, proposed_case
from tests.clues.making import at, jpeg, last_entry, open_clocks, proposed, registered, verified


def own_case(cast, by=None, number="交自然资立字〔2026〕9号", state="investigation") -> Case:
    """A case filed on the office's own motion: no clue."""
    case = propose_filing(
        by=by or cast.handler,
        proposal=FilingProposal(
            cause="张某采煤案", facts="采煤", source="patrol", place="东沟", violations=["K21"]
        ),
    )
    Case.objects.filter(pk=case.pk).update(number=number, state=state)
    case.refresh_from_db()
    return case


def data(case, **more):
    """The form of 提出处理意见 for 并入他案."""
    return {"outcome": "merged", "into": case.number, "reason": "同一地点、同一当事人", **more}


def test_a_clue_goes_into_a_case_that_came_from_none(cast, sign_in):
    case, clue = own_case(cast), verified(cast)
    answer = sign_in(cast.handler).post(at(clue, "propose_disposition"), data(case))
    assert answer.status_code == 302
    assert last_entry(clue).changes["并入"] == ["", case.number]
    approve_disposition(by=cast.deputy, clue=clue)
    clue.refresh_from_db()
    assert (clue.state, clue.outcome, clue.merged_number) == ("merged", "merged", case.number)
    assert open_clocks(clue) == []
    assert last_entry(clue).changes["并入案件"] == ["", case.number]


def test_the_case_shows_the_source_its_photos_and_says_so_in_its_record(cast, sign_in):
    case, clue = own_case(cast), verified(cast)
    add_clue_files(by=cast.handler, clue=clue, files=[jpeg("坑.jpg")])
    clue.refresh_from_db()
    clue = proposed(cast, "merged", clue=clue, into=find(cast.handler, cast.county, case.number))
    approve_disposition(by=cast.deputy, clue=clue)
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert "并入线索" in page
    assert clue.get_absolute_url() in page
    assert case.files.get().kind == "核查照片"
    entry = TrailEntry.objects.get(subject_kind="cases.case", act="receive_merged_clue")
    assert entry.changes == {"并入线索": ["", clue.number], "材料": ["", ["坑.jpg"]]}


def test_the_clues_page_says_where_it_went(cast, sign_in):
    case, clue = own_case(cast), registered(cast)
    client = sign_in(cast.intake)
    answer = client.post(at(clue, "merge_clue"), {"into": case.number, "reason": "同一地点"})
    assert answer.url == case.get_absolute_url()
    assert f"这件线索已并入 {case.number}" in client.get(clue.get_absolute_url()).content.decode()
    beside = client.get(f"/cases/of-clue/{clue.public_id}/").content.decode()
    assert case.get_absolute_url() in beside


def test_of_a_case_that_came_from_a_clue_that_clue_goes_on(cast, sign_in):
    case, clue = filed_case(cast), registered(cast)
    answer = sign_in(cast.intake).post(at(clue, "merge_clue"), {"into": case.number, "reason": "同一地点"})
    assert answer.url == case.clue.get_absolute_url()
    clue.refresh_from_db()
    assert clue.merged_into == case.clue
    assert clue.merged_key == ""


@pytest.mark.parametrize("state", ["proposed", "refused"])
def test_a_case_not_filed_takes_nothing(cast, sign_in, state):
    case, clue = own_case(cast, state=state), verified(cast)
    answer = sign_in(cast.handler).post(at(clue, "propose_disposition"), data(case))
    assert answer.status_code == 422
    assert "没有找到这个线索号或案号" in answer.content.decode()


def test_a_foreign_offices_case_is_not_found(cast, sign_in):
    case = own_case(cast, by=cast.neighbour_handler, number="文自然资立字〔2026〕1号")
    answer = sign_in(cast.handler).post(at(verified(cast), "propose_disposition"), data(case))
    assert "没有找到这个线索号或案号" in answer.content.decode()


def test_a_case_refused_meanwhile_stops_the_approval(cast):
    case = own_case(cast)
    target = find(cast.handler, cast.county, case.number)
    clue = proposed(cast, "merged", into=target)
    Case.objects.update(state="refused")
    with pytest.raises(Refused, match="不能并入线索"):
        approve_disposition(by=cast.deputy, clue=clue)


def test_a_clue_waiting_to_be_filed_is_no_case_yet(cast):
    proposed_case(cast)
    assert find(cast.handler, cast.county, "") is None
