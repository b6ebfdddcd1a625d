"""What the ledgers have to say on the page of a case."""

from cases.models import Case
from common.showing.figures import number
from ledgers.fields import LedgerField, Use, Value
from ledgers.models import ImportedValues
from ledgers.services.ledger_forms import form_of

SHOWN = (Use.FACT, Use.REMARK)


def imported_rows(case: Case) -> list[dict]:
    """What the county's own workbook said last, as in its form; nothing for a native case."""
    if not case.imported:
        return []
    last = ImportedValues.objects.filter(case=case).select_related("batch__campaign").first()
    if last is None:
        return []
    fields = form_of(last.batch.campaign).of_use(*SHOWN)
    rows = [{"label": "数据截止", "value": last.as_of.isoformat()}]
    return rows + [
        {"label": field.name, "value": _shown(field, last.of(field.key)), "unit": field.unit}
        for field in fields
    ]


def _shown(field: LedgerField, value: Value) -> str:
    if value is None or not field.is_summed:
        return field.show(value)
    return number(value)
