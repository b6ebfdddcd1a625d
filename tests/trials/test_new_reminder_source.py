"""CONTRIBUTING, "A reminder source": what a meeting agreed on, due on its day."""

STANDING = ("tests/test_architecture.py::test_models_and_migrations_agree",)


def test_a_new_reminder_source_is_two_files(follow):
    trial = follow("new_reminder_source")
    assert trial.touched() == ["campaigns/receivers.py", "campaigns/services/item_source.py"]
    trial.check(*STANDING)
    trial.check_house()
