"""What all findings share: their rounds, their words in the trail, what is done once one is entered."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Manager

from accounts.models import Posting, User
from accounts.services import trail
from cases.acts import ACTS
from cases.models import UNSPECIFIED, Case, Circumstances, EarlierAct, Fact, LandFinding, MineralFinding
from cases.services import flags, papers
from common.quantities import show_area, show_money, show_tonnes
from registry import codes

YES_NO = {True: "是", False: "否"}
ASKED = ("right_exists", "refused_correct", "destructive", "eco_damage", "life_health", "unpunished")


def next_round(findings: Manager[Fact]) -> int:
    """The number of a round that is entered now."""
    return max(findings.values_list("round", flat=True), default=0) + 1


def finish(
    *,
    by: User,
    posting: Posting,
    name: str,
    case: Case,
    changes: dict,
    happened_on: date,
    basis: str,
    files: Iterable[UploadedFile],
) -> None:
    """Papers, flags and trail of a finding that was entered."""
    papers.attach(by=by, case=case, uploads=files, stage="investigation", kind="认定意见", for_police=True)
    flags.save(case)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get(name),
        thing=case,
        changes=changes,
        reason=basis,
        happened_on=happened_on,
    )


def words(rows: Iterable[LandFinding | MineralFinding]) -> list[str]:
    """A round in words, each row with what else is known of it: 煤820吨（价值9,000元，估算）."""
    return [_bracketed(head(row), more(row)) for row in rows]


def _bracketed(text: str, rest: list[str]) -> str:
    return f"{text}（{'，'.join(rest)}）" if rest else text


def head(row: LandFinding | MineralFinding, between: str = "") -> str:
    """What and how much."""
    if isinstance(row, LandFinding):
        return f"{row.get_land_class_display()}{between}{show_area(row.area)}亩"
    return f"{row.mineral}{between}{show_tonnes(row.tonnes)}吨"


def more(row: LandFinding | MineralFinding) -> list[str]:
    """What else is known of a row, in words; what isn't known is left out."""
    columns = _land_columns(row) if isinstance(row, LandFinding) else _ore_columns(row)
    return [*filter(None, columns), *beside(row)]


def beside(row: LandFinding | MineralFinding) -> list[str]:
    """Of that what has no column of its own on the page."""
    said = _beside_land(row) if isinstance(row, LandFinding) else _beside_ore(row)
    return [each for each in said if each]


def _land_columns(row: LandFinding) -> list[str | None]:
    return [
        {True: "符合规划", False: "不符合规划"}.get(row.conforming),
        {True: "严重毁坏", False: "没有严重毁坏"}.get(row.destroyed),
    ]


def _beside_land(row: LandFinding) -> list[str | None]:
    return [
        row.get_forest_display(),
        {True: "黑土地", False: "不是黑土地"}.get(row.black_soil),
        None if row.black_volume is None else f"采挖黑土{show_area(row.black_volume)}立方米",
    ]


def _ore_columns(row: MineralFinding) -> list[str | None]:
    return [
        None if row.value is None else f"价值{show_money(row.value)}元",
        None if row.illegal_income is None else f"违法所得{show_money(row.illegal_income)}元",
    ]


def _beside_ore(row: MineralFinding) -> list[str | None]:
    paper = " ".join(filter(None, [row.valuer, row.value_document, str(row.valued_on or "")]))
    return [
        None if row.destroyed_value is None else f"造成资源破坏的价值{show_money(row.destroyed_value)}元",
        "价值为估算，待认定" if row.estimated else f"价值认定：{paper}" if paper else None,
        None if row.price is None else f"单价{show_area(row.price)}元/吨",
        None if row.sold_on is None else f"{row.sold_on}销售",
        _areas(row.special_areas),
    ]


def _areas(chosen: list[str] | None) -> str | None:
    if chosen is None:
        return None
    names = [codes.label("special_areas", code) for code in chosen if code != UNSPECIFIED]
    return "、".join(names or (["特殊区域或者矿种，未注明哪一类"] if chosen else ["不在特殊区域"]))


def circumstance_words(row: Circumstances | None) -> list[str]:
    """情节 in words, a line each: 拒不停止或者拒不改正：是."""
    return [f"{label}：{value}" for label, value in circumstance_pairs(row)]


def circumstance_pairs(row: Circumstances | None) -> list[tuple[str, str]]:
    """(label, value) of what is known."""
    if row is None:
        return []
    pairs = [("矿山规模", row.get_mine_scale_display())]
    pairs += [
        (str(Circumstances._meta.get_field(name).verbose_name), YES_NO.get(getattr(row, name), ""))
        for name in ASKED
    ]
    acts = list(row.earlier_acts.all())
    if acts:
        pairs[-1:] = [("未经处理的行为", _earlier_words(each)) for each in acts]
    return [pair for pair in pairs if pair[1]]


def _earlier_words(row: EarlierAct) -> str:
    land = f"毁坏{row.get_land_class_display()}{show_area(row.area)}亩" if row.area is not None else ""
    value = f"矿产品价值{show_money(row.value)}元" if row.value is not None else ""
    return "，".join(filter(None, [str(row.acted_on), value, land]))
