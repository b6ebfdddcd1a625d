"""呈批处罚决定: items in rows; what each kind needs."""

from decimal import Decimal

import pytest

from cases.models import Decision, PenaltyItem
from cases.services import deciding, investigation
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post, rows


@pytest.fixture
def case(cast):
    """A case under investigation, 820 tonnes of coal found."""
    return making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))


def test_items_in_the_laws_own_shape(cast, case):
    party = case.parties.get().party
    case = making.proposed_decision(cast, case, orders=["restore_land"])
    one = Decision.objects.get()
    fine, minerals = one.items.all()
    assert (case.state, one.state) == ("decision", "proposed")
    assert (fine.amount, fine.party, fine.side) == (Decimal(84000), party, "mining")
    assert (minerals.tonnes, minerals.side) == (Decimal(820), "mining")
    assert one.order_labels == ["恢复土地原状"]


def test_through_the_page_with_rows(cast, sign_in, case):
    response = post(
        sign_in(cast.handler),
        case,
        "propose_decision",
        basis="矿产资源法第六十四条",
        orders=["stop"],
        **rows(
            "items",
            {"kind": "fine", "amount": "8.4万元", "violation": case.violations.get().pk},
            {"kind": "confiscate_minerals", "tonnes": "820"},
            {"kind": "confiscate_tools", "text": "挖掘机1台"},
            {"kind": ""},
        ),
    )
    assert response.status_code == 302
    assert [(i.kind, i.amount, i.tonnes, i.text) for i in PenaltyItem.objects.all()] == [
        ("fine", Decimal("84000.00"), None, ""),
        ("confiscate_minerals", None, Decimal("820.0000"), ""),
        ("confiscate_tools", None, None, "挖掘机1台"),
    ]


def test_a_row_without_its_figure_is_said_at_the_row(cast, sign_in, case):
    response = post(
        sign_in(cast.handler), case, "propose_decision", **rows("items", {"kind": "fine", "text": "x"})
    )
    assert response.status_code == 422
    assert "金额" in response.context["form"].rows[0].errors["amount"][0]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"kind": "fine", "side": "mining"}, "金额"),
        ({"kind": "fine", "side": "mining", "amount": Decimal(0)}, "大于零"),
        ({"kind": "confiscate_minerals"}, "吨数"),
        ({"kind": "confiscate_tools", "text": " "}, "物品名称"),
        ({"kind": "demolish"}, "面积"),
    ],
)
def test_what_a_kind_needs(cast, case, item, sentence):
    with pytest.raises(Refused, match=sentence):
        making.proposed_decision(cast, case, items=[item, making.MINERALS])


def test_where_land_and_mining_meet_the_side_must_be_said(cast, case):
    case = investigation.amend_case(by=cast.handler, case=case, violations=["K21", "T21"])
    fine = {"kind": "fine", "amount": Decimal(1000)}
    with pytest.raises(Refused, match="占地方面还是采矿方面"):
        making.proposed_decision(cast, case, items=[fine, making.MINERALS])
    land = case.violations.get(code="T21")
    making.proposed_decision(cast, case, items=[{**fine, "violation": land}, making.MINERALS])
    assert PenaltyItem.objects.get(kind="fine").side == "land"


def test_a_party_of_another_case_cannot_be_fined(cast, case):
    other = making.filed_case(
        cast, clue=making.verified_clue(cast, parties=[making.suspect("李四", making.OTHER_ID)])
    )
    stranger = other.parties.get().party
    with pytest.raises(Refused, match="不是本案当事人"):
        making.proposed_decision(cast, case, items=[{**making.FINE, "party": stranger}])


def test_what_must_be_there_first(cast):
    case = making.filed_case(cast, second_handler=None)
    with pytest.raises(Refused, match="两名承办人、占地面积或开采数量的认定") as refusal:
        making.proposed_decision(cast, case)
    assert dict(refusal.value.missing)["两名承办人"] == "handlers"


def test_not_while_another_waits(cast, case):
    case = making.proposed_decision(cast, case)
    with pytest.raises(Refused, match="决定待批"):
        making.proposed_decision(cast, case)


def test_a_second_decision_for_another_party_may_follow(cast, case):
    case = making.decided_case(cast, case)
    case = making.proposed_decision(cast, case, items=[{"kind": "warning", "side": "mining"}])
    assert case.state == "decision"
    case = deciding.return_decision(by=cast.deputy, case=case, opinion="不妥")
    assert case.state == "execution"


def test_the_trail_says_so(cast, case):
    entry = last_entry(making.proposed_decision(cast, case))
    assert entry.act == "propose_decision"
    assert entry.changes["处罚项"][1] == ["罚款 84,000元", "没收违法采出的矿产品 820吨"]


def test_only_handlers(cast, sign_in, case):
    assert_only(cast, sign_in, case, "propose_decision", "handler")
