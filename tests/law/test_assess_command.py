"""manage.py assess: lines and registers that need not be in the database."""

import json
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from openpyxl import Workbook

from accounts.models import Region, Standard
from config import working_days
from law.reading import COLUMNS, BadInput, read_line, read_rows
from law.reading.columns import column_of
from law.reading.workbook import read_placed, read_workbook


def assess(path, *options):
    out = StringIO()
    call_command("assess", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def lines(tmp_path, db):
    def write(*rows):
        path = tmp_path / "cases.jsonl"
        path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows))
        return path

    return write


REFER = {"id": "A1", "violation": "K21", "value": 150000, "acts_ended": "2025-08-01"}


def test_one_entry_per_line_with_code_level_article_sentence_and_figures(lines):
    (entry,) = assess(lines(REFER), "--as-of", "2025-09-01")
    assert entry["id"] == "A1"
    (found,) = [each for each in entry["findings"] if each["code"] == "MUST_REFER"]
    assert set(found) == {"code", "level", "article", "because", "figures"}
    assert found["level"] == "block"
    assert found["figures"][0]["amount"] == 150000


def test_figures_that_an_office_entered_hold_and_without_tables_the_laws_own(lines, monkeypatch):
    row = {"county": "141122", "violation": "K21", "value": 150000, "acts_ended": "2025-08-01"}

    def codes():
        (entry,) = assess(lines(row), "--as-of", "2025-09-01")
        return {each["code"] for each in entry["findings"]}

    Region.objects.create(code="140000", name="山西省", level="province")
    Standard.objects.create(
        key="crime_mining_value", value=200000, unit="元", region_id="140000",
        valid_from=date(2024, 1, 1), document="晋高法〔2024〕1号",
    )  # fmt: skip
    assert "MUST_REFER" not in codes()

    def none(**asked):
        raise DatabaseError

    monkeypatch.setattr(Standard.objects, "filter", none)
    monkeypatch.setattr(working_days, "calendar", none)
    assert "MUST_REFER" in codes()


def test_the_day_as_of_which_it_is_judged(lines):
    path = lines({"id": 1, "violation": "K21", "dates": {"filed": "2025-07-10"}})

    def overdue(day):
        (entry,) = assess(path, "--as-of", day)
        return "DECISION_OVERDUE" in {each["code"] for each in entry["findings"]}

    assert not overdue("2025-10-08")
    assert overdue("2025-10-09")


def test_a_line_that_cannot_be_read_does_not_stop_the_others(lines):
    path, out = lines(REFER, {"id": "B", "violation": "K99"}, "{", REFER), StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("assess", str(path), "--json", stdout=out, stderr=StringIO())
    assert stopped.value.code == 1
    rows = json.loads(out.getvalue())
    assert [row["id"] for row in rows] == ["A1", "B", None, "A1"]
    assert "K99" in rows[1]["error"]
    assert "第3行" in rows[2]["error"]


def test_as_text_for_people(lines):
    out = StringIO()
    call_command("assess", str(lines(REFER)), stdout=out)
    assert "应移送公安机关" in out.getvalue()


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="打不开"):
        call_command("assess", str(tmp_path / "none.jsonl"))
    with pytest.raises(CommandError, match="不是日期"):
        call_command("assess", str(tmp_path), "--as-of", "昨天")


def register(tmp_path, *rows, heads=None, above=()):
    book = Workbook()
    for line in above:
        book.active.append(line)
    book.active.append(heads or [column.heading for column in COLUMNS])
    for row in rows:
        book.active.append([row.get(column.key) for column in COLUMNS])
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


ROW = {
    "number": "示例〔2025〕1号",
    "county": "交城县",
    "party": "某某",
    "violations": "无证开采、T11",
    "mineral": "铁矿石",
    "filed": date(2025, 8, 5),
    "value": "15万",
    "area": 12,
    "arable": 8,
    "prime": 3,
}


def test_a_register_workbook(tmp_path, db):
    path = register(tmp_path, ROW, above=(["案件登记表"], []))
    (entry,) = assess(path, "--as-of", "2025-09-01")
    assert entry["id"] == ROW["number"]
    assert "MUST_REFER" in {each["code"] for each in entry["findings"]}


