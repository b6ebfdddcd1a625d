"""The kinds of workbooks that offices keep, each with what must come of it, whichever road it takes."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.ledgers.importing.books import HEAD, cumulative, months, saved
from tests.ledgers.sheets import open_documents
from tests.ledgers.sheets.books import FORM, line, official, official_old, sheet_of
from tests.ledgers.sheets.test_sheets import pages, second_table

ONE = [1, "交城县", "甲石料厂", "东沟", "砂"]
TWO = [2, "", "乙石料厂", "同上", "砂"]
ID = "142322198001011234"


@dataclass(frozen=True)
class Office:
    """A workbook and what must come of it.

    `rows`: party → the values that must stand in the ledger; `refused`: the cells (row, column) that keep
    their lines out; `answers`: what a person says of a column that is asked, by its letter; `says`: what
    the preview must say, `never`: what nobody may read anywhere.
    """

    name: str
    write: Callable[[Path], object]
    rows: dict[str, dict]
    refused: tuple = ()
    answers: dict[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    never: str = ""
    ending: str = "xlsx"

    def at(self, folder: Path) -> Path:
        """The workbook, written there."""
        path = folder / f"台账.{self.ending}"
        self.write(path)
        return path


def kept(build):
    """What writes the workbook that `build` makes."""
    return lambda path: saved(build(), path)


def form(*lines, edit=None, below=()):
    """The official form with these lines."""
    return kept(lambda: official(lines, below, edit))


def plain(party="甲石料厂", place="某沟", **values):
    """A line of one firm."""
    return line(1, party=party, place=place, **values)


def blanked(party, **values):
    """A line with nothing but its firm and these cells."""
    return dict.fromkeys(FORM.keys) | {"county": "交城县", "party": party, "place": "某沟"} | values


def words_of(rows) -> str:
    """The same as text with commas."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def text(encoding):
    """What writes the form as text in an encoding."""
    rows = [["台账"], HEAD, [plain(land_fine="8.40")[key] for key in FORM.keys]]
    return lambda path: path.write_bytes(words_of(rows).encode(encoding))


def opendocument(path):
    """The form as LibreOffice keeps it."""
    heads = [column.path[-1] for column in FORM.columns]
    rows = [[FORM.title], heads, [plain()[key] for key in FORM.keys]]
    book = open_documents.document(open_documents.table(*(open_documents.row(*row) for row in rows)))
    open_documents.saved(book, path)


def hidden(sheet):
    """A line, a column and a whole sheet that nobody sees."""
    sheet.row_dimensions[8].hidden = True
    sheet.column_dimensions["G"].hidden = True
    copy = sheet.parent.copy_worksheet(sheet)
    copy.title, copy.sheet_state, copy["C7"] = "旧稿", "hidden", "只在旧稿里的厂"


def areas():
    """Arable land in one column, forest in another, neither under a group."""
    heads = [*HEAD[:5], "耕地面积（亩）", "林地面积（亩）", *HEAD[8:10], "备注"]
    return sheet_of([["台账"], heads, [1, "交城县", "甲石料厂", "某沟", "砂", 2, 7, 320, 300, "占地"]])


def lone_fine():
    """One 罚款 that is of neither side, in 万元."""
    heads = ["序号", "县市区", "企业名称（个人）", "位置", "罚款金额（万元）", "非法开采数量（吨）", "备注"]
    return sheet_of([["台账"], heads, [1, "交城县", "甲石料厂", "某沟", 8.4, 320, ""]])


def units():
    """Heads in 公顷, 万元 and 万吨."""
    heads = list(HEAD)
    heads[5], heads[6], heads[8], heads[10] = (
        "占地面积（公顷）", "占地罚款金额（万元）", "非法开采数量（万吨）", "采矿罚款金额（万元）",
    )  # fmt: skip
    values = plain(land_area=2, land_fine=8.4, mined_tonnes=0.5, mining_fine=1.25)
    return sheet_of([["台账"], heads, [values[key] for key in FORM.keys]])


FIGURES = {"land_area": "12.6", "land_fine": "84000", "mined_tonnes": "3200"}
LAND = blanked("甲石料厂", land_area=12.6, land_fine=84000, land_restored="是", mined_tonnes=0, remark="占地")
MINING = blanked("甲石料厂", land_area=0, mined_tonnes=3200, mining_fine=5000, remark="采矿")

