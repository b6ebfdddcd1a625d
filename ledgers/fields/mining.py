"""采矿方面: tonnes found, tonnes confiscated, fine decided, 是否取缔."""

from collections.abc import Iterator
from decimal import Decimal

from cases.models import Case, CompletionKind, MineralFinding
from common.quantities import show_area
from ledgers.facts import Entry, Facts, case_thing
from ledgers.fields.completion import completed
from ledgers.fields.deciding import decided
from ledgers.fields.field import LedgerField, Side
from ledgers.fields.kinds import Kind
from ledgers.fields.summing import summed
from ledgers.rows import Evidence

ABOVE = ("采矿", "开采", "矿产")
CAUSE = "涉嫌非法采矿"


def tonnes_of(finding: MineralFinding) -> Decimal | None:
    """The tonnes of a finding; cubic metres are turned by the density found with them."""
    if finding.tonnes is not None:
        return finding.tonnes
    if finding.volume is None or finding.density is None:
        return None
    return (finding.volume * finding.density).quantize(Decimal("0.0001"))


def _tonnages(
    facts: Facts, entry: Entry, case: Case, field: LedgerField
) -> Iterator[tuple[Decimal, Evidence]]:
    """The tonnes of the latest round of 认定."""
    for finding in facts.minerals.get(case.pk, []):
        tonnes = tonnes_of(finding)
        if tonnes is None:
            continue
        detail = f"{finding.mineral} {field.show(tonnes)}{field.unit}"
        if finding.tonnes is None:
            detail += f"（{show_area(finding.volume)}立方米×{show_area(finding.density)}）"
        fact = Evidence(f"mineral:{finding.pk}", "采矿认定", detail, finding.happened_on, case_thing(case))
        yield tonnes, facts.evidence(entry, fact)


SHUTDOWN = LedgerField(
    key="shutdown",
    label="非法采矿是否取缔",
    kind=Kind.BOOL,
    words=("非法采矿是否取缔", "是否取缔", "取缔情况", "取缔"),
    side=Side.MINING,
    draw=completed(CompletionKind.SHUTDOWN, "验收取缔"),
    how="验收为完成后填“是”，没有验收完成的填“否”。",
    short="是否取缔",
)
MINING = (
    LedgerField(
        key="mined_tonnes",
        label="非法开采数量",
        kind=Kind.TONNES,
        words=("非法开采数量", "开采数量", "采矿数量", "开采量", "采矿量", "采出量"),
        unit="吨",
        side=Side.MINING,
        draw=summed(_tonnages),
        how="案件录入采矿认定后自动填上，以最近一次认定为准。",
        cause=CAUSE,
    ),
    LedgerField(
        key="confiscated_tonnes",
        label="没收非法矿产品",
        kind=Kind.TONNES,
        words=("没收非法矿产品", "没收矿产品", "没收违法矿产品", "没收非法采出", "没收数量"),
        unit="吨",
        side=Side.MINING,
        draw=decided("confiscate_minerals"),
        how="处罚决定作出后自动填上。",
    ),
    LedgerField(
        key="mining_fine",
        label="采矿罚款金额",
        kind=Kind.MONEY,
        words=("罚款金额", "罚款数额", "罚款", "罚没款", "处罚金额"),
        unit="元",
        above=ABOVE,
        side=Side.MINING,
        draw=decided("fine"),
        how="处罚决定作出后自动填上。",
        cause=CAUSE,
    ),
    SHUTDOWN,
)
