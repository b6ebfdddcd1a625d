"""A slip of the keyboard is refused in words at its field; no figure reaches a column too small."""

import importlib
import pkgutil
from decimal import Decimal

import pytest
from django import forms

import cases.forms
import clues.forms
from accounts.models import local_today
from cases.models import LandFinding, MineralFinding, Payment, PenaltyItem
from cases.services import execution, investigation
from common.errors import Refused
from common.fitting import fits, refuse_too_large
from common.forms.quantities import Quantity
from tests.cases import making
from tests.cases.pages import post, rows

ENORMOUS = "99999999999999999999"


def figures():
    """Every field of every form of both apps that takes a decimal figure."""
    for package in (cases.forms, clues.forms):
        for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(each.name)
            for form in vars(module).values():
                if isinstance(form, type) and issubclass(form, forms.BaseForm):
                    for name, field in getattr(form, "base_fields", {}).items():
                        if isinstance(field, Quantity | forms.DecimalField):
                            yield pytest.param(field, id=f"{form.__name__}.{name}")


FIGURES = list(figures())


def test_the_sweep_finds_the_figures():
    names = {each.id for each in FIGURES}
    assert {"LandRow.area", "MineralRow.volume", "ItemRow.area", "PaymentForm.amount"} <= names


@pytest.mark.parametrize("field", FIGURES)
def test_an_enormous_figure_is_refused_at_its_field(field):
    with pytest.raises(forms.ValidationError, match="过大"):
        field.clean(ENORMOUS)


@pytest.mark.parametrize("field", [each for each in FIGURES if hasattr(each.values[0], "holds")])
def test_the_largest_that_the_column_holds_or_the_next_is_refused(field):
    limit = Decimal(10) ** (field.holds.max_digits - field.holds.decimal_places)
    assert not fits(limit, field.holds)
    with pytest.raises(forms.ValidationError, match="过大"):
        field.clean(f"{limit:f}")
    assert field.clean("9999999") == Decimal(9999999)


def test_an_area_too_large_is_said_at_the_row(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_land_finding",
        happened_on=local_today().isoformat(),
        **rows("rows", {"land_class": "arable", "area": "99999999999"}),
    )
    assert response.status_code == 422
    assert "过大" in response.context["form"].rows[0].errors["area"][0]


def test_a_volume_too_large_in_tonnes_is_said_at_the_row(cast, sign_in):
    case = making.filed_case(cast)
    response = post(
        sign_in(cast.handler),
        case,
        "record_mineral_finding",
        happened_on=local_today().isoformat(),
        **rows("rows", {"mineral": "煤", "volume": "99999999999", "density": "9999"}),
    )
    assert response.status_code == 422
    assert "折算为吨后数值过大" in response.context["form"].rows[0].errors["volume"][0]


def test_an_area_to_pull_down_too_large_is_said_at_the_row(cast, sign_in):
    case = making.occupied(cast, making.filed_case(cast))
    response = post(
        sign_in(cast.handler),
        case,
        "propose_decision",
        **rows("items", {"kind": "demolish", "area": "99999999999平方米"}),
    )
    assert response.status_code == 422
    assert "过大" in response.context["form"].rows[0].errors["area"][0]


def test_services_refuse_it_too(cast):
    case = making.filed_case(cast)
    with pytest.raises(Refused, match="面积数值过大"):
        making.occupied(cast, case, area="99999999999")
    with pytest.raises(Refused, match="数量数值过大"):
        investigation.record_mineral_finding(
            by=cast.handler,
            case=case,
            happened_on=local_today(),
            rows=[{"mineral": "煤", "volume": Decimal(99999999999), "density": Decimal(9999)}],
        )
    case = making.mined(cast, case)
    with pytest.raises(Refused, match="金额数值过大"):
        making.proposed_decision(
            cast, case, items=[{**making.FINE, "amount": Decimal(10) ** 14}, making.MINERALS]
        )
    case = making.decided_case(cast, case)
    with pytest.raises(Refused, match="金额数值过大"):
        execution.record_payment(
            by=cast.handler,
            case=case,
            entry=execution.PaymentEntry(
                item=case.decisions.get().items.get(kind="fine"),
                paid_on=local_today(),
                amount=Decimal(10) ** 15,
                over=True,
            ),
        )


@pytest.mark.parametrize("model", [LandFinding, MineralFinding, PenaltyItem, Payment])
def test_every_figure_of_a_model_is_asked(model):
    for field in model._meta.get_fields():
        if getattr(field, "max_digits", None):
            with pytest.raises(Refused, match="过大"):
                refuse_too_large(model, {field.name: Decimal(10) ** field.max_digits})
            refuse_too_large(model, {field.name: None})
