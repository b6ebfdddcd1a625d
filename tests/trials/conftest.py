"""A tree in which a recipe was followed."""

import pytest

from tests.trials.recipe import Trial


@pytest.fixture
def follow(tmp_path):
    """`follow("new_case_state")` copies the checkout and applies the recipe's diff there."""
    return lambda name: Trial.begin(name, tmp_path / "tree")
