"""线下签批: the leader signs the 呈批表, the handler types it; signer, day and typist are three."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Approval, SignedPaper, local_today
from accounts.services.signing import Signature
from cases.services import filing
from common.errors import Refused
from tests.cases import making
from tests.cases.pages import at, last_entry, open_clocks, post


def approve(cast, case, **more):
    values = {"signer": cast.deputy, "signed_on": making.ago(5), "scan": making.scan(), **more}
    return filing.approve_filing(by=cast.handler, case=case, signature=Signature(**values))


def test_signer_day_and_typist_are_three(cast):
    case = approve(cast, making.proposed_case(cast))
    one = Approval.objects.get(subject_kind="cases.case")
    assert (one.signer, one.signed_on, one.typed_by) == (cast.deputy, making.ago(5), cast.handler)
    assert one.on_paper
    assert (case.filed_on, case.state) == (making.ago(5), "investigation")


def test_the_clock_counts_from_the_day_of_signing(cast):
    clock = open_clocks(approve(cast, making.proposed_case(cast)))["decide"]
    assert clock.counted_from == making.ago(5)


def test_the_scan_lies_in_the_file_and_never_in_a_package(cast):
    case = approve(cast, making.proposed_case(cast))
    paper = case.files.get(kind="立案呈批表（签批）")
    assert not paper.for_police


def test_the_trail_names_the_signer(cast):
    entry = last_entry(approve(cast, making.proposed_case(cast)))
    assert entry.actor == cast.handler
    assert entry.changes["签批人"] == ["", "陈副局"]
    assert entry.happened_on == making.ago(5)


def test_one_sheet_may_carry_several_approvals(cast):
    first = approve(cast, making.proposed_case(cast))
    signed_paper = Approval.objects.get(subject_id=first.pk, subject_kind="cases.case").signed_paper
    second = approve(cast, making.proposed_case(cast), scan=None, signed_paper=signed_paper, signed_on=None)
    assert second.filed_on == making.ago(5)
    assert signed_paper.approvals.count() == 2


def through_the_page(cast, sign_in, case, **typed):
    """The handler types what a leader signed."""
    return post(sign_in(cast.handler), case, "approve_filing", **typed)


def test_a_sheet_uploaded_before_is_chosen_on_the_page(cast, sign_in):
    first, second = (making.proposed_case(cast) for _ in "12")
    day = making.ago(3)
    answer = through_the_page(
        cast, sign_in, first, signer=cast.deputy.pk, signed_on=day.isoformat(), scan=making.scan()
    )
    assert answer.status_code == 302
    signed_paper = SignedPaper.objects.get()
    page = sign_in(cast.handler).get(at(second, "approve_filing")).content.decode()
    assert f"{day}签批，" in page
    answer = through_the_page(cast, sign_in, second, signer=cast.deputy.pk, signed_paper=signed_paper.pk)
    assert answer.status_code == 302
    second.refresh_from_db()
    assert (second.filed_on, signed_paper.approvals.count()) == (day, 2)
    assert second.files.get(kind="立案呈批表（签批）").file == signed_paper.scan


def test_a_scan_and_a_sheet_are_not_sent_together(cast, sign_in):
    approve(cast, making.proposed_case(cast))
    answer = through_the_page(
        cast,
        sign_in,
        making.proposed_case(cast),
        signer=cast.deputy.pk,
        scan=making.scan(),
        signed_paper=SignedPaper.objects.get().pk,
    )
    assert answer.status_code == 422
    assert "只选一样" in answer.content.decode()


@pytest.mark.parametrize("change", ["agency", "recorded_at"])
def test_only_this_offices_sheets_of_the_last_days_are_offered(cast, sign_in, change):
    approve(cast, making.proposed_case(cast))
    values = {"agency": cast.neighbour, "recorded_at": timezone.now() - timedelta(days=31)}
    SignedPaper.objects.update(**{change: values[change]})
    signed_paper = SignedPaper.objects.get()
    case = making.proposed_case(cast)
    answer = through_the_page(cast, sign_in, case, signer=cast.deputy.pk, signed_paper=signed_paper.pk)
    assert answer.status_code == 422
    assert "signed_paper" in answer.context["form"].errors
    if change == "agency":
        with pytest.raises(Refused, match="不是本单位的"):
            approve(cast, case, scan=None, signed_paper=signed_paper)


def test_a_leader_disabled_since_can_be_entered_for_what_was_signed_before(cast, sign_in):
    case = making.proposed_case(cast)
    cast.deputy.is_active = False
    cast.deputy.save()
    typed = {"signer": cast.deputy.pk, "signed_on": making.ago(2).isoformat()}
    answer = through_the_page(cast, sign_in, case, scan=making.scan(), **typed)
    assert answer.status_code == 302
    assert Approval.objects.get(subject_kind="cases.case").signer == cast.deputy


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"scan": None}, "扫描件"),
        ({"signed_on": None}, "签批日期"),
        ({"signed_on": making.ago(-1)}, "不能晚于今天"),
    ],
)
def test_paper_needs_day_and_scan(cast, change, sentence):
    case = making.proposed_case(cast)
    with pytest.raises(Refused, match=sentence):
        approve(cast, case, **change)
    case.refresh_from_db()
    assert case.state == "proposed"


def test_the_signer_must_hold_the_post_on_that_day(cast):
    case = making.proposed_case(cast)
    with pytest.raises(Refused, match="不能签批"):
        approve(cast, case, signer=cast.brigade_head)
    cast.deputy.postings.update(until=making.ago(10))
    with pytest.raises(Refused, match="不能签批"):
        approve(cast, case)


def test_the_typist_must_fill_in_the_paper_part(cast, sign_in):
    case = making.proposed_case(cast)
    response = post(sign_in(cast.handler), case, "approve_filing", opinion="同意")
    assert response.status_code == 422
    assert set(response.context["form"].errors) >= {"signer", "signed_on", "scan"}


def test_through_the_page(cast, sign_in):
    case = making.proposed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "approve_filing",
        signer=cast.deputy.pk,
        signed_on=making.ago(2).isoformat(),
        scan=making.scan(),
        number="交自然资立字〔2026〕88号",
    )
    case.refresh_from_db()
    assert (response.status_code, case.number) == (302, "交自然资立字〔2026〕88号")


def test_the_sheet_to_print_has_typed_data_and_no_informant(cast, sign_in):
    clue = making.verified_clue(cast, informant=making.informant("钱举报", "13812345678"))
    case = making.proposed_case(cast, clue)
    page = sign_in(cast.handler).get(f"/cases/{case.public_id}/approval-form/filing/").content.decode()
    assert "立案呈批表" in page
    assert "张三丰" in page
    assert "1411**********0012" in page
    assert "钱举报" not in page
    assert "13812345678" not in page
    assert making.PERSON_ID not in page


def test_the_day_of_the_paper_gives_the_year_of_the_number(cast):
    case = approve(cast, making.proposed_case(cast), signed_on=making.date(2025, 12, 30))
    assert "〔2025〕1号" in case.number
    assert case.filed_on < local_today()


def test_a_stranger_does_not_find_the_sheet(cast, sign_in):
    case = making.proposed_case(cast)
    address = at(case, "detail") + "approval-form/filing/"
    assert sign_in(cast.neighbour_chief).get(address).status_code == 404
    assert sign_in(cast.police).get(address).status_code == 404
