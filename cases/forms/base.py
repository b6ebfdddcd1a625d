"""What the forms of this app share: the person and the thing, days, quantities, rows of a table."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User, local_today
from accounts.services.people import holders
from cases.services.amounts import TOO_LARGE, fits
from common.quantities import NotAQuantity, parse_area, parse_money, parse_tonnes, parse_volume
from common.rows import Rows, TakesRows
from registry import codes

ROWS, MOST_ROWS = 5, 40


class ActForm(forms.Form):
    """A form of one act. `fill()` sets choices that depend on the thing; keys are the service's."""

    sections = ()

    def __init__(self, *args, user, thing=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing
        self.fill()

    def fill(self):
        """Set choices that depend on the thing."""

    @property
    def agency(self):
        """The office whose people and places are offered."""
        return self.thing.agency


class PastDay(forms.DateField):
    """A day that isn't still to come."""

    default_error_messages = {"future": "%(label)s不能晚于今天，请核对。"}

    def validate(self, value):
        """Refuse a day to come."""
        super().validate(value)
        if value and value > local_today():
            label = str(self.label or "日期")
            raise ValidationError(self.error_messages["future"], "future", {"label": label})


class Quantity(forms.CharField):
    """A quantity as offices type it (2.5亩、1700㎡、8.4万元); cleans to a Decimal or None.

    `holds` is the model's field in which it will stand: what has more digits is refused in words.
    """

    def __init__(self, *args, read, unit, holds, **kwargs):
        self.read, self.holds = read, holds.field
        kwargs.setdefault("max_length", 30)
        attrs = {"data-unit": unit, "inputmode": "text", "autocomplete": "off"}
        super().__init__(*args, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        """The quantity, converted to the field's unit."""
        typed = super().clean(value)
        try:
            value = self.read(typed)
        except NotAQuantity as wrong:
            raise ValidationError(wrong.sentence) from None
        if not fits(value, self.holds):
            raise ValidationError(TOO_LARGE)
        return value


def area_field(label="面积", *, holds, **kwargs) -> Quantity:
    """An area in 亩; 平方米 and 公顷 are converted."""
    kwargs.setdefault("help_text", "默认以亩计，也可写 1700平方米、0.5公顷")
    return Quantity(label=label, read=parse_area, unit="亩", holds=holds, **kwargs)


def money_field(label, *, holds, **kwargs) -> Quantity:
    """An amount in 元; 万元 is converted."""
    return Quantity(label=label, read=parse_money, unit="元", holds=holds, **kwargs)


def tonnes_field(label="数量", *, holds, **kwargs) -> Quantity:
    """A mass in 吨; 万吨 and 公斤 are converted."""
    return Quantity(label=label, read=parse_tonnes, unit="吨", holds=holds, **kwargs)


def plain_field(label, unit, *, holds, **kwargs) -> forms.DecimalField:
    """A bare number in the field's own unit, with no more digits than the model's field holds."""
    field = holds.field
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=field.max_digits,
        decimal_places=field.decimal_places,
        widget=forms.NumberInput(attrs={"data-unit": unit}),
        error_messages={"max_digits": TOO_LARGE, "max_whole_digits": TOO_LARGE},
        **kwargs,
    )


def volume_field(label="体积", *, holds, **kwargs) -> Quantity:
    """A volume in 立方米; 方 and 万方 are converted."""
    kwargs.setdefault("help_text", "默认以立方米计，也可写 1200方、0.3万方")
    return Quantity(label=label, read=parse_volume, unit="立方米", holds=holds, **kwargs)


class People(forms.ModelChoiceField):
    """A choice of people of the office who hold one of some posts."""

    def __init__(self, label, **kwargs):
        super().__init__(queryset=User.objects.none(), label=label, empty_label="请选择", **kwargs)

    def of(self, agency, *codes):
        """Offer the holders of these posts at `agency`."""
        self.queryset = holders(agency, *codes)


class WithRows(TakesRows):
    """Mixes a table of rows into an ActForm: five empty rows, more with 再加一项 or 再加一行.

    `row_class` is the form of a row, `rows_name` the key in cleaned_data, `rows_title` its head.
    Rows left empty are no rows; the other rows' faults stand at their fields.
    """

    row_class: type[forms.Form] = None
    rows_name = "rows"
    rows_title = ""
    rows_shown = ROWS
    rows_class = Rows

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(data, files, **kwargs)
        factory = forms.formset_factory(
            self.row_class,
            formset=self.rows_class,
            extra=self.rows_shown,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
        )
        initial = (kwargs.get("initial") or {}).get(self.rows_name)
        self.take_rows(
            factory,
            prefix=self.rows_name,
            shown=self.rows_shown,
            most=MOST_ROWS,
            initial=initial,
            form_kwargs={"owner": self},
        )

    @property
    def formsets(self) -> list[dict]:
        """As parts/act.html draws it."""
        return [{"title": self.rows_title, "formset": self.rows}]

    def clean(self):
        """Put the rows that were filled in under `rows_name`."""
        cleaned = super().clean()
        filled = self.filled_rows(self.rows_title)
        cleaned[self.rows_name] = [row.cleaned_data for row in filled]
        return cleaned


class RowForm(forms.Form):
    """One row of a table; `owner` is the form around it."""

    use_required_attribute = False

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fill()

    def fill(self):
        """Set choices that depend on the owner's thing."""


def yes_no(label, **kwargs) -> forms.TypedChoiceField:
    """是, 否 or not known; cleans to True, False or None."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "未填"), ("yes", "是"), ("no", "否")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        **kwargs,
    )


def long_text(label, **kwargs) -> forms.CharField:
    """A text of several lines."""
    kwargs.setdefault("max_length", 8000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


def at_position(cleaned: dict) -> dict:
    """What PositionFields read, as the case's own two fields; what was left empty stays."""
    position, none = cleaned.pop("position", None), cleaned.pop("no_position", False)
    if position:
        cleaned |= {"longitude": position.longitude, "latitude": position.latitude}
    elif none:
        cleaned |= {"longitude": None, "latitude": None}
    return cleaned


SIDES = ("mining_violations", "land_violations")


def of_sides(chosen) -> dict:
    """Codes of violations as the initial values of the two lists of boxes."""
    known = codes.by_code("violations")
    return {
        f"{side}_violations": [c for c in chosen if c in known and known[c]["side"] == side]
        for side in ("mining", "land")
    }


def refuse_only_tags(form, cleaned) -> None:
    """A case needs a violation; tags (以工程建设名义 …) only go with one."""
    chosen = cleaned.get("violations") or []
    if not chosen:
        form.add_error(SIDES[0], "请至少选一项违法类型。")
    elif all(codes.by_code("violations")[code]["tag"] for code in chosen):
        form.add_error(SIDES[0], "附加标签须与一项主要违法类型并用，请再选一项。")
