"""CONTRIBUTING, "A reminder source": places to be screened, due on their day."""

STANDING = ("tests/test_architecture.py::test_models_and_migrations_agree",)


def test_a_new_reminder_source_is_two_files(follow):
    trial = follow("new_reminder_source")
    assert trial.touched() == ["campaigns/receivers.py", "campaigns/services/screening_source.py"]
    trial.check(*STANDING)
    trial.check_house()
