"""呈批移送 and 呈批结案 begin with what the case knows already."""

from decimal import Decimal

import pytest

from accounts.models import local_today
from cases.services import carrying_out
from tests.cases import making
from tests.cases.pages import at, post, rows


def begins(client, case, act: str) -> dict:
    """The values in the fields of a form that nobody has filled yet."""
    form = client.get(at(case, act)).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_a_referral_reports_the_facts_and_the_threshold_reached(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), value="200000")
    said = begins(sign_in(cast.handler), case, "propose_referral")
    assert said["crime"] == "非法采矿罪"
    assert said["report"].startswith(case.facts)
    assert "矿产品价值200,000元，达到" in said["report"]


def test_of_land_alone_the_crime_is_that_of_land(cast, sign_in):
    case = making.filed_case(cast, violations=["T21"])
    assert begins(sign_in(cast.handler), case, "propose_referral")["crime"] == "非法占用农用地罪"


def test_a_closing_says_what_was_decided_paid_and_carried_out(cast, sign_in):
    case = making.decided_case(cast)
    number = case.decisions.get().number
    said = begins(sign_in(cast.handler), case, "propose_closing")["text"]
    assert f"作出处罚决定{number}：罚款 84,000元；没收违法采出的矿产品 820吨。" in said
    assert "还有84,000元没有缴清。" in said
    case = making.paid(cast, case)
    assert "罚没款已缴清。" in begins(sign_in(cast.handler), case, "propose_closing")["text"]


def test_what_was_sent_back_goes_before_it(cast, sign_in):
    case = making.closing_case(cast)
    client = sign_in(cast.deputy)
    client.post(at(case, "approve_closing"), {"answer": "return_closing", "opinion": "补回证"})
    assert begins(sign_in(cast.handler), case, "propose_closing")["text"] == "罚款已缴清"


def test_what_is_left_over_is_said_before_the_closing_is_proposed(cast, sign_in):
    case = making.paid(cast, making.decided_case(cast))
    (warning,) = sign_in(cast.handler).get(at(case, "propose_closing")).context["warnings"]
    assert warning["text"].endswith("没收违法采出的矿产品 820吨。")
    assert warning["url"] == at(case, "carry_out_item")


@pytest.mark.parametrize(
    ("act", "field"),
    [
        ("record_mineral_finding", "happened_on"),
        ("record_land_finding", "happened_on"),
        ("record_service", "served_on"),
        ("record_payment", "paid_on"),
        ("carry_out_item", "happened_on"),
        ("check_shutdown", "happened_on"),
        ("check_restoration", "happened_on"),
    ],
)
def test_what_is_typically_entered_on_its_day_begins_with_today(cast, sign_in, act, field):
    assert begins(sign_in(cast.handler), making.decided_case(cast), act)[field] == local_today()


def test_a_payment_begins_with_what_is_owed_of_an_item_that_is_not_paid(cast, sign_in):
    items = ({**making.FINE, "amount": Decimal(120000)}, making.MINERALS, making.INCOME)
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)), income="60000")
    case = making.paid(cast, making.decided_case(cast, case, items=items), "50000")
    form = sign_in(cast.handler).get(at(case, "record_payment")).context["form"]
    assert form["amount"].value() == "70,000"
    drawn = str(form["item"])
    assert "还没有缴 70,000元" in drawn and 'data-fill="70,000"' in drawn and 'data-fill="60,000"' in drawn
    case = making.paid(cast, case, "70000")
    form = sign_in(cast.handler).get(at(case, "record_payment")).context["form"]
    assert form["amount"].value() == "60,000"
    assert str(form["item"]).index("没收违法所得") < str(form["item"]).index("，已缴清")
    day = local_today().isoformat()
    values = {"item": case.decisions.get().items.get(kind="confiscate_income").pk, "paid_on": day}
    assert post(sign_in(cast.handler), case, "record_payment", **values, amount="60,000").status_code == 302


def test_handing_over_begins_with_what_is_not_handed_over(cast, sign_in):
    tools = {"kind": "confiscate_tools", "text": "挖掘机1台"}
    case = making.decided_case(cast, items=(making.MINERALS, tools))
    first = case.decisions.get().items.get(kind="confiscate_minerals")
    values = {"item": first, "happened_on": making.ago(1), "note": "移交县财政局"}
    carrying_out.carry_out_item(by=cast.handler, case=case, **values)
    drawn = str(sign_in(cast.handler).get(at(case, "carry_out_item")).context["form"]["item"])
    assert drawn.index("挖掘机1台") < drawn.index("没收违法采出的矿产品")


def test_a_new_penalty_takes_over_the_only_party_and_violation(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    client = sign_in(cast.handler)
    row = client.get(at(case, "propose_decision")).context["form"].rows.empty_form
    party, violation = case.parties.get().party_id, case.violations.get().pk
    assert (row["party"].value(), row["violation"].value()) == (party, violation)
    minerals = {"kind": "confiscate_minerals", "tonnes": "820", "party": party, "violation": violation}
    untouched = {"kind": "", "party": party, "violation": violation}
    sent = rows("items", minerals, untouched, {"kind": ""})
    assert post(client, case, "propose_decision", **sent).status_code == 302
    assert case.decisions.get().items.get().kind == "confiscate_minerals"


def test_of_several_none_is_taken_over(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, violations=["K21", "T21"]))
    form = sign_in(cast.handler).get(at(case, "propose_decision")).context["form"]
    assert not form.rows.empty_form["violation"].value()


def test_a_proposal_folds_what_need_not_be_filled(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    client = sign_in(cast.handler)
    upfront, _, folded = client.get(at(case, "propose_decision")).content.decode().partition("act__more")
    assert 'name="basis"' in upfront
    for name in ("orders", "mitigation", "opt_out_minerals", "scan"):
        assert f'name="{name}"' not in upfront and f'name="{name}"' in folded, name
    # Once it was refused for want of a reason, the reason stands in sight.
    refused = post(client, case, "propose_decision", **rows("items", {"kind": "warning", "side": "mining"}))
    assert refused.status_code == 409
    assert 'name="opt_out_minerals"' in refused.content.decode().partition("act__more")[0]


def test_a_quantity_asks_for_tonnes_first_and_folds_the_rest(cast, sign_in):
    client, case = sign_in(cast.handler), making.filed_case(cast)
    page = client.get(at(case, "record_mineral_finding")).content.decode()
    upfront, _, folded = page.partition("row-set__more")
    assert 'name="rows-0-tonnes"' in upfront and 'name="rows-0-illegal_income"' in upfront
    assert 'name="rows-0-volume"' not in upfront and 'name="rows-0-volume"' in folded
    wrong = post(client, case, "record_mineral_finding", **rows("rows", {"mineral": "煤", "volume": "12"}))
    upfront = wrong.content.decode().partition("row-set__more")[0]
    assert 'name="rows-0-volume"' in upfront and 'name="rows-0-density"' in upfront


def test_the_day_that_chooses_the_law_is_one_press_away(cast, sign_in):
    case = making.mined(cast, making.filed_case(cast, signed_on=making.ago(20)))
    client = sign_in(cast.handler)
    warnings = client.get(at(case, "propose_decision")).context["warnings"]
    (url,) = [warning["url"] for warning in warnings if "违法行为终了日期" in warning["text"]]
    assert url == f"{at(case, 'amend_case')}#field-act_ended_on"
    page = client.get(at(case, "amend_case")).content.decode().partition("act__more")[0]
    assert 'id="field-act_ended_on"' in page
