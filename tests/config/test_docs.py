"""What the documents say is what the code does."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands

from accounts.models import Posting, User
from config import demo
from config.settings.reading import read_time
from tests.config.processes import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DEPLOY = (ROOT / "docs" / "deploy" / "README.md").read_text(encoding="utf-8")
REASONS = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]


def required(name: str) -> set[str]:
    """The lines of a requirements file that name a package."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and line[0] not in "#-"}


def test_every_package_is_pinned_and_has_its_reason():
    packages = required("requirements.txt") | required("requirements-dev.txt")
    assert [line for line in packages if not re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+", line)] == []
    explained = dict(re.findall(r"^\| (\S+==\S+) \| (.+) \|$", REASONS, re.MULTILINE))
    assert set(explained) == packages
    assert [name for name, reason in explained.items() if len(reason) < 20] == []


@pytest.fixture
def loaded(db):
    """The demo's people."""
    demo.load(StringIO())


def test_the_people_of_the_readme_are_those_of_the_demo(loaded):
    rows = re.findall(r"^\| `(\S+)` \| (\S+) \| (\S+) \| (\S+) \|$", README, re.MULTILINE)
    assert rows == demo.rows()
    assert f"`{demo.PASSWORD}`" in README


def test_everybody_of_the_demo_can_sign_in_and_loading_again_changes_nothing(loaded):
    for person in demo.PEOPLE:
        user = User.objects.get(username=person.username)
        assert user.check_password(demo.PASSWORD)
        assert user.is_active and not user.must_change_password
        assert user.role_codes == set(person.posts)
    before = list(User.objects.values()), list(Posting.objects.values())
    demo.load(StringIO())
    assert (list(User.objects.values()), list(Posting.objects.values())) == before


def test_the_readme_has_the_two_commands_as_they_are_run():
    install = "python3 -m venv .venv && .venv/bin/pip install"
    assert f"{install} -r requirements.txt && .venv/bin/python manage.py demo\n" in README
    assert f"{install} -r requirements-dev.txt && .venv/bin/pytest\n" in README


def test_every_command_that_a_page_names_is_there():
    named = {
        (page.name, command)
        for page in PAGES
        for command in re.findall(r"manage\.py (\w+)", page.read_text(encoding="utf-8"))
    }
    assert {command for _, command in named} - set(get_commands()) == set()


def test_every_local_link_leads_somewhere():
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if not target.startswith("http") and not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_setting_that_a_deployment_needs_is_told():
    source = (ROOT / "config" / "settings" / "base.py").read_text(encoding="utf-8")
    told_at_the_top = set(re.findall(r"^([A-Z_]+) {2,}", source, re.MULTILINE))
    assert told_at_the_top
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source)) - {"TEST_DB_NAME"}
    assert {name for name in told_at_the_top | read if f"`{name}`" not in DEPLOY} == set()


@pytest.mark.parametrize("text", ["9", "24:00", "9:60", "9:5x", ""])
def test_a_wrong_time_of_the_days_message_is_refused_with_a_sentence(text):
    assert read_time("9:10") == (9, 10)
    with pytest.raises(ImproperlyConfigured, match="DIGEST_AT 写得不对"):
        read_time(text)


def test_the_units_start_what_the_checkout_has():
    for unit in Path(ROOT / "docs" / "deploy").glob("*.service"):
        for command in re.findall(r"manage\.py (\w+)", unit.read_text(encoding="utf-8")):
            assert command in get_commands()
