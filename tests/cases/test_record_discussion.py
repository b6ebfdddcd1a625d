"""集体讨论: of what weighs heavily or is fined below the interval, by those in charge."""

import pytest

from accounts.models import local_today
from cases.models import Discussion
from cases.services import deciding, reviewing
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post


def serious(cast):
    """A decision that the handler holds for 情节复杂或者重大, reviewed."""
    case = making.proposed_decision(cast, serious=True)
    return reviewing.review_decision(by=cast.legal, case=case, qualification=making.QUALIFICATION)


def test_what_is_serious_is_not_decided_without_it(cast):
    """行政处罚法第五十七条第二款; 自然资源行政处罚办法第三十一条第二款"""
    case = serious(cast)
    with pytest.raises(Refused, match="还缺：集体讨论.*未经集体讨论，不能作出"):
        deciding.approve_decision(by=cast.deputy, case=case)
    case = making.discussed(cast, case)
    assert deciding.approve_decision(by=cast.deputy, case=case).state == "execution"


def test_day_people_conclusion_and_minutes_are_kept(cast):
    case = making.discussed(cast, serious(cast))
    row = Discussion.objects.get()
    assert (row.happened_on, row.attendees, row.agreed) == (local_today(), "周局长、陈副局", True)
    assert last_entry(case).changes["会议纪要"][1] == "会纪〔2026〕3号"


@pytest.mark.parametrize(
    ("said", "words"),
    [({"attendees": "周局长"}, "两名以上"), ({"conclusion": " "}, "讨论结论")],
)
def test_one_person_is_no_discussion_and_it_has_a_conclusion(cast, said, words):
    with pytest.raises(Refused, match=words):
        making.discussed(cast, serious(cast), **said)


def test_minutes_or_their_number_must_be_there(cast):
    entry = reviewing.DiscussionEntry(local_today(), "周局长、陈副局", True, "同意")
    with pytest.raises(Refused, match="集体讨论记录"):
        reviewing.record_discussion(by=cast.handler, case=serious(cast), entry=entry)


def test_disagreement_is_recorded_and_decides_nothing(cast):
    case = making.discussed(cast, serious(cast), agreed=False)
    with pytest.raises(Refused, match="还缺：集体讨论"):
        deciding.approve_decision(by=cast.deputy, case=case)


def test_one_entered_by_mistake_is_taken_back(cast):
    case = making.discussed(cast, serious(cast))
    case = reviewing.withdraw_discussion(
        by=cast.handler, case=case, discussion=Discussion.objects.get(), reason="是另一件案子的"
    )
    assert "to_discuss" in case.flags
    with pytest.raises(Refused, match="还缺：集体讨论"):
        deciding.approve_decision(by=cast.deputy, case=case)


def test_through_the_page(cast, sign_in):
    case = serious(cast)
    assert_only(cast, sign_in, case, "record_discussion", "handler")
    client = sign_in(cast.handler)
    values = {"happened_on": local_today().isoformat(), "attendees": "周局长、陈副局", "agreed": "yes"}
    values["conclusion"] = "同意"
    refused = post(client, case, "record_discussion", **values)
    assert refused.status_code == 422
    assert "周局长、陈副局" in refused.content.decode()
    assert (
        post(client, case, "record_discussion", files=making.scan("讨论记录.pdf"), **values).status_code
        == 302
    )
    page = client.get(at(case, "detail")).content.decode()
    assert "周局长、陈副局：同意" in page
    assert case.files.filter(kind="集体讨论记录").exists()
