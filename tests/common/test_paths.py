"""An address put together without asking the table of addresses is the one that the table gives."""

import pytest
from django.urls import NoReverseMatch, reverse

from accounts.models.base import Recorded
from common.paths import path_of

NAMES = ("cases:detail", "cases:assign_handlers", "clues:detail", "accounts:file", "accounts:thumbnail")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_address_that_django_gives(name):
    for key in (Recorded._meta.get_field("public_id").get_default(), "-_Az09", "x"):
        assert path_of(name, key) == reverse(name, args=[key])


def test_a_name_without_an_address_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            path_of("cases:no_such_act", "x")
