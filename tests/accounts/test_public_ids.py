"""A public id can be typed after an option of a command: it never looks like an option itself."""

from accounts.models import base


def test_an_id_never_begins_with_a_dash(monkeypatch):
    made = iter(["-TuzbV8xcZ03rGc9", "_TuzbV8xcZ03rGc9", "7TuzbV8xcZ03rGc9"])
    monkeypatch.setattr(base.secrets, "token_urlsafe", lambda size: next(made))

    assert base.random_id() == "7TuzbV8xcZ03rGc9"
