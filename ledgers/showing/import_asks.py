"""What the preview of an import asks: which sheets, which columns, which lines are one entry."""

from django.urls import reverse

from ledgers.fields import FIELDS, Kind
from ledgers.forms.import_choices import UNANSWERED, UNREAD, columns_of
from ledgers.services.import_compare import CLEAR_BLANKS
from ledgers.services.import_joining import Joining
from ledgers.services.ledger_forms import form_of
from ledgers.sheets.choices import Role

SAMPLES = 3


def asks_of(batch) -> dict:
    """The context of ledgers/importing/asks.html."""
    form = form_of(batch.campaign)
    fields = [column.field for column in form.columns if column.field.kind != Kind.SERIAL]
    recalled = set(batch.choices.get("recalled", ()))
    found = [column for column in columns_of(batch) if not _is_serial(column)]
    columns = [_column(column, fields, recalled, batch.choices) for column in sorted(found, key=_rank)]
    args = [batch.campaign.code, batch.agency.code]
    return {
        "sheets": _sheets(batch),
        "columns": columns,
        "open_columns": [column for column in columns if column["question"]],
        "unread": [column["head"] for column in columns if not column["key"] and not column["question"]],
        "recalled": any(column["recalled"] for column in columns),
        "alike": [_alike(each) for each in batch.report.get("alike", ())],
        "clear_label": CLEAR_BLANKS,
        "clear_blanks": bool(batch.choices.get("clear_blanks")),
        "may_clear": any(row["outcome"] in ("updated", "unchanged") for row in batch.rows),
        "nil": bool(batch.report.get("nil")),
        "nil_url": reverse("ledgers:prepare_ledger", args=args),
    }


def _sheets(batch) -> list[dict]:
    """The sheets where there is something to say: several, or hidden ones."""
    sheets = batch.report.get("sheets", ())
    if len(sheets) < 2 and all(sheet["visible"] for sheet in sheets):
        return []
    return [
        sheet
        | {
            "roles": [
                {"value": role.value, "label": role.label, "chosen": role.value == sheet["role"]}
                for role in Role
            ]
        }
        for sheet in sheets
    ]


def _is_serial(column) -> bool:
    key = column["key"]
    return key in FIELDS and FIELDS[key].kind == Kind.SERIAL


def _rank(column) -> int:
    """What is asked stands first, then what isn't read."""
    return 0 if column["question"] else 2 if column["key"] else 1


def _units(column) -> list[str]:
    """The units it may be counted in, where that makes a difference."""
    key = column["key"]
    return [] if key in FIELDS and FIELDS[key].kind == Kind.PERSONS else column["units"]


def _column(column, fields, recalled, choices) -> dict:
    key = column["key"]
    first = [(UNANSWERED, "请选择")] if column["question"] else []
    options = [*first, (UNREAD, "不读这一列"), *((field.key, _name(field)) for field in fields)]
    chosen = UNANSWERED if column["question"] else key or UNREAD
    unit, _, density = column["unit"].partition("×")
    return column | {
        "options": [
            {
                "value": value,
                "label": f"{label}（可能）" if value in column["candidates"] else label,
                "chosen": value == chosen,
            }
            for value, label in options
        ],
        "unit_options": [{"value": each, "chosen": each == unit} for each in _units(column)],
        "density": density,
        "recalled": column["id"] in recalled
        and (column["id"] in choices.get("columns", {}) or column["id"] in choices.get("units", {})),
        "name": FIELDS[key].name if key in FIELDS else "",
        "samples": column["samples"][:SAMPLES],
    }


def _name(field) -> str:
    side = "" if field.side.value == "none" else f"{field.side.title}·"
    return f"{side}{field.label}"


def _alike(each) -> dict:
    choices = [(Joining.FIRST, "是同一条目，写成一条")]
    if each["clashes"]:
        choices = [
            (Joining.SUM, "是同一条目，各行的数字相加"),
            (Joining.FIRST, f"是同一条目，重复的数字只计{each['first']}的"),
        ]
    choices.append((Joining.APART, f"是 {each['count']} 个条目，分开写入"))
    return each | {
        "choices": [
            {"value": value.value, "label": label, "chosen": value.value == each["answer"]}
            for value, label in choices
        ],
    }
