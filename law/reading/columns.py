"""The columns of 案件登记表, as declared: one table for reading rows, and for whoever exports them."""

from dataclasses import dataclass
from decimal import Decimal

from common.words import squeeze


@dataclass(frozen=True, slots=True)
class RegisterColumn:
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

COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn("number", "案号", must=True),
    RegisterColumn("county", "县市区", REGION),
    RegisterColumn("cause", "案由"),
    RegisterColumn("source", "案件来源"),
    RegisterColumn("party", "当事人", must=True),
    RegisterColumn("party_kind", "当事人类型"),
    RegisterColumn("identifier", "证件号码"),
    RegisterColumn("place", "地点"),
    RegisterColumn("violations", "违法类型", VIOLATIONS, must=True),
    RegisterColumn("mineral", "矿种"),
    RegisterColumn("mine_scale", "矿山规模", SCALE),
    RegisterColumn("found", "发现日期", DAY),
    RegisterColumn("filed", "立案日期", DAY, must=True),
    RegisterColumn("acts_ended", "行为终了日期", DAY),
    RegisterColumn("area", "占地面积", AREA, "亩"),
    RegisterColumn("arable", "其中耕地", AREA, "亩"),
    RegisterColumn("prime", "其中永久基本农田", AREA, "亩"),
    RegisterColumn("destroyed", "种植条件是否毁坏", FLAG),
    RegisterColumn("quantity", "开采数量", TONNES, "吨"),
    RegisterColumn("value", "矿产品价值", MONEY, "元"),
    RegisterColumn("illegal_income", "违法所得", MONEY, "元"),
    RegisterColumn("noticed", "告知送达日期", DAY),
    RegisterColumn("decision_number", "处罚决定书文号"),
    RegisterColumn("decided", "处罚决定日期", DAY),
    RegisterColumn("fine", "罚款", MONEY, "元"),
    RegisterColumn("income", "没收违法所得", MONEY, "元"),
    RegisterColumn("minerals", "没收矿产品", TAKEN_TONNES, "吨"),
    RegisterColumn("tools", "没收工具设备", TAKEN),
    RegisterColumn("structures", "责令拆除或没收建筑物", TAKEN),
    RegisterColumn("served", "决定送达日期", DAY),
    RegisterColumn("paid", "已缴款", MONEY, "元"),
    RegisterColumn("carried_out", "恢复或拆除完成日期", DAY),
    RegisterColumn("referred", "移送公安日期", DAY),
    RegisterColumn("referred_persons", "移送人数", PERSONS),
    RegisterColumn("police_filed", "公安立案日期", DAY),
    RegisterColumn("police_declined", "公安不予立案日期", DAY),
    RegisterColumn("detained", "刑事拘留", PERSONS, "人"),
    RegisterColumn("arrested", "逮捕", PERSONS, "人"),
    RegisterColumn("discipline", "移送纪检", PERSONS, "人"),
    RegisterColumn("revoked_licences", "吊销许可证", PERSONS, "个"),
    RegisterColumn("mitigation", "减轻依据"),
    RegisterColumn("review_outcome", "复议诉讼结果"),
    RegisterColumn("court_applied", "申请强制执行日期", DAY),
    RegisterColumn("joined", "市级参与日期", DAY),
    RegisterColumn("closed", "结案日期", DAY),
    RegisterColumn("closing", "结案方式", CLOSING),
    RegisterColumn("handler", "承办人"),
    RegisterColumn("remark", "备注"),
)
BY_KEY = {column.key: column for column in COLUMNS}
_HEADS = {squeeze(column.head): column for column in COLUMNS}


def column_of(head: object) -> RegisterColumn | None:
    """The column of a head; a unit in brackets may be missing or another, and 必填 marks stand aside."""
    text = squeeze(head).rstrip("*")
    return _HEADS.get(text) or _HEADS.get(text.split("(")[0].rstrip("*"))


def unit_of(head: object) -> str:
    """The unit a head names in brackets, "" for none: 占地面积(平方米) → 平方米."""
    text = squeeze(head).rstrip("*")
    return text[text.index("(") + 1 : -1] if text.endswith(")") and "(" in text else ""


def with_unit(cell: object, column: RegisterColumn, unit: str) -> object:
    """A number under a head of another unit, with that unit behind it: 3 under 罚款(万元) is 3万元."""
    other = column.unit and unit and unit != column.unit
    return f"{cell}{unit}" if other and isinstance(cell, int | float | Decimal) else cell
