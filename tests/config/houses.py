"""Whole installations in folders of their own, driven through `manage.py` as a technician does."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from tests.config.processes import ROOT

PASSWORD = "mei-kuang-2026-an"
IDENTITY = "14112219800101123X"
SETUP = "import django; django.setup()\n"
# An encrypted value, a stored file and a sealed day: what a backup must bring back whole.
FILL = (
    SETUP
    + """
from datetime import timedelta
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.db import transaction
from accounts.models import Agency, User
from accounts.services import files, hourly, sealing, secrets, trail
from registry.models import Party
by, agency = User.objects.get(username="zhangsan"), Agency.objects.get(code="141122-zrzy")
with transaction.atomic():
    files.store(by=by, upload=SimpleUploadedFile("立案.pdf", b"%PDF-1.7 paper"), agency=agency)
    trail.record(by=by, act="test", label="存入", thing=agency)
party = Party(agency=agency, name="王某", name_fold="王某")
party.identity_sealed = secrets.seal("{identity}", party, "identity")
party.identity_index = secrets.blind_index("{identity}", "party-identity")
party.save()
sealing.seal_ended_days(now=timezone.now() + timedelta(days=1))
hourly.seal_hour(now=timezone.now())
""".replace("{identity}", IDENTITY)
)
DIGESTS = (
    SETUP
    + """
import hashlib, json
from django.apps import apps
from django.core import serializers
digests = {}
for model in apps.get_models():
    if model._meta.model_name in ("session", "heartbeat"):
        continue
    rows = model._base_manager.order_by("pk")
    # PostgreSQL keeps the names of a JSON object in an order of its own.
    text = json.dumps(json.loads(serializers.serialize("json", rows)), sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    digests[model._meta.label] = [len(rows), digest]
print(json.dumps(digests))
"""
)
OPENED = (
    SETUP
    + """
from accounts.models import StoredFile
from accounts.services import files, secrets
from registry.models import Party
party = Party.objects.get(name="王某")
print(secrets.open_sealed(party.identity_sealed, party, "identity"))
print(files.open_checked(StoredFile.objects.get()).read().decode())
"""
)


@dataclass(frozen=True)
class House:
    """One installation: its folder and its database."""

    folder: Path
    database: str = ""

    def run(self, *command: str, code: int = 0) -> str:
        """Run Python with these arguments in this house; what it said. Fails on another code."""
        environment = {
            **os.environ,
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "REDIS_URL": "",
            "ADMIN_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
        }
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def manage(self, *command: str, code: int = 0) -> str:
        """Run a command of manage.py."""
        return self.run("manage.py", *map(str, command), code=code)

    def digests(self) -> dict:
        """Count and digest of every table."""
        return json.loads(self.run("-c", DIGESTS))


def new_county(folder: Path, database: str = "", *, anew: bool = False) -> House:
    """A county with an administrator, a file, an encrypted value and a sealed day.

    Copied from one that is made once in a run; with `anew`, or in a `database`, made for itself, so that
    its keys and rows are no other county's.
    """
    if not (database or anew):
        return House(shutil.copytree(_first(), folder))
    house = House(folder, database) if database else empty_house(folder)
    house.manage(
        "serve", "--no-serve", *("--region", "141122", "--admin-name", "张三", "--admin-username", "zhangsan")
    )
    house.run("-c", FILL)
    return house


def empty_house(folder: Path) -> House:
    """A house that never began: all tables, no row of its own and no key. Its start need not migrate."""
    folder.mkdir(parents=True)
    shutil.copy(_migrated(), folder)
    return House(folder)


@cache
def _migrated() -> Path:
    """Made once in a run, since to migrate is nine tenths of what a first start costs."""
    house = House(Path(settings.VAR_DIR) / "migrated")
    house.manage("migrate", "-v0")
    return house.folder / "db.sqlite3"


@cache
def _first() -> Path:
    return new_county(Path(settings.VAR_DIR) / "first-county", anew=True).folder
