"""记录没收拆除执行, 撤回执行登记: an item carried out on a day, with a note and its paper."""

import pytest

from cases.models import CarryingOut
from cases.services import carrying_out
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import assert_only, last_entry, post


def handed_over(cast, case, **more):
    """820 tonnes handed over two days ago."""
    item = case.decisions.get().items.get(kind="confiscate_minerals")
    values = {"item": item, "happened_on": making.ago(2), "note": "移交县财政局", **more}
    return carrying_out.carry_out_item(by=cast.handler, case=case, **values)


def test_it_stands_with_its_day_note_and_paper(cast, sign_in):
    case = handed_over(cast, making.decided_case(cast), files=[making.scan("移交书.pdf")])
    entry = last_entry(case)
    assert (entry.happened_on, entry.reason) == (making.ago(2), "移交县财政局")
    assert entry.changes["没收违法采出的矿产品 820吨"] == ["", "已执行"]
    assert case.files.get(kind="执行材料").file.name == "移交书.pdf"
    page = sign_in(cast.handler).get(case.get_absolute_url())
    assert page.context["decisions"][0]["done"][0]["note"] == "移交县财政局"


def test_the_flag_at_closing_goes_and_comes_back(cast):
    case = making.decided_case(cast)
    case.state = "closed"
    case.save()
    case = handed_over(cast, case)
    assert "not_carried_out" not in case.flags
    case = carrying_out.withdraw_carrying_out(
        by=cast.handler, case=case, carried_out=CarryingOut.objects.get(), reason="录错案件"
    )
    assert "not_carried_out" in case.flags
    assert CarryingOut.objects.get().withdrawn_reason == "录错案件"


@pytest.mark.parametrize(
    ("change", "sentence"), [({"note": " "}, "执行情况"), ({"happened_on": making.ago(-1)}, "不能晚于今天")]
)
def test_what_it_needs(cast, change, sentence):
    with pytest.raises(Refused, match=sentence):
        handed_over(cast, making.decided_case(cast), **change)


def test_money_is_not_carried_out_here(cast):
    case = making.decided_case(cast)
    with pytest.raises(Refused, match="不在这里登记"):
        handed_over(cast, case, item=case.decisions.get().items.get(kind="fine"))


def test_an_item_of_another_case_is_refused(cast):
    other = making.decided_case(cast).decisions.get().items.get(kind="confiscate_minerals")
    with pytest.raises(Refused, match="不属于本案"):
        handed_over(cast, making.decided_case(cast), item=other)


def test_without_such_an_item_there_is_nothing_to_record(cast, sign_in):
    case = making.occupied(cast, making.filed_case(cast, signed_on=making.ago(20)))
    case = making.decided_case(cast, case, items=[{**making.FINE, "side": "land"}])
    page = sign_in(cast.handler).get(case.get_absolute_url())
    assert "carry_out_item" not in page.context["edits"]


def test_through_the_pages(cast, sign_in):
    case = making.decided_case(cast)
    client = sign_in(cast.handler)
    item = case.decisions.get().items.get(kind="confiscate_minerals")
    post(client, case, "carry_out_item", item=item.pk, happened_on=making.ago(1).isoformat(), note="已移交")
    one = CarryingOut.objects.get()
    post(client, case, "withdraw_carrying_out", carried_out=one.pk, reason="录错")
    one.refresh_from_db()
    assert (one.note, one.withdrawn_reason) == ("已移交", "录错")


def test_only_handlers(cast, sign_in):
    case = handed_over(cast, making.decided_case(cast))
    assert_only(cast, sign_in, case, "carry_out_item", "handler")
    assert_only(cast, sign_in, case, "withdraw_carrying_out", "handler")
