"""A recipe's diff finds its places by the lines beside them, and says so when they are gone."""

import pytest

from tests.trials.recipe import HERE, StaleRecipe, apply, read_diff

LIMITS = {"new_case_state": 3, "new_gate": 1, "new_ledger_field": 3, "new_reminder_source": 2}
TEXT = "one\ntwo\nthree\n"


def hunk(*lines):
    """The only hunk of a diff of one file."""
    text = "\n".join(["--- a/x.py", "+++ b/x.py", "@@", *lines])
    return read_diff(text)["x.py"][0]


@pytest.mark.parametrize(
    ("lines", "text", "becomes"),
    [
        ((" one", "+new", " two"), TEXT, "one\nnew\ntwo\nthree\n"),
        ((" one", "+new", " two"), "one\nzwei\n", "one\nnew\nzwei\n"),
        ((" one", "+new", " two"), "eins\ntwo\n", "eins\nnew\ntwo\n"),
        ((" one", "-two", "+new"), TEXT, "one\nnew\nthree\n"),
    ],
)
def test_a_place_is_found_by_either_neighbour(lines, text, becomes):
    assert apply(text, hunk(*lines), "x.py") == becomes


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((" one", "+new", " two"), "eins\nzwei\n"),
        ((" one", "+new", " two"), "one\none\ntwo\ntwo\none\ntwo\n"),
        ((" one", "-two", "+new"), "one\nzwei\n"),
    ],
)
def test_a_place_that_is_gone_or_not_alone_is_told(lines, text):
    with pytest.raises(StaleRecipe, match="x.py .* stale"):
        apply(text, hunk(*lines), "x.py")


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_no_diff_names_more_files_than_its_trial_may(name):
    touched = read_diff((HERE / f"{name}.diff").read_text(encoding="utf-8"))
    assert len(touched) <= LIMITS[name]