def test_a_workbooks_days_are_days_and_its_rows_know_where_they_stand(tmp_path, db):
    days = {"acts_ended": date(2025, 3, 1), "filed": datetime(2025, 4, 1), "decided": datetime(2025, 5, 1, 9)}
    path = register(tmp_path, ROW | days, above=(["案件登记表"],))
    ((placed,),) = read_placed(path)
    assert (placed.sheet, placed.row) == ("Sheet", 3)
    facts = read_rows([placed.cells], date(2026, 1, 1))
    assert type(facts.acts_ended) is date
    assert (facts.steps.filed, facts.steps.decided) == (date(2025, 4, 1), datetime(2025, 5, 1, 9))
    assert "MUST_REFER" in {each["code"] for each in assess(path)[0]["findings"]}


def test_heads_are_known_by_their_words():
    assert column_of("占地面积（亩）").key == "area"
    assert column_of("占地面积").key == "area"
    assert column_of("案号*").key == "number"
    assert column_of("没收违法所得(元)").key == "income"
    assert column_of("天气") is None


def test_a_head_of_another_unit_is_converted(tmp_path):
    heads = [column.heading.replace("罚款(元)", "罚款(万元)") for column in COLUMNS]
    path = register(tmp_path, {**ROW, "fine": 3}, heads=heads)
    (rows,) = read_workbook(path)
    assert read_rows(rows, date(2026, 1, 1)).decisions[0].fine == 30000


def test_a_row_becomes_facts():
    facts = read_rows([ROW], date(2026, 1, 1))
    assert facts.county == "141122" and facts.province == "140000"
    assert facts.codes == {"K21", "T11"}
    assert facts.value == 150000
    assert [(piece.land_class, round(piece.area * 3 / 2000, 2)) for piece in facts.land] == [
        ("永久基本农田", 3),
        ("耕地（非永久基本农田）", 5),
        ("其他土地", 4),
    ]
    assert facts.illegal_income is None and facts.decisions == ()


def test_rows_of_one_number_are_parties_of_one_case(tmp_path, db):
    rows = [
        {**ROW, "party": name, "fine": fine, "decided": date(2025, 9, 1)}
        for name, fine in (("甲", 1), ("乙", 2))
    ]
    facts = read_rows(rows, date(2026, 1, 1))
    assert [each.name for each in facts.parties] == ["甲", "乙"]
    assert [each.fine for each in facts.decisions] == [1, 2]
    assert facts.value == 150000
    assert len(assess(register(tmp_path, *rows))) == 1


def test_the_columns_are_those_of_the_register():
    assert len(COLUMNS) == 48
    assert [column.head for column in COLUMNS if column.must] == ["案号", "当事人", "违法类型", "立案日期"]
    assert COLUMNS[14].heading == "占地面积(亩)"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"violation": "X1"}, "违法类型"),
        ({"violation": "K21", "value": "约十万"}, "value"),
        ({"violation": "K21", "value": -1}, "value"),
        ({"violation": "K21", "dates": {"filed": "去年"}}, "filed"),
        ({"violation": "K21", "closing": "完了"}, "closing"),
        ({"violation": "T11", "land": [{"class": "水田漫滩"}]}, "class"),
        ({"violation": "K21", "special_area": "生态保护红线"}, "special_area"),
        ({"violation": "K21", "prior_penalties": [{"for": "other"}]}, "date"),
    ],
)
def test_what_cannot_be_read_is_said_never_guessed(line, said):
    with pytest.raises(BadInput, match=said):
        read_line(line, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("county", "code"),
    [
        ("141122", "141122"),
        ("交城县", "141122"),
        ("山西省吕梁市交城县", "141122"),
        ("枣庄市市中区", "370402"),
        ("市中区", None),
        ("云南省文山州砚山县", None),
    ],
)
def test_counties_by_code_or_full_name(county, code):
    facts = read_line({"violation": "K21", "county": county}, date(2026, 1, 1))
    assert facts.county == code
    assert facts.province == {"云南省文山州砚山县": "530000"}.get(county, code and code[:2] + "0000")


def test_a_county_of_a_shared_name_by_its_province():
    assert read_line({"county": "市中区", "province": "山东"}, date(2026, 1, 1)).province == "370000"


def test_several_spellings_of_one_violation():
    facts = read_line({"violations": ["K31", "越界开采", "无证勘查"]}, date(2026, 1, 1))
    assert facts.codes == {"K31", "K11"}


def test_quantities_with_units_and_density():
    line = {"quantity": [{"v": 100, "u": "立方米", "density": 2.6}, {"v": 40, "u": "吨"}]}
    assert read_line(line, date(2026, 1, 1)).quantity == 300
