"""历史案卷回头看: a file of past cases is held against the law, and nobody's identity number stays."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import ExportLine, StagedUpload, TrailEntry, local_today
from cases import tasks
from cases.models import FileKind, Outcome, PastCase, PastFinding, PastReview, ReviewState
from cases.services import past_reviews
from common.errors import Forbidden, Refused
from law.reading import COLUMNS
from reminders.models import Notice
from tests.cases import making
from tests.querycounts import check_recorded, queries_of

SERIOUS = {
    "violation": "K21",
    "county": "141122",
    "mineral": "煤",
    "value": 200000,
    "acts_ended": "2025-03-01",
    "dates": {"filed": "2025-04-01"},
}
FINE_ROW = {
    "number": "交自然资立〔2025〕1号",
    "county": "交城县",
    "party": "张三丰",
    "identifier": making.PERSON_ID,
    "violations": "K21",
    "mineral": "煤",
    "filed": date(2025, 4, 1),
    "acts_ended": date(2025, 3, 1),
    "value": 200000,
    "remark": f"身份证{making.PERSON_ID}",
}


def lines(*rows, name="案卷.jsonl") -> SimpleUploadedFile:
    """A file of JSON lines; a string stands as it is."""
    text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    return SimpleUploadedFile(name, text.encode())


def register(*rows, title="2025") -> SimpleUploadedFile:
    """A register workbook of rows by column key, heads in the second row."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(["交城县案件登记表"])
    sheet.append([column.heading for column in COLUMNS])
    for row in rows:
        sheet.append([row.get(column.key) for column in COLUMNS])
    held = io.BytesIO()
    book.save(held)
    return SimpleUploadedFile("登记表.xlsx", held.getvalue())


def serious(count: int) -> list[dict]:
    """So many cases that should have gone to public security."""
    return [SERIOUS | {"id": f"案{number:05}"} for number in range(1, count + 1)]


def started(cast, upload, **more) -> PastReview:
    """A review by the county's handler."""
    return past_reviews.start_review(by=cast.handler, upload=upload, **more)


def codes(review, number) -> set[str]:
    """The codes of one case."""
    return set(review.cases.get(number=number).findings.values_list("code", flat=True))


def shown(page) -> list[str]:
    """案号 of the rows on a page."""
    return [line["row"].number for line in page.context["list"].lines()]


def links(page) -> list[str]:
    """Where the 案号 of the rows on a page lead."""
    return [line["cells"][0]["href"] for line in page.context["list"].lines()]


def exported(client, url) -> tuple[list[tuple], object]:
    """The rows below the head, and the sheet."""
    answer = client.get(url)
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)], sheet


def test_both_kinds_of_files_show_the_same(cast):
    by_lines = started(cast, lines(SERIOUS | {"id": "案1"}))
    by_register = started(cast, register(FINE_ROW))
    for review, number in ((by_lines, "案1"), (by_register, FINE_ROW["number"])):
        assert review.state == ReviewState.DONE
        assert (review.total, review.done, review.with_findings, review.unread) == (1, 1, 1, 0)
        assert "MUST_REFER" in codes(review, number)
        case = review.cases.get()
        assert (case.county, case.county_name, case.outcome) == ("141122", "交城县", Outcome.BLOCK)
        assert case.findings.first().article
    assert (by_lines.kind, by_register.kind) == (FileKind.LINES, FileKind.REGISTER)


def test_a_json_list_is_read_like_lines(cast):
    review = started(cast, SimpleUploadedFile("a.json", json.dumps(serious(2)).encode()))
    assert review.total == 2


def test_a_file_is_uploaded_on_its_page_and_opens_its_result(cast, sign_in):
    client = sign_in(cast.legal)
    assert client.get("/cases/past-reviews/").status_code == 200
    assert client.get("/cases/past-reviews/new/").status_code == 200
    answer = client.post("/cases/past-reviews/new/", {"upload": register(FINE_ROW), "_key": "k1"})
    assert answer.status_code == 302
    page = client.get(answer.url)
    text = page.content.decode()
    assert "应移送未移送" in text
    assert "/law/" in text
    assert "登记表.xlsx" in client.get("/cases/past-reviews/").content.decode()
    entry = TrailEntry.objects.get(act="review_past")
    assert entry.actor == cast.legal
    assert entry.agency == cast.county


