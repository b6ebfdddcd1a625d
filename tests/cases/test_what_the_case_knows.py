"""呈批移送 and 呈批结案 begin with what the case knows already."""

from tests.cases import making
from tests.cases.pages import at


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
