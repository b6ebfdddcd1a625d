"""较大数额罚款: which fine a place calls large; where none says, none is (行政处罚法 art 58①)."""

from law.facts import Fined, Unweighed
from law.figures import Figures

OF_PERSON, OF_UNIT = "large_fine_person", "large_fine_unit"


def is_large(fined: Fined, figures: Figures, region: str | None) -> bool:
    """Whether fines on one party together reach what counts as large in `region` on the day."""
    limit = figures.value(OF_PERSON if fined.person else OF_UNIT, region, fined.on)
    return limit is not None and fined.amount >= limit


def weighs(decision: Unweighed, figures: Figures, region: str | None) -> bool:
    """Whether it should have been weighed: by its own content, or for a large fine."""
    return decision.heavy or any(is_large(each, figures, region) for each in decision.fined)
