"""导出登记: no file leaves without a line that says who took what, when."""

import ast
import io
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from accounts.middleware import ExportMiddleware
from accounts.models import ExportLine, TrailEntry
from accounts.services import exports
from common import xlsx
from tests.clues.making import registered

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "campaigns",
    "cases",
    "clues",
    "common",
    "config",
    "law",
    "ledgers",
    "registry",
    "reminders",
)
READERS = {"system_admin", "security_admin", "audit_admin", "deputy", "chief"}


def ask(cast, answer):
    """What a browser gets of an answer of some page."""
    request = RequestFactory().get("/somewhere/")
    request.user = cast.intake
    request.resolver_match = type("Match", (), {"view_name": "some:page"})
    return ExportMiddleware(lambda _: answer)(request)


def workbook(what="清单"):
    return xlsx.as_download("清单.xlsx", lambda target: target.write(b"PK"), what=what, conditions="县：交城")


def test_the_list_of_clues_taken_along_leaves_a_line(cast, sign_in):
    registered(cast), registered(cast)
    client = sign_in(cast.intake)
    answer = client.get("/clues/?export=xlsx&source=patrol")
    line = ExportLine.objects.get()
    assert (line.person, line.agency, line.what, line.row_count) == (cast.intake, cast.county, "线索", 2)
    assert (line.conditions, line.address) == ("来源：日常巡查", "clues:list")
    assert line.size == len(b"".join(answer)) and len(line.sha256) == 64
    entry = TrailEntry.objects.get(act="record_export")
    assert entry.chain == f"accounts.exportline:agency:{cast.county.pk}"
    assert entry.changes["行数"] == ["", 2]


def test_looking_at_a_list_leaves_none(cast, sign_in):
    registered(cast)
    sign_in(cast.intake).get("/clues/")
    assert not ExportLine.objects.exists()


def test_a_filter_that_names_somebody_is_not_repeated(cast, sign_in):
    registered(cast)
    client = sign_in(cast.intake)
    typed = {"party": "王大锤", "text": "赵举报", "found_by": "王大锤"}
    asked = client.post("/clues/", typed, follow=True)
    address = asked.redirect_chain[-1][0]
    client.get(f"{address}&export=xlsx")
    said = ExportLine.objects.get().conditions
    assert "王大锤" not in said and "赵举报" not in said
    assert said.count("（填有内容）") == 3
    assert "found_by" not in address


def test_the_line_stands_before_the_first_byte_leaves(cast):
    answer = ask(cast, workbook())
    assert ExportLine.objects.get().address == "some:page"
    assert not answer.closed
    assert b"".join(answer) == b"PK"


def test_a_page_that_says_nothing_of_its_file_leaves_a_line_all_the_same(cast):
    for answer in (
        HttpResponse("甲,乙", content_type="text/csv"),
        HttpResponse("x", headers={"Content-Disposition": "attachment; filename=x.txt"}),
        FileResponse(io.BytesIO(b"%PDF"), filename="x.pdf"),
    ):
        ask(cast, answer)
    assert list(ExportLine.objects.values_list("what", flat=True)) == ["/somewhere/的文件"] * 3


def test_pages_and_sentences_are_no_files(cast):
    for kind in ("text/html; charset=utf-8", "text/plain; charset=utf-8", "application/json"):
        ask(cast, HttpResponse("x", content_type=kind))
    ask(cast, HttpResponse(status=204))
    assert not ExportLine.objects.exists()


def test_without_its_line_no_file_leaves(cast, monkeypatch):
    def full(**_):
        raise DatabaseError

    monkeypatch.setattr(exports, "record_export", full)
    with pytest.raises(DatabaseError):
        ask(cast, workbook())


def test_only_files_handed_back_as_they_came_are_let_off():
    """Who else sets `as_stored` lets an export pass without a line."""
    found = []
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            nodes = ast.walk(ast.parse(text)) if "as_stored" in text else ()
            if any(isinstance(node, ast.Attribute) and node.attr == "as_stored" for node in nodes):
                found.append(path.relative_to(ROOT).as_posix())
    assert found == ["accounts/views/files.py", "config/handbook.py"]  # the handbook's are nobody's data


def test_a_line_is_neither_changed_nor_deleted(cast):
    line = exports.record_export(by=cast.intake, taken=xlsx.Taken("线索"))
    for deed in (lambda: ExportLine.objects.update(what="别的"), lambda: line.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert ExportLine.objects.get().what == "线索"


@pytest.mark.parametrize("part", sorted(READERS))
def test_who_answers_for_the_people_reads_what_they_took(cast, sign_in, part):
    exports.record_export(by=cast.intake, taken=xlsx.Taken("本县线索", "县：交城", 3))
    exports.record_export(by=cast.neighbour_handler, taken=xlsx.Taken("邻县线索"))
    page = sign_in(getattr(cast, part)).get("/accounts/exports/").content.decode()
    assert "本县线索" in page and "县：交城" in page
    assert "邻县线索" not in page


def test_who_takes_the_register_along_stands_in_it(cast, sign_in):
    sign_in(cast.audit_admin).get("/accounts/exports/?export=xlsx")
    assert ExportLine.objects.get().what == "导出登记"


def test_a_brigade_head_leads_no_office(cast, sign_in):
    assert sign_in(cast.brigade_head).get("/accounts/exports/").status_code == 403
