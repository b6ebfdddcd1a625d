"""认定情节: on what else a rule of the law hangs, entered in rounds, withdrawn like other findings."""

from decimal import Decimal

import pytest

from cases.assessing import facts_of, findings_of
from cases.models import Circumstances
from cases.services import circumstances, investigation
from cases.services.circumstances import Found
from common.errors import Refused
from law.facts import Earlier, Land
from tests.cases import making
from tests.cases.pages import assert_only, at, last_entry, post, rows

ACT = "record_circumstances"


def filed(cast, **more):
    return making.filed_case(cast, signed_on=making.ago(20), **more)


def found(cast, case, **values):
    return circumstances.record_circumstances(
        by=cast.handler, case=case, happened_on=making.ago(5), found=Found(**values)
    )


def codes_of(case):
    return {each.code for each in findings_of(case)}


def enter(client, case, *earlier, **values):
    return post(client, case, ACT, happened_on=making.ago(5).isoformat(), **rows("rows", *earlier), **values)


def test_what_is_answered_is_known_and_the_rest_stays_unknown(cast, sign_in):
    case = filed(cast)
    answer = enter(sign_in(cast.handler), case, mine_scale="medium", right_exists="yes", refused_correct="no")
    assert answer.status_code == 302
    facts = facts_of(case)
    assert (facts.mine_scale, facts.right_exists, facts.refused_correct) == ("中型", True, False)
    assert (facts.eco_damage, facts.destructive, facts.unpunished) == (None, None, None)
    assert last_entry(case).changes["情节"] == [
        [],
        ["矿山规模：中型", "矿业权仍存续：是", "拒不停止或者拒不改正：否"],
    ]


def test_damage_to_nature_must_be_referred_whatever_the_value(cast):
    """法释〔2016〕25号第三条第一款第（四）项"""
    case = making.mined(cast, filed(cast), value="20000")
    assert "MUST_REFER" not in codes_of(case)
    case = found(cast, case, eco_damage=True)
    assert "MUST_REFER" in codes_of(case)
    assert "must_refer" in case.flags


def test_earlier_acts_that_nobody_punished_are_added_up(cast, sign_in):
    """法释〔2016〕25号第八条"""
    case = making.mined(cast, filed(cast), value="60000")
    case = investigation.amend_case(by=cast.handler, case=case, act_ended_on=making.ago(40))
    assert "MUST_REFER" not in codes_of(case)
    row = {"acted_on": making.ago(200).isoformat(), "value": "4.5万元"}
    assert enter(sign_in(cast.handler), case, row).status_code == 302
    facts = facts_of(case)
    assert facts.unpunished == (Earlier(making.ago(200), Decimal(45000)),)
    said = [f"未经处理的行为：{making.ago(200)}，矿产品价值45,000元"]
    assert last_entry(case).changes["情节"][1] == said
    assert "MUST_REFER" in codes_of(case)


def test_earlier_land_is_added_up_as_destroyed(cast):
    """法释〔2000〕14号第九条"""
    case = filed(cast)
    case.violations.update(code="T21", side="land")
    case = making.occupied(cast, case, area="6", destroyed=True)
    earlier = ({"acted_on": making.ago(100), "land_class": "arable", "area": Decimal(6)},)
    assert "MUST_REFER" not in codes_of(case)
    case = found(cast, case, earlier=earlier)
    (act,) = facts_of(case).unpunished
    assert act.land == (Land("耕地（非永久基本农田）", Decimal(4000), destroyed=True),)
    assert "MUST_REFER" in codes_of(case)


def test_looked_for_and_none_is_known_to_be_none(cast):
    case = found(cast, filed(cast), unpunished=False)
    assert facts_of(case).unpunished == ()