def test_no_identity_number_stays(cast):
    started(cast, register(FINE_ROW | {"party": f"张三丰 {making.PERSON_ID}"}))
    review = started(
        cast, lines(*[SERIOUS | {"id": str(n), "identifier": making.PERSON_ID} for n in range(150)])
    )
    assert review.state == ReviewState.WAITING
    for model in (PastReview, PastCase, PastFinding):
        for row in model.objects.values():
            assert making.PERSON_ID not in str(row)
    assert all("identifier" not in row["cells"] for case in review.cases.all() for row in case.given)


def test_a_row_that_cannot_be_read_says_where_and_the_others_are_looked_at(cast, sign_in):
    review = started(
        cast, register(FINE_ROW, FINE_ROW | {"number": "案2", "fine": "三万多", "filed": "去年"})
    )
    assert (review.done, review.unread, review.with_findings) == (2, 1, 1)
    case = review.cases.get(number="案2")
    assert case.outcome == Outcome.UNREAD
    said = {(each["sheet"], each["row"], each["column"], each["value"]) for each in case.faults}
    assert said == {("2025", 4, "罚款", "三万多"), ("2025", 4, "立案日期", "去年")}
    assert all(each["reason"].endswith("。") for each in case.faults)
    page = sign_in(cast.handler).get(f"{review.get_absolute_url()}?level=unread")
    assert shown(page) == ["案2"]
    assert "工作表“2025”第 4 行，罚款“三万多”" in page.content.decode()


def test_a_bad_line_is_named_and_an_unknown_key_is_noted(cast):
    review = started(
        cast,
        lines(
            SERIOUS | {"id": "好", "weather": "雨"}, "{坏", SERIOUS | {"id": "错", "violation": "K99"}, "[1]"
        ),
    )
    assert (review.total, review.unread) == (4, 3)
    good, broken, wrong, _ = review.cases.order_by("position")
    assert (good.outcome, good.faults[0]["column"]) == (Outcome.BLOCK, "weather")
    assert (broken.faults[0]["row"], broken.faults[0]["value"]) == (2, "{坏")
    assert (wrong.faults[0]["column"], wrong.faults[0]["value"]) == ("violation", "K99")


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("a.xlsx", b"not a workbook", "不是 Excel 工作簿"),
        ("a.xls", b"x", "另存为 .xlsx"),
        ("a.jsonl", b"\xff\xfe\x00", "UTF-8"),
        ("a.jsonl", b"\n \n", "没有案件"),
        ("a.jsonl", b"hello\nworld", "没有一行是案件"),
        ("a.json", b"[1, ", "不是 JSON"),
        ("a.json", b"[" * 100_000, "不是 JSON"),
    ],
)
def test_a_file_without_cases_is_refused_with_a_sentence(cast, name, body, sentence):
    with pytest.raises(Refused, match=sentence):
        started(cast, SimpleUploadedFile(name, body))
    assert not PastReview.objects.exists()


def test_a_workbook_without_the_heads_is_refused_on_the_page(cast, sign_in):
    book, held = Workbook(), io.BytesIO()
    book.active.append(["甲", "乙"])
    book.save(held)
    upload = SimpleUploadedFile("a.xlsx", held.getvalue())
    answer = sign_in(cast.handler).post("/cases/past-reviews/new/", {"upload": upload, "_key": "k"})
    assert answer.status_code == 409
    assert "没有找到案件登记表的表头" in answer.content.decode()
    assert not StagedUpload.objects.exists()  # it may hold identity numbers
    empty = SimpleUploadedFile("a.xlsx", b"")
    answer = sign_in(cast.handler).post("/cases/past-reviews/new/", {"upload": empty, "_key": "k2"})
    assert answer.status_code == 422
    assert "文件是空的" in answer.content.decode()


def test_a_file_too_large_or_of_too_many_cases_is_refused(cast, settings, monkeypatch):
    monkeypatch.setattr("cases.sheets.past_cases.MAX_CASES", 3)
    with pytest.raises(Refused, match="分成几份"):
        started(cast, lines(*serious(4)))
    settings.WORKBOOK_MAX_BYTES = 100
    with pytest.raises(Refused, match="超过"):
        started(cast, lines(*serious(2)))