OFFICES = (
    Office(
        "months kept cumulatively",
        kept(cumulative),
        {
            "甲石料公司": {"mining_fine": "80000", "arrest": "1"},
            "乙砂场": {"remark": "已移送"},
            "丙某": {"land_area": "3"},
        },
        says=("填报时间最晚，是本期台账。", "是往期的台账。"),
    ),
    Office(
        "months and a sheet of phones",
        kept(lambda: months(六月=("2021年6月30日", [ONE]), 电话=("", []))),
        {"甲石料厂": {"mineral": "砂"}},
    ),
    Office(
        "months that only the sheets' names tell",
        kept(lambda: months(一月=("", [ONE]), 二月=("", [[*ONE[:4], "石灰岩"], TWO]))),
        {"甲石料厂": {"mineral": "石灰岩"}, "乙石料厂": {"mineral": "砂", "place": "东沟"}},
        says=("比“二月”早，是往期的台账。", "按上一行的“东沟”读入"),
    ),
    Office(
        "one firm on two lines",
        form(LAND, MINING),
        {"甲石料厂": FIGURES | {"mining_fine": "5000", "remark": "占地；采矿"}},
    ),
    Office(
        "labels inside cells",
        form(plain("企业名称：甲石料厂", land_area="占地面积：12.6亩", remark="备注：已移送")),
        {"甲石料厂": FIGURES | {"remark": "已移送"}},
    ),
    Office(
        "words in extra columns",
        form(
            plain("甲石料厂"),
            plain("乙石料厂"),
            plain("丙石料厂", mineral="小计"),
            edit=lambda sheet: sheet.__setitem__("Q7", "填报人：李某")
            or sheet.__setitem__("Q8", "合计")
            or sheet.__setitem__("R9", "联系电话：0358-3520000"),
        ),
        {"甲石料厂": FIGURES, "乙石料厂": FIGURES, "丙石料厂": FIGURES},
        says=("没有读入：",),
    ),
    Office(
        "several areas",
        kept(areas),
        {"甲石料厂": {"land_area": "2", "mined_tonnes": "320"}},
        answers={"F": "land_area", "G": "-"},
        says=("2 列请选择",),
    ),
    Office(
        "one fine of neither side",
        kept(lone_fine),
        {"甲石料厂": {"mining_fine": "84000"}},
        answers={"E": "mining_fine"},
        says=("可以是“占地罚款金额”，也可以是“采矿罚款金额”",),
    ),
    Office(
        "a second table below",
        kept(second_table),
        {"某石料厂1": {}, "某石料厂2": {}, "乙矿": {"mined_tonnes": "20000", "mining_fine": "5000"}},
        refused=((13, "E"),),
    ),
    Office(
        "heads printed on every page",
        kept(lambda: pages(3)),
        {f"某石料厂{number}": {"land_area": "12.6"} for number in (1, 2, 3)},
    ),
    Office(
        "hidden lines, columns and sheets",
        form(plain(), plain("乙石料厂"), edit=hidden),
        {"甲石料厂": FIGURES, "乙石料厂": FIGURES},
        says=("旧稿", "隐藏"),
    ),
    Office("nil", form({"serial": 1, "county": "交城县", "party": "零报告"}), {}, says=("按零报告提交核对",)),
    Office(
        "uncalculated",
        form(plain(remark="=A1&B1"), plain("乙石料厂", land_fine="=F7*2")),
        {"甲石料厂": FIGURES | {"remark": ""}},
        refused=((8, "G"),),
        says=("按空白计",),
    ),
    Office(
        "units in heads",
        kept(units),
        {"甲石料厂": FIGURES | {"land_area": "30", "mined_tonnes": "5000", "mining_fine": "12500"}},
        says=("公顷", "30 亩", "5,000 吨"),
    ),
    Office(
        "figures with words",
        form(
            plain(
                land_area="12.6（含耕地3亩）", land_fine="捌万肆仟元整", mined_tonnes="约3200吨",
                land_restored="■是□否", mining_fine="不涉及",
            )
        ),
        {
            "甲石料厂": FIGURES
            | {"land_restored": "True", "mining_fine": ""}
            | {"remark": "非法占地面积：含耕地3亩；非法开采数量：约数"}
        },
    ),
    Office(
        "a share in percent and an identity number",
        form(plain(mined_tonnes="60%"), plain(f"王某（身份证号：{ID}）", place="某村")),
        {"王某": FIGURES},
        refused=((7, "I"),),
        never=ID,
    ),
    Office("a blank county", form(plain(county=None)), {"甲石料厂": FIGURES}),
    Office("text in GBK", text("gbk"), {"甲石料厂": FIGURES}, ending="csv"),
    Office("text in UTF-8", text("utf-8-sig"), {"甲石料厂": FIGURES}, ending="csv"),
    Office("an .ods", opendocument, {"甲石料厂": FIGURES}, ending="ods"),
    Office("an .xls", kept(lambda: official_old([plain()])), {"甲石料厂": FIGURES}, ending="xls"),
)  # fmt: skip