def test_a_plan_not_followed_is_no_destructive_method_once_that_was_found(cast):
    """法释〔2016〕25号第六条、第十四条"""
    case = filed(cast)
    case.violations.update(code="K32")
    case = making.mined(cast, case, destroyed_value=Decimal(600000))
    assert "MUST_REFER" in codes_of(case)
    case = found(cast, case, destructive=False)
    assert not codes_of(case) & {"MUST_REFER", "SUSPECT_REFERRAL"}


def test_a_new_round_takes_the_place_and_a_withdrawn_one_gives_it_back(cast, sign_in):
    case = found(cast, filed(cast), refused_correct=True, eco_damage=True)
    case = found(cast, case, refused_correct=False)
    assert (facts_of(case).refused_correct, facts_of(case).eco_damage) == (False, None)
    post(sign_in(cast.handler), case, "withdraw_finding", side="circumstances", reason="认定有误")
    assert (facts_of(case).refused_correct, facts_of(case).eco_damage) == (True, True)
    assert last_entry(case).changes["情节"] == [
        ["拒不停止或者拒不改正：否"],
        ["拒不停止或者拒不改正：是", "造成生态环境严重损害：是"],
    ]
    assert Circumstances.objects.count() == 2


def test_what_was_found_later_was_not_known_before(cast):
    case = found(cast, filed(cast), eco_damage=True)
    assert facts_of(case, making.ago(6)).eco_damage is None
    assert facts_of(case, making.ago(5)).eco_damage is True


def test_a_new_round_begins_with_what_holds(cast, sign_in):
    earlier = ({"acted_on": making.ago(100), "value": Decimal("45000.50")},)
    case = found(cast, filed(cast), mine_scale="small", right_exists=False, earlier=earlier)
    form = sign_in(cast.handler).get(at(case, ACT)).context["form"]
    assert (form["mine_scale"].value(), form["right_exists"].value()) == ("small", "no")
    assert [row["value"].value() for row in form.rows] == ["45000.5"]


def test_of_land_alone_nothing_of_mining_is_asked(cast, sign_in):
    case = filed(cast)
    case.violations.update(code="T21", side="land")
    form = sign_in(cast.handler).get(at(case, ACT)).context["form"]
    assert not {"mine_scale", "right_exists", "destructive", "eco_damage"} & set(form.fields)
    assert set(form.rows[0].fields) == {"acted_on", "land_class", "area"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "至少填写一项"),
        ({"unpunished": True}, "逐次填写"),
        ({"unpunished": False, "earlier": ({"acted_on": making.ago(9), "value": Decimal(1)},)}, "不能又选"),
        ({"earlier": ({"acted_on": making.ago(9)},)}, "矿产品价值"),
        ({"earlier": ({"acted_on": making.ago(-1), "value": Decimal(1)},)}, "不能晚于今天"),
    ],
)
def test_what_says_nothing_or_contradicts_itself_is_refused(cast, values, said):
    with pytest.raises(Refused, match=said):
        found(cast, filed(cast), **values)


def test_the_page_shows_what_holds(cast, sign_in):
    case = found(cast, filed(cast), mine_scale="large", life_health=True)
    page = sign_in(cast.handler).get(case.get_absolute_url()).content.decode()
    assert "矿山规模" in page
    assert "危害生命健康安全且有危害后果" in page


def test_the_form_shows_what_the_look_on_the_ground_said(cast, sign_in):
    page = sign_in(cast.handler).get(at(filed(cast), ACT)).content.decode()
    assert "线索核查" in page
    assert "现场有采坑一处" in page


def test_who_approves_and_the_police_see_them_too(cast, sign_in):
    case = making.mined(cast, found(cast, filed(cast), eco_damage=True), value="200000")
    sent = making.sent_referral(cast, case=case)
    for client, address in (
        (sign_in(cast.handler), at(case, "brief")),
        (sign_in(cast.police), sent.get_absolute_url()),
    ):
        assert "造成生态环境严重损害" in client.get(address).content.decode()


def test_only_handlers(cast, sign_in):
    assert_only(cast, sign_in, filed(cast), ACT, "handler")
