"""CONTRIBUTING, "A state of a case": 中止调查, with the act into it and the act out of it."""

STANDING = (
    "tests/cases/test_stages.py::test_a_case_in_every_state_on_every_page[suspended]",
    "tests/test_architecture.py::test_the_procedure_page_is_the_acts_table",
    "tests/test_architecture.py::test_models_and_migrations_agree",
    "tests/test_architecture.py::test_every_address_has_a_policy",
    "tests/test_architecture.py::test_a_view_is_found_by_its_name",
)


def test_a_new_state_of_a_case_is_three_files(follow):
    trial = follow("new_case_state")
    trial.migrate("cases")
    trial.print_procedure()
    assert trial.touched() == ["cases/acts.py", "cases/stages.py", "docs/procedure.md"]
    trial.check(*STANDING)
    trial.check_house()
