"""What completes the facts lands on 呈批; while something else comes first, on the case's own page."""

from tests.cases import making
from tests.cases.pages import at, post, rows

DAY = making.ago(1).isoformat()


def measured(client, case, **figures):
    """Where 认定开采数量 leads."""
    row = {"mineral": "煤", "tonnes": "82", "value": "20000", **figures}
    return post(client, case, "record_mineral_finding", happened_on=DAY, **rows("rows", row)).url


def shut_down(client, case):
    """Where 验收取缔 leads."""
    return post(client, case, "check_shutdown", happened_on=DAY, complete="yes", finding="已封堵").url


def carried_out(client, case):
    """Where 记录没收拆除执行 leads."""
    item = case.decisions.get().items.get(kind="confiscate_minerals")
    return post(client, case, "carry_out_item", item=item.pk, happened_on=DAY, note="移交县财政局").url


def test_the_last_finding_leads_to_the_decision_and_its_page_says_what_was_saved(cast, sign_in):
    client, case = sign_in(cast.handler), making.filed_case(cast)
    url = measured(client, case)
    assert url == at(case, "propose_decision")
    assert "已认定开采数量" in client.get(url).content.decode()


def test_what_must_be_referred_leads_to_the_referral(cast, sign_in):
    case = making.filed_case(cast)
    assert measured(sign_in(cast.handler), case, value="200000") == at(case, "propose_referral")


def test_a_case_of_both_sides_waits_for_both_findings(cast, sign_in):
    client = sign_in(cast.handler)
    case = making.filed_case(cast, violations=["K21", "T11"])
    assert {violation.side for violation in case.violations.all()} == {"mining", "land"}
    assert measured(client, case) == case.get_absolute_url()
    area = rows("rows", {"land_class": "arable", "area": "2.5"})
    url = post(client, case, "record_land_finding", happened_on=DAY, **area).url
    assert url == at(case, "propose_decision")


def test_what_is_left_to_carry_out_comes_before_the_closing(cast, sign_in):
    client, case = sign_in(cast.handler), making.decided_case(cast)
    one = case.decisions.get()
    making.served(cast, case)
    assert shut_down(client, case) == case.get_absolute_url(), "the fine is not paid"
    fine = one.items.get(kind="fine")
    url = post(client, case, "record_payment", item=fine.pk, paid_on=DAY, amount=str(fine.amount)).url
    assert url == case.get_absolute_url(), "the ore is not handed over"
    assert carried_out(client, case) == at(case, "propose_closing")


def test_what_was_handed_over_leads_to_the_check_on_the_ground(cast, sign_in):
    case = making.paid(cast, making.decided_case(cast))
    making.served(cast, case)
    assert carried_out(sign_in(cast.handler), case) == at(case, "check_shutdown")


def test_the_last_check_leads_to_the_closing_but_not_whoever_cannot_propose_it(cast, sign_in):
    case = making.paid(cast, making.decided_case(cast))
    assert shut_down(sign_in(cast.brigade_head), case) == case.get_absolute_url()
