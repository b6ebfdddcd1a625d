"""A choice of several rows: a number beyond what a key can hold is refused, on every database."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from accounts.models import User
from common.forms.fields import SeveralRows
from tests.figures import APPS, sources


@pytest.mark.parametrize("sent", ["9" * 30, "9" * 19, "-" + "9" * 30, "x" * 300])
def test_a_number_that_no_row_can_have_is_a_fault_of_the_form(cast, sent):
    with pytest.raises(ValidationError):
        SeveralRows(User.objects.all()).clean([str(cast.handler.pk), sent])


def test_what_is_there_is_chosen(cast):
    assert list(SeveralRows(User.objects.all()).clean([str(cast.handler.pk)])) == [cast.handler]
    assert not SeveralRows(User.objects.all(), required=False).clean([])


def test_every_form_uses_it():
    assert issubclass(SeveralRows, forms.ModelMultipleChoiceField) and apps.ready
    raw = [path for path in sources(*APPS) if "forms.ModelMultipleChoiceField" in path.read_text("utf-8")]
    assert [path.name for path in raw] == ["fields.py"]
