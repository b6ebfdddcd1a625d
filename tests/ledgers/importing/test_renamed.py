"""Two lines that mean one standing entry, by its old and by its new name: a person says what they are."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ledgers.models import ImportBatch, ImportState, LedgerEntry
from ledgers.services import entries
from ledgers.services.drawing import draw
from ledgers.services.import_joining import Joining
from tests.ledgers.importing.conftest import ROW
from tests.ledgers.importing.slices import worked

LATER = "2021年6月30日"
OLD, NEW = ROW | {"mined_tonnes": 5}, ROW | {"party": "甲有限公司", "mined_tonnes": 300}


@pytest.fixture
def entry(bring, workbook, campaign, cast, fresh):
    """甲公司, imported with 100 tonnes and called 甲有限公司 since."""
    bring(workbook([ROW]))
    entry = campaign.entries.get()
    entries.amend_entry(
        by=fresh(cast.liaison), entry=entry, party="甲有限公司", place=entry.place, mineral=entry.mineral
    )
    return entry


def name_of(entry) -> str:
    return f"{entry.agency_id}:={entry.public_id}"


def told(campaign) -> list:
    return [(row.values["party"], row.values["mined_tonnes"]) for row in draw(campaign)]


def test_old_and_new_name_in_one_file_are_a_question_and_no_refusal(entry, bring, workbook, counts, campaign):
    batch = bring(workbook([OLD, NEW, ROW | {"party": "别家"}], day=LATER))
    assert counts(batch) == (1, 0, 0) and batch.report["rejected"] == []
    (question,) = batch.report["questions"]
    assert (question["kind"], question["rows"]) == ("lines", [6, 5])
    assert "是台账中的同一条目“甲有限公司”" in question["reason"]
    assert batch.report["lines"]["asked"] == 2
    assert told(campaign) == [("甲有限公司", 100), ("别家", 100)]


@pytest.mark.parametrize(
    ("answer", "stand"),
    [
        (Joining.SUM, [("甲有限公司", 305)]),
        (Joining.FIRST, [("甲有限公司", 300)]),
        (Joining.APART, [("甲有限公司", 300), ("甲公司", 5)]),
    ],
)
def test_what_a_person_says_they_are_is_written_once(entry, bring, workbook, campaign, counts, answer, stand):
    path, joins = workbook([OLD, NEW], day=LATER), {name_of(entry): answer}
    bring(path, joins=joins)
    assert told(campaign) == stand
    assert counts(bring(path, joins=joins)) == (0, 0, len(stand))
    assert told(campaign) == stand


def test_the_same_figures_under_both_names_are_asked_too(entry, bring, workbook, campaign):
    rows = [PLAIN := {"county": "交城县", "party": "甲公司", "place": "某沟"}, NEW]
    asked = bring(workbook(rows, day=LATER))
    (alike,) = asked.report["alike"]
    assert not alike["clashes"] and PLAIN["party"] in alike["cells"][0]["words"]
    bring(workbook(rows, day=LATER), joins={alike["name"]: Joining.FIRST})
    assert told(campaign) == [("甲有限公司", 300)]


def test_all_or_none_waits_for_the_answer(entry, bring, workbook, campaign):
    bring(workbook([OLD, NEW, ROW | {"party": "别家"}], day=LATER), all_or_none=True)
    assert told(campaign) == [("甲有限公司", 100)]


def test_the_page_asks_and_the_answer_holds_for_the_next_workbook(
    entry, workbook, sign_in, cast, campaign, run
):
    client, path = sign_in(cast.liaison), workbook([OLD, NEW], day=LATER)

    def uploaded(path):
        body = SimpleUploadedFile(path.name, path.read_bytes())
        answer = client.post("/ledgers/campaigns/empty/141122-zrzy/import/", {"upload": body}, follow=True)
        return ImportBatch.objects.order_by("-pk").first(), html.unescape(answer.content.decode())

    batch, text = uploaded(path)
    assert "“Sheet”第 6、5 行" in text and "甲有限公司 ／ 甲公司" in text and "没有选定的 1 处" in text
    assert "是同一条目，重复的数字只计第 6 行的" in text and "是 2 个条目，分开写入" in text
    said = {"choosing": "1", f"join:{name_of(entry)}": "sum"}
    client.post(f"{batch.get_absolute_url()}choose/", said)
    client.post(f"{batch.get_absolute_url()}confirm/", {"choosing": "1"})
    assert told(campaign) == [("甲有限公司", 305)]
    again, text = uploaded(workbook([OLD | {"mined_tonnes": 9}, NEW], day="2021年7月15日"))
    assert again.report["lines"]["asked"] == 0 and "没有选定" not in text
    report = run(workbook([OLD | {"mined_tonnes": 9}, NEW], day="2021年7月15日"))
    assert report["questions"] == [] and told(campaign) == [("甲有限公司", 309)]


@pytest.mark.usefixtures("small")
def test_a_long_import_writes_them_apart_and_comes_to_its_end(entry, begun, workbook, run, campaign):
    """The entry that still has the old name does not make the new one look as if it stood already."""
    rows = [OLD, NEW, *(ROW | {"party": f"p{number}"} for number in range(12))]
    batch = begun(workbook(rows, day=LATER))
    batch.choices["joins"] = {name_of(entry): "apart"}
    batch.save()
    assert worked(batch).state == ImportState.WRITTEN
    assert (batch.done, batch.total, batch.stopped) == (14, 14, "")
    assert LedgerEntry.objects.filter(party="甲公司").count() == 1 and len(draw(campaign)) == 14
