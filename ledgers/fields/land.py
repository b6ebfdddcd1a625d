"""占地方面: area found, fine decided, 是否恢复原状."""

from collections.abc import Iterator
from decimal import Decimal

from cases.models import Case, CompletionKind
from ledgers.facts import Entry, Facts, case_thing
from ledgers.fields.completion import completed
from ledgers.fields.deciding import decided
from ledgers.fields.field import LedgerField, Side
from ledgers.fields.kinds import Kind
from ledgers.fields.summing import summed
from ledgers.rows import Evidence

ABOVE = ("占地", "用地", "土地")


def _areas(facts: Facts, entry: Entry, case: Case, field: LedgerField) -> Iterator[tuple[Decimal, Evidence]]:
    """The areas of the latest round of 认定."""
    for finding in facts.land.get(case.pk, []):
        detail = f"{finding.get_land_class_display()} {field.show(finding.area)}{field.unit}"
        fact = Evidence(f"land:{finding.pk}", "占地认定", detail, finding.happened_on, case_thing(case))
        yield finding.area, facts.evidence(entry, fact)


LAND = (
    LedgerField(
        key="land_area",
        label="非法占地面积",
        kind=Kind.AREA,
        words=(
            "非法占地面积",
            "违法占地面积",
            "占用土地面积",
            "违法用地面积",
            "占地面积",
            "占用面积",
            "面积",
        ),
        unit="亩",
        above=ABOVE,
        side=Side.LAND,
        draw=summed(_areas),
        how="案件录入占地认定后自动填上，以最近一次认定为准。",
    ),
    LedgerField(
        key="land_fine",
        label="占地罚款金额",
        kind=Kind.MONEY,
        words=("罚款金额", "罚款数额", "罚款", "罚没款", "处罚金额"),
        unit="元",
        above=ABOVE,
        side=Side.LAND,
        draw=decided("fine"),
        how="处罚决定作出后自动填上。",
    ),
    LedgerField(
        key="land_restored",
        label="是否恢复原状",
        kind=Kind.BOOL,
        words=("是否恢复原状", "恢复原状", "是否恢复", "是否已恢复", "恢复情况"),
        side=Side.LAND,
        draw=completed(CompletionKind.RESTORATION, "验收恢复原状"),
        how="验收为完成后填“是”，没有验收完成的填“否”。",
    ),
)
