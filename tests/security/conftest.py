"""The marked house, made once for each file of tests; every request in it is rolled back."""

import pytest

from tests.security.house import marked_house


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """People, three offices' things, words that give themselves away."""
    with django_db_blocker.unblock(), marked_house() as built:
        yield built
