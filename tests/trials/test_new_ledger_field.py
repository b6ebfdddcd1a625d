"""CONTRIBUTING, "A ledger field and a form": 处罚决定书文号, and a form that has it."""

STANDING = (
    "tests/ledgers/test_second_form.py::test_the_houses_forms_are_there_and_loading_them_again_adds_nothing",
)


def test_a_new_ledger_field_and_a_form_that_shows_it_are_three_files(follow):
    trial = follow("new_ledger_field")
    assert trial.touched() == [
        "ledgers/data/forms/decisions-1.json",
        "ledgers/fields/__init__.py",
        "ledgers/fields/decision.py",
    ]
    trial.check(*STANDING)
    trial.check_house()
