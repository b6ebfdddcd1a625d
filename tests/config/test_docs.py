"""What the documents say is what the code does."""

import re
from collections import Counter
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django.utils import timezone

from accounts.models import Posting, User
from campaigns import desk
from campaigns.models import Duty, DutyRule
from config import demo
from config.settings.reading import read_time
from reminders.models import Notice
from reminders.services import sweeping
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


def test_a_newcomer_finds_a_friday_report_accepted_one_to_accept_and_one_to_hand_in(loaded):
    rule = DutyRule.objects.get(name="周报")
    last, after = sorted(set(Duty.objects.filter(rule=rule).values_list("day", flat=True)))[:2]
    assert (last.isoweekday(), after - last) == (5, timedelta(days=7))
    states = Duty.objects.filter(rule=rule, papers__isnull=False).values_list("agency__name", "state")
    assert dict(states) == {"天宁自然资源所": "accepted", "夏家营自然资源所": "submitted"}
    liaison, reporter = (User.objects.get(username=name) for name in ("lianluo", "tianning"))
    assert "接收或退回材料" in [task.what for task in desk.waiting_for(liaison, timezone.now())]
    coming = timezone.make_aware(datetime.combine(after, time(9)))
    assert "报送周报" in [task.what for task in desk.waiting_for(reporter, coming)]


def test_a_newcomer_finds_no_heap_of_messages_and_is_reminded_from_now_on(loaded):
    def unread() -> Counter:
        return Counter(Notice.objects.filter(read_at=None).values_list("recipient__username", flat=True))

    now = timezone.now()
    sweeping.sweep(now=now)
    assert sum(unread().values()) == 0 and Notice.objects.count() > 50
    coming = Duty.objects.filter(agency__code="141122-zrzy", what="ledger", state="open", due_at__gt=now)
    due = coming.earliest("due_at").due_at
    sweeping.sweep(now=due + timedelta(minutes=1))
    assert unread()["lianluo"] and unread()["shiju"]
    demo.load(StringIO())
    assert unread()["lianluo"] and unread()["shiju"]


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


def test_the_demos_people_stand_on_its_sign_in_page_one_press_away(loaded, client):
    page = client.get("/accounts/sign-in/").content.decode()
    assert re.findall(r'name="username"\s+value="(\S+)">(\S+)</button>', page) == [
        row[:2] for row in demo.rows()
    ]
    answer = client.post(
        "/accounts/sign-in/", {"username": "chengban", "password": demo.PASSWORD}, follow=True
    )
    assert answer.context["user"].username == "chengban"


def test_a_real_house_offers_nobody(cast, client):
    page = client.get("/accounts/sign-in/").content.decode()
    assert "offered" not in page and demo.PASSWORD not in page


def test_the_units_may_write_where_the_environment_puts_things_and_share_no_temporary_folder():
    deploy = ROOT / "docs" / "deploy"
    units = {unit.stem: unit.read_text(encoding="utf-8") for unit in deploy.glob("*.service")}
    assert [name for name, text in units.items() if "\nPrivateTmp=yes\n" not in text] == []
    named = dict(
        re.findall(r"^#?(\w+_DIR)=(/srv/\S+)$", (deploy / "kuangantong.env").read_text(), re.MULTILINE)
    )
    writers = {
        "TRAIL_COPY_DIR": ("kuangantong", "kuangantong-worker@"),
        "FILES_DIR": ("kuangantong-web", "kuangantong-worker@", "kuangantong-backup"),
    }
    assert named.keys() == writers.keys()
    for name, where in writers.items():
        for unit in where:
            assert f"-{named[name]}" in re.search(r"^ReadWritePaths=(.+)$", units[unit], re.MULTILINE)[1]
