"""呈批立案: from a verified clue, or on the office's own motion."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.services import filing
from clues.services import intake
from clues.services.informants import InformantFacts
from clues.services.reports import Report
from common.errors import Forbidden, Refused
from registry.services.parties import PartyDetails
from tests.cases import making
from tests.cases.pages import last_entry, rows


def test_a_verified_clue_becomes_a_proposed_case(cast):
    clue = making.verified_clue(cast)
    case = making.proposed_case(cast, clue)
    clue.refresh_from_db()
    assert (case.state, clue.state) == ("proposed", "filing")
    assert [str(each.party) for each in case.parties.all()] == ["张三丰"]
    assert [each.code for each in case.violations.all()] == ["K21"]
    assert (case.place, case.mineral, case.county_id) == ("西社镇某沟", "煤", "141122")
    assert (case.handler, case.second_handler) == (cast.handler, cast.second_handler)


def test_a_look_by_one_person_founds_no_case(cast):
    clue = making.verified_clue(cast)
    clue.verifications.get().lookers.set([cast.handler])
    with pytest.raises(Refused, match="只有一人核查，不能呈批立案"):
        making.proposed_case(cast, clue)
    assert not Case.objects.exists()


def test_the_trail_says_who_proposed_what(cast):
    entry = last_entry(making.proposed_case(cast))
    assert (entry.act, entry.actor, entry.role) == ("propose_filing", cast.handler, "handler")
    assert entry.changes["当事人"] == ["", ["张三丰"]]


def test_the_form_of_a_clue_stands_filled_in(cast, sign_in):
    clue = making.verified_clue(cast)
    page = sign_in(cast.handler).get(reverse("cases:propose_filing", args=[clue.public_id]))
    form = page.context["form"]
    assert form["place"].value() == "西社镇某沟"
    assert form["mining_violations"].value() == ["K21"]
    assert form["facts"].value() == "现场有采坑一处"


def test_proposing_through_the_page(cast, sign_in):
    clue = making.verified_clue(cast)
    client = sign_in(cast.handler)
    address = reverse("cases:propose_filing", args=[clue.public_id])
    data = {
        "_key": "k1",
        "_version": clue.version,
        "cause": "张三丰无证开采煤矿案",
        "source": "patrol",
        "county": "141122",
        "place": "西社镇某沟",
        "mineral": "煤",
        "mining_violations": ["K21"],
        "facts": "无证采煤",
        "handler": cast.handler.pk,
        **rows("party", {"kind": "unknown"}),
    }
    response = client.post(address, data)
    case = Case.objects.get()
    assert response.status_code == 302
    assert response.url == case.get_absolute_url()
    assert client.post(address, data).url == response.url
    assert Case.objects.count() == 1
    assert case.parties.count() == 2 or case.parties.count() == 1


def test_the_office_may_file_without_a_clue(cast):
    case = filing.propose_filing(
        by=cast.brigade_head,
        proposal=filing.FilingProposal(
            cause="违法占地案",
            facts="占用耕地建房",
            source="internal",
            place="天宁镇",
            violations=["T11"],
            named=[PartyDetails("person", "张三丰")],
        ),
    )
    assert (case.agency, case.county_id, case.clue) == (cast.county, "141122", None)
    assert str(case.parties.get()) == "张三丰"
    assert case.handler is None


def test_a_clue_not_looked_at_cannot_be_filed(cast):
    clue = intake.register_clue(by=cast.intake, report=Report("patrol", making.ago(3), "有人采煤", "某沟"))
    with pytest.raises(Refused, match="先记录核查"):
        filing.propose_filing(
            by=cast.handler, clue=clue, proposal=filing.FilingProposal(cause="案", facts="事实")
        )
    assert not Case.objects.exists()


def test_a_clue_is_not_filed_twice(cast):
    clue = making.verified_clue(cast)
    making.proposed_case(cast, clue)
    with pytest.raises(Refused, match="立案待批"):
        making.proposed_case(cast, clue)


def test_who_has_no_post_for_it_is_told(cast):
    with pytest.raises(Forbidden, match="承办人、大队长"):
        filing.propose_filing(
            by=cast.intake,
            clue=making.verified_clue(cast),
            proposal=filing.FilingProposal(cause="案", facts="事实"),
        )


def test_strangers_do_not_find_the_form(cast, sign_in):
    address = reverse("cases:propose_filing", args=[making.verified_clue(cast).public_id])
    assert sign_in(cast.neighbour_handler).get(address).status_code == 404
    assert sign_in(cast.legal).get(address).status_code == 403
    assert sign_in(cast.handler).get(address).status_code == 200


def test_the_informant_does_not_get_into_the_case(cast):
    clue = making.verified_clue(cast, informant=InformantFacts(name="钱举报", phone="13812345678"))
    with pytest.raises(Refused):
        making.proposed_case(cast, clue, facts="据钱举报反映，有人采煤")
    case = making.proposed_case(cast, clue)
    stored = " ".join(str(value) for value in Case.objects.values().get(pk=case.pk).values())
    assert "钱举报" not in stored
    assert "13812345678" not in stored


def test_violations_stand_first_where_nothing_names_one_yet(cast, sign_in):
    client = sign_in(cast.handler)

    def folded(address) -> bool:
        page = client.get(address).content.decode()
        return page.index('name="mining_violations"') > page.index('class="act__more"')

    bare = making.verified_clue(cast)
    bare.violations = []
    bare.save(update_fields=["violations"])
    address = reverse("cases:propose_filing", args=[bare.public_id])
    addresses = [address, reverse("cases:register_and_propose")]
    assert [folded(each) for each in addresses] == [False, False]


def test_against_nobody_known_nothing_is_filed(cast):
    """自然资源行政处罚办法第十六条第一款第（一）项"""
    clue = making.verified_clue(cast, parties=[{"kind": "unknown"}])
    with pytest.raises(
        Refused, match="当事人不明，不能立案；线索列为待查.*第十六条第一款第（一）项"
    ) as refusal:
        making.proposed_case(cast, clue=clue)
    assert refusal.value.missing == (("查明的当事人", "parties"),)
    assert not Case.objects.exists()
