"""`import_ledger` and its neighbours on the command line: keys, exit codes, sentences."""

import io

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import CampaignMember
from ledgers.models import ImportBatch, LedgerEntry
from tests.ledgers.importing.conftest import BLANK, MAY_15, ROW

KEYS = {"created", "updated", "unchanged", "skipped_totals", "warnings", "rejected"}
KEYS |= {"lines", "skipped", "questions"}
BAD = ROW | {"party": "b", "land_area": "约三亩"}


def counts(report):
    return tuple(report[key] for key in ("created", "updated", "unchanged", "skipped_totals"))


def test_the_report_has_its_keys_and_each_fault_its_five(run, workbook):
    report = run(workbook([ROW, BAD]))
    assert set(report) == KEYS
    assert counts(report) == (1, 0, 0, 0)
    assert report["rejected"] == [
        {
            "sheet": "Sheet",
            "row": 6,
            "column": "F",
            "value": "约三亩",
            "reason": report["rejected"][0]["reason"],
        }
    ]


def test_a_dry_run_writes_nothing_and_says_the_same(run):
    dry = run(MAY_15, "--dry-run")
    assert not LedgerEntry.objects.exists() and not ImportBatch.objects.exists()
    assert run(MAY_15) == dry


@pytest.mark.parametrize("rows", [[ROW], [ROW, BAD]])
def test_a_dry_run_of_all_or_none_says_what_the_run_says(run, workbook, rows):
    path = workbook(rows)
    dry = run(path, "--dry-run", "--all-or-none")
    assert set(dry) == KEYS
    assert counts(dry) == (0 if BAD in rows else 1, 0, 0, 0)
    assert run(path, "--all-or-none") == dry
    assert LedgerEntry.objects.count() == dry["created"]


def test_an_empty_form_is_read(run):
    assert counts(run(BLANK))[:3] == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.xlsx", b"no workbook", "不是 Excel 工作簿"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "。"),
    ],
)
def test_no_ledger_is_exit_code_2_with_a_sentence(campaign, tmp_path, name, body, sentence):
    path, said = tmp_path / name, io.StringIO()
    path.write_bytes(body)
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "import_ledger",
            str(path),
            "--campaign",
            "empty",
            "--agency",
            "141122-zrzy",
            "--json",
            stderr=said,
        )
    assert stopped.value.code == 2
    assert sentence in said.getvalue() and said.getvalue().strip().endswith("。")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("options", [{"code": "none"}, {"agency": "none"}, {"agency": "140929-zrzy"}])
def test_an_unknown_campaign_or_agency_is_exit_code_2(run, options):
    with pytest.raises(SystemExit) as stopped:
        run(MAY_15, **options)
    assert stopped.value.code == 2


def test_export_says_so_where_the_regions_own_office_takes_no_part(campaign, cast, tmp_path):
    CampaignMember.objects.filter(campaign=campaign, agency=cast.prefecture_office).delete()
    with pytest.raises(CommandError, match="请用 --agency 指定"):
        call_command("export_ledger", "--campaign", "empty", "--out", str(tmp_path / "a.xlsx"))


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_day_that_is_none_is_a_chinese_sentence(campaign, option):
    days = {"--from": "2021-04-01", "--to": "2021-11-30"} | {option: "2021-02-30"}
    with pytest.raises(CommandError) as refusal:
        call_command(
            "add_campaign",
            "new",
            "--name",
            "行动",
            "--region",
            "141100",
            *(word for pair in days.items() for word in pair),
        )
    assert str(refusal.value) == f"{option} 的“2021-02-30”不是日期，请写成 2021-04-01 的样子。"


def test_a_day_to_export_that_is_none_is_a_chinese_sentence(campaign, tmp_path):
    with pytest.raises(CommandError, match="--as-of 的“明天”不是日期"):
        call_command("export_ledger", "--campaign", "empty", "--out", str(tmp_path / "a"), "--as-of", "明天")