def test_two_thousand_rows_are_looked_at_in_the_background(
    cast, sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(tasks.look_at_past, "delay", rung.append)
    rows = [FINE_ROW | {"number": f"案{number}"} for number in range(2000)]
    with django_capture_on_commit_callbacks(execute=True):
        review = started(cast, register(*rows))
    assert rung == [review.pk]
    client, url = sign_in(cast.handler), review.get_absolute_url()
    page = client.get(url).content.decode()
    assert "等候核对" in page
    assert 'hx-trigger="every 2s"' in page
    past_reviews.look_at_some(key=review.pk, now=timezone.now())
    piece = client.get(f"{url}progress/").content.decode()
    assert "200 / 2,000 件" in piece
    assert "正在核对" in piece
    assert tasks.look_at_past(review.pk) is False
    review.refresh_from_db()
    assert (review.state, review.done, review.with_findings) == (ReviewState.DONE, 2000, 2000)
    assert not review.cases.exclude(given=[]).exists()
    assert "查看结果" in client.get(f"{url}progress/").content.decode()
    assert Notice.objects.get(recipient=cast.handler).url == url
    assert PastFinding.objects.filter(case__review=review, code="MUST_REFER").count() == 2000


def test_a_slice_that_is_over_rings_for_the_rest(cast, monkeypatch):
    review = started(cast, lines(*serious(450)))
    rung = []
    monkeypatch.setattr(tasks.look_at_past, "delay", rung.append)
    monkeypatch.setattr(tasks, "SLICE", timedelta(0))
    assert tasks.look_at_past(review.pk) is True
    assert rung == [review.pk]
    review.refresh_from_db()
    assert review.done == 200


def test_looking_again_changes_nothing(cast):
    review = started(cast, lines(*serious(2)))
    assert past_reviews.look_at_some(key=review.pk, now=timezone.now()) is False
    assert PastFinding.objects.filter(case__review=review, code="MUST_REFER").count() == 2


def test_a_queue_that_is_away_holds_up_no_page_and_the_sweep_rings_again(cast, monkeypatch):
    rung = []

    def away(key):
        rung.append(key)
        raise OSError

    monkeypatch.setattr(tasks.look_at_past, "delay", away)
    review = started(cast, lines(*serious(150)))
    now = timezone.now()
    assert past_reviews.tend(now) == 0
    assert rung == []
    past_reviews.tend(now + timedelta(minutes=2))
    assert rung == [review.pk]


def test_one_case_that_nobody_foresaw_stops_no_other(cast, monkeypatch):
    real = past_reviews.assess

    def falling(facts, *rest):
        if facts.id == "案00002":
            raise RuntimeError
        return real(facts, *rest)

    monkeypatch.setattr(past_reviews, "assess", falling)
    review = started(cast, lines(*serious(3)))
    assert (review.done, review.unread, review.with_findings) == (3, 1, 2)
    assert "出了错" in review.cases.get(number="案00002").faults[0]["reason"]


def test_filters_stand_in_the_address_and_counts_lead_to_them(cast, sign_in):
    fine = SERIOUS | {"id": "邻县", "county": "141121", "dates": {"referred": "2025-04-02"}}
    paid = {"fine": 300000, "confiscated_income": 0, "confiscated_minerals": False}
    review = started(
        cast, lines(SERIOUS | {"id": "甲"}, fine, SERIOUS | {"id": "乙", "decision": paid}, "坏")
    )
    client, url = sign_in(cast.handler), review.get_absolute_url()
    page = client.get(url)
    assert shown(page) == ["甲", "邻县", "乙", ""]
    assert '<a href="/law/' in page.content.decode()
    counted = {each["code"]: each["count"] for each in page.context["counts"]}
    assert counted["MUST_REFER"] == 2
    assert f'href="?code={"MUST_REFER"}"' in page.content.decode()
    assert shown(client.get(f"{url}?code=MUST_REFER")) == ["甲", "乙"]
    assert shown(client.get(f"{url}?code=MUST_REFER&level=warn")) == []
    assert shown(client.get(f"{url}?level=block&county=141122")) == ["甲", "乙"]
    assert shown(client.get(f"{url}?county=141121")) == ["邻县"]
    assert shown(client.get(f"{url}?level=unread")) == [""]
    assert shown(client.get(client.post(url, {"text": "乙"}).url)) == ["乙"]


def test_an_excel_holds_every_case_and_is_noted(cast, sign_in):
    review = started(cast, lines(SERIOUS | {"id": "=1+1"}, SERIOUS | {"id": "@乙"}, "坏", {"id": "空"}))
    client = sign_in(cast.handler)
    rows, sheet = exported(client, f"{review.get_absolute_url()}?export=xlsx")
    assert {"=1+1", "@乙", "空"} < {row[0] for row in rows}
    assert any(row[2] == "读不出来" and "第 3 行" in row[4] for row in rows)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["A2"].quotePrefix
    assert ExportLine.objects.get().address == "cases:past_review"
    entry = TrailEntry.objects.get(act="export_past")
    assert (entry.actor, entry.changes["行数"][1]) == (cast.handler, len(rows))
    only, _ = exported(client, f"{review.get_absolute_url()}?export=xlsx&level=unread")
    assert [row[2] for row in only] == ["读不出来"]


def test_a_case_kept_here_is_linked_for_who_may_see_it(cast, sign_in):
    case = making.filed_case(cast)
    upload = lines(SERIOUS | {"id": case.number}, SERIOUS | {"id": "不在"})
    ours = started(cast, upload)
    page = sign_in(cast.handler).get(ours.get_absolute_url())
    assert [line["cells"][0]["href"] for line in page.context["list"].lines()] == [
        case.get_absolute_url(),
        "",
    ]
    upload.seek(0)
    theirs = past_reviews.start_review(by=cast.neighbour_handler, upload=upload)
    page = sign_in(cast.neighbour_handler).get(theirs.get_absolute_url())
    assert links(page) == ["", ""]


def test_a_result_is_the_offices_own(cast, sign_in):
    review = started(cast, lines(*serious(1)))
    url = review.get_absolute_url()
    for part in ("handler", "brigade_head", "legal", "deputy", "chief"):
        assert sign_in(getattr(cast, part)).get(url).status_code == 200, part
    for part in ("intake", "liaison", "checker"):
        assert sign_in(getattr(cast, part)).get(url).status_code == 403, part
    for part in ("neighbour_handler", "prefecture", "statistics", "police", "procurator", "system_admin"):
        for address in (url, f"{url}progress/", f"{url}?export=xlsx"):
            assert sign_in(getattr(cast, part)).get(address).status_code == 404, part
    assert PastReview.objects.visible_to(cast.prefecture).count() == 0


def test_who_has_no_such_post_makes_none(cast, sign_in):
    with pytest.raises(Forbidden):
        past_reviews.start_review(by=cast.liaison, upload=lines(*serious(1)))
    assert sign_in(cast.liaison).get("/cases/past-reviews/new/").status_code == 403
    assert "历史案卷回头看" not in sign_in(cast.liaison).get("/cases/").content.decode()
    assert "历史案卷回头看" in sign_in(cast.statistics).get("/cases/").content.decode()


def test_a_register_row_without_a_county_lies_in_the_offices_own(cast):
    review = started(cast, register(FINE_ROW | {"county": None}))
    assert review.cases.get().county == "141122"


def test_the_day_as_of_which_is_judged_can_be_chosen(cast):
    undecided = {"id": "1", "violation": "K21", "dates": {"filed": "2025-03-01"}}
    early = started(cast, lines(undecided), as_of=date(2025, 3, 10))
    late = started(cast, lines(undecided), as_of=date(2026, 3, 10))
    assert "DECISION_OVERDUE" not in codes(early, "1")
    assert "DECISION_OVERDUE" in codes(late, "1")


def test_after_ninety_days_it_goes(cast):
    review = started(cast, lines(*serious(2)))
    assert review.expires_on == local_today() + timedelta(days=90)
    past_reviews.tend(timezone.now() + timedelta(days=89))
    assert PastReview.objects.exists()
    past_reviews.tend(timezone.now() + timedelta(days=92))
    assert not PastReview.objects.exists()
    assert not PastCase.objects.exists()
    assert not PastFinding.objects.exists()
    assert TrailEntry.objects.filter(act="review_past").exists()


def test_the_result_makes_the_same_queries_for_few_and_many(cast, sign_in):
    few, many = started(cast, lines(*serious(1))), started(cast, lines(*serious(40)))
    client = sign_in(cast.handler)
    count = queries_of(client, few.get_absolute_url())
    assert queries_of(client, f"{many.get_absolute_url()}?size=50") == count
    check_recorded("cases:past_review", count)
    check_recorded("cases:past_reviews", queries_of(client, "/cases/past-reviews/"))
