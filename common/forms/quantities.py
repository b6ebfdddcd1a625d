"""Fields for quantities as offices type them: 2.5亩, 1700㎡, 8.4万元, 0.3万方."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DecimalField
from django.db.models.query_utils import DeferredAttribute

from common.fitting import TOO_LARGE, fits
from common.numerals import NotAQuantity
from common.quantities import parse_area, parse_money, parse_tonnes, parse_volume


class Quantity(forms.CharField):
    """A quantity as offices type it (2.5亩、1700㎡、8.4万元); cleans to a Decimal or None.

    `holds` is the model's field in which it will stand: what has more digits is refused in words.
    """

    def __init__(
        self,
        *args: Any,
        read: Callable[[object], Decimal | None],
        unit: str,
        holds: DeferredAttribute,
        **kwargs: Any,
    ):
        self.read, self.holds = read, holds.field
        kwargs.setdefault("max_length", 30)
        attrs = {"data-unit": unit, "inputmode": "text", "autocomplete": "off"}
        super().__init__(*args, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """The quantity, converted to the field's unit."""
        typed = super().clean(value)
        try:
            value = self.read(typed)
        except NotAQuantity as wrong:
            raise ValidationError(wrong.sentence) from None
        if not fits(value, self.holds):
            raise ValidationError(TOO_LARGE)
        return value


def area_field(label: str = "面积", *, holds: DeferredAttribute, **kwargs: Any) -> Quantity:
    """An area in 亩; 平方米 and 公顷 are converted."""
    kwargs.setdefault("help_text", "默认以亩计，也可写 1700平方米、0.5公顷")
    return Quantity(label=label, read=parse_area, unit="亩", holds=holds, **kwargs)


def money_field(label: str, *, holds: DeferredAttribute, **kwargs: Any) -> Quantity:
    """An amount in 元; 万元 is converted."""
    return Quantity(label=label, read=parse_money, unit="元", holds=holds, **kwargs)


def tonnes_field(label: str = "数量", *, holds: DeferredAttribute, **kwargs: Any) -> Quantity:
    """A mass in 吨; 万吨 and 公斤 are converted."""
    return Quantity(label=label, read=parse_tonnes, unit="吨", holds=holds, **kwargs)


def volume_field(label: str = "体积", *, holds: DeferredAttribute, **kwargs: Any) -> Quantity:
    """A volume in 立方米; 方 and 万方 are converted."""
    kwargs.setdefault("help_text", "默认以立方米计，也可写 1200方、0.3万方")
    return Quantity(label=label, read=parse_volume, unit="立方米", holds=holds, **kwargs)


def plain_field(label: str, unit: str, *, holds: DeferredAttribute, **kwargs: Any) -> forms.DecimalField:
    """A bare number in the field's own unit, with no more digits than the model's field holds."""
    field: DecimalField = holds.field
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=field.max_digits,
        decimal_places=field.decimal_places,
        widget=forms.NumberInput(attrs={"data-unit": unit}),
        error_messages={"max_digits": TOO_LARGE, "max_whole_digits": TOO_LARGE},
        **kwargs,
    )
