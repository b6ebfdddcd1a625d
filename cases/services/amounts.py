"""Whether a figure fits its column: a slip of the keyboard is refused in words, never a crash."""

from decimal import Decimal

from django.db.models import DecimalField, Model

from common.errors import Refused

TOO_LARGE = "数值过大，请核对数字和单位。"


def fits(value: Decimal | None, field: DecimalField) -> bool:
    """Whether a Decimal has no more digits before the point than the model's `field` holds."""
    return value is None or abs(value) < Decimal(10) ** (field.max_digits - field.decimal_places)


def refuse_too_large(model: type[Model], values: dict) -> None:
    """Refuse figures that the fields of `model` cannot hold, naming the first of them."""
    for field in model._meta.get_fields():
        value = values.get(field.name) if isinstance(field, DecimalField) else None
        if not fits(value, field):
            raise Refused(f"{str(field.verbose_name).partition('（')[0]}{TOO_LARGE}")
