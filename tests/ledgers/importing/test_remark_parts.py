"""备注 of an exported ledger comes back without what the system composed (rule 11)."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from cases.models import Referral
from ledgers.services.drawing import draw
from ledgers.services.entries import amend_entry
from ledgers.services.remark_parts import own_words, without_late
from tests.ledgers import acting, build
from tests.ledgers.importing.conftest import ROW

SENT = "2021-07-01移送交城县公安局"


@pytest.mark.parametrize(
    "part",
    [
        "迟录补报", "结转", "由文水县移入", "文水县自然资源局协办", SENT, f"{SENT}，已立案",
        f"{SENT}，不予立案", "2021-03-01交自然资罚字〔2021〕1号 罚款 300,000元未计入",
    ],
)  # fmt: skip
def test_what_the_system_composes_is_recognised_and_what_is_typed_stays(part):
    assert own_words(part, "") == ""
    assert own_words(f"{part}；已责令停止", "") == "已责令停止"
    assert own_words(f"已责令停止；{part}", "已责令停止") == "已责令停止"
    assert own_words(part, part) == part


@pytest.mark.parametrize("typed", ["见卷宗", "已移送公安", "结转上期", "联合协办此案", "移送"])
def test_what_an_office_writes_is_its_own(typed):
    assert own_words(typed, "") == typed
    assert own_words(f"{typed}；迟录补报", typed) == typed


def test_late_is_taken_out_alone():
    assert without_late("a；迟录补报；b") == "a；b"
    assert (without_late("迟录补报"), without_late(None)) == ("", "")


@pytest.fixture
def exported(tmp_path, campaign):
    """`exported(*options)` writes the county's ledger as a workbook."""

    def written(*options):
        path = tmp_path / f"export-{len(list(tmp_path.iterdir()))}.xlsx"
        call_command(
            "export_ledger",
            "--campaign",
            campaign.code,
            "--agency",
            "141122-zrzy",
            "--out",
            str(path),
            *options,
            "--json",
        )
        return path

    return written


def remarks(campaign) -> list:
    return [row.remark for row in draw(campaign)]


def test_a_row_that_was_late_once_is_not_late_for_ever(
    bring, workbook, exported, campaign, cast, ledger, counts, capsys
):
    bring(workbook([ROW]))
    acting.submit(cast, ledger, as_of="2021-06-15")
    bring(workbook([ROW | {"party": "迟到的", "remark": "手写"}]))
    made = acting.submit(cast, ledger, as_of="2021-06-30")
    assert made.rows.get(position=2).values["remark"] == "手写；迟录补报"
    path = exported("--submission", made.public_id)
    assert counts(bring(path)) == (0, 0, 2)
    assert remarks(campaign) == ["", "手写"]
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["rows"] == 2


def test_a_new_row_is_not_born_late(bring, workbook, campaign):
    bring(workbook([ROW | {"remark": "手写；迟录补报"}]))
    assert remarks(campaign) == ["手写"]


def test_an_export_from_before_an_answer_leaves_no_second_remark(
    bring, workbook, exported, campaign, cast, counts
):
    bring(workbook([ROW | {"remark": "原备注"}]))
    case = campaign.entries.get().links.get().case
    sent = build.referral(cast, case, on="2021-07-01")
    path = exported()
    Referral.objects.filter(pk=sent.pk).update(state="police_filed", answered_on=date(2021, 7, 5))
    assert counts(bring(path)) == (0, 0, 1)
    assert remarks(campaign) == [f"原备注；{SENT}，已立案"]


def test_an_export_of_a_typed_remark_comes_back_as_it_is(
    bring, workbook, exported, campaign, cast, fresh, counts, ledger
):
    bring(workbook([ROW]))
    acting.submit(cast, ledger, as_of="2021-06-15")
    bring(workbook([ROW | {"party": "迟到的"}]))
    for entry in campaign.entries.all():
        amend_entry(
            by=fresh(cast.liaison),
            entry=entry,
            party=entry.party,
            place=entry.place,
            mineral=entry.mineral,
            remark=SENT,
        )
    batch = bring(exported())
    assert (counts(batch), batch.report["warnings"]) == ((0, 0, 2), [])
    assert remarks(campaign) == [SENT, SENT]
