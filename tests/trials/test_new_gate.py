"""CONTRIBUTING, "A gate": 没收物未移交不能结案, a row of the table and its test."""

STANDING = (
    "tests/law/test_gates.py",
    "tests/test_architecture.py::test_the_procedure_page_is_the_acts_table",
)


def test_a_new_gate_is_one_file_and_its_test(follow):
    trial = follow("new_gate")
    trial.print_procedure()
    assert trial.touched() == ["docs/procedure.md", "law/gates/closing.py"]
    trial.check(*STANDING)
