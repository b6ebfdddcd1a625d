"""The columns of 案件登记表, as declared: one table for reading rows, and for whoever exports them."""

from dataclasses import dataclass
from decimal import Decimal

from common.words import squeeze


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key, head, how its cells are read, its unit; `must` where a row cannot do without."""

    key: str
    head: str
    kind: str = "text"
    unit: str = ""
    must: bool = False

    @property
    def heading(self) -> str:
        """As printed: 占地面积(亩)."""
        return f"{self.head}({self.unit})" if self.unit else self.head


TEXT, DAY, MONEY, AREA, TONNES, TAKEN_TONNES = "text", "day", "money", "area", "tonnes", "taken_tonnes"
FLAG, TAKEN, PERSONS, VIOLATIONS, CLOSING, SCALE, REGION = (
    *("flag", "taken", "persons", "violations", "closing", "scale", "region"),
)

COLUMNS: tuple[Column, ...] = (
    Column("number", "案号", must=True),
    Column("county", "县市区", REGION),
    Column("cause", "案由"),
    Column("source", "案件来源"),
    Column("party", "当事人", must=True),
    Column("party_kind", "当事人类型"),
    Column("identifier", "证件号码"),
    Column("place", "地点"),
    Column("violations", "违法类型", VIOLATIONS, must=True),
    Column("mineral", "矿种"),
    Column("mine_scale", "矿山规模", SCALE),
    Column("found", "发现日期", DAY),
    Column("filed", "立案日期", DAY, must=True),
    Column("acts_ended", "行为终了日期", DAY),
    Column("area", "占地面积", AREA, "亩"),
    Column("arable", "其中耕地", AREA, "亩"),
    Column("prime", "其中永久基本农田", AREA, "亩"),
    Column("destroyed", "种植条件是否毁坏", FLAG),
    Column("quantity", "开采数量", TONNES, "吨"),
    Column("value", "矿产品价值", MONEY, "元"),
    Column("illegal_income", "违法所得", MONEY, "元"),
    Column("noticed", "告知送达日期", DAY),
    Column("decision_number", "处罚决定书文号"),
    Column("decided", "处罚决定日期", DAY),
    Column("fine", "罚款", MONEY, "元"),
    Column("income", "没收违法所得", MONEY, "元"),
    Column("minerals", "没收矿产品", TAKEN_TONNES, "吨"),
    Column("tools", "没收工具设备", TAKEN),
    Column("structures", "责令拆除或没收建筑物", TAKEN),
    Column("served", "决定送达日期", DAY),
    Column("paid", "已缴款", MONEY, "元"),
    Column("carried_out", "恢复或拆除完成日期", DAY),
    Column("referred", "移送公安日期", DAY),
    Column("referred_persons", "移送人数", PERSONS),
    Column("police_filed", "公安立案日期", DAY),
    Column("police_declined", "公安不予立案日期", DAY),
    Column("detained", "刑事拘留", PERSONS, "人"),
    Column("arrested", "逮捕", PERSONS, "人"),
    Column("discipline", "移送纪检", PERSONS, "人"),
    Column("revoked_licences", "吊销许可证", PERSONS, "个"),
    Column("mitigation", "减轻依据"),
    Column("review_outcome", "复议诉讼结果"),
    Column("court_applied", "申请强制执行日期", DAY),
    Column("joined", "市级参与日期", DAY),
    Column("closed", "结案日期", DAY),
    Column("closing", "结案方式", CLOSING),
    Column("handler", "承办人"),
    Column("remark", "备注"),
)
BY_KEY = {column.key: column for column in COLUMNS}
_HEADS = {squeeze(column.head): column for column in COLUMNS}


def column_of(head: object) -> Column | None:
    """The column of a head; a unit in brackets may be missing or another, and 必填 marks stand aside."""
    text = squeeze(head).rstrip("*")
    return _HEADS.get(text) or _HEADS.get(text.split("(")[0].rstrip("*"))


def unit_of(head: object) -> str:
    """The unit a head names in brackets, "" for none: 占地面积(平方米) → 平方米."""
    text = squeeze(head).rstrip("*")
    return text[text.index("(") + 1 : -1] if text.endswith(")") and "(" in text else ""


def with_unit(cell: object, column: Column, unit: str) -> object:
    """A number under a head of another unit, with that unit behind it: 3 under 罚款(万元) is 3万元."""
    other = column.unit and unit and unit != column.unit
    return f"{cell}{unit}" if other and isinstance(cell, int | float | Decimal) else cell
