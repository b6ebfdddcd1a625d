"""Whole installations in folders of their own, driven through `manage.py` as a technician does."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
from accounts.models import Agency, User
from accounts.services import files, sealing, secrets
from registry.models import Party
by, agency = User.objects.get(username="zhangsan"), Agency.objects.get(code="141122-zrzy")
files.store(by=by, upload=SimpleUploadedFile("立案.pdf", b"%PDF-1.7 paper"), agency=agency)
party = Party(agency=agency, name="王某", name_fold="王某")
party.identity_sealed = secrets.seal("{identity}", party, "identity")
party.save()
sealing.seal_ended_days(now=timezone.now() + timedelta(days=1))
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


def new_county(folder: Path, database: str = "") -> House:
    """A county with an administrator, a file, an encrypted value and a sealed day."""
    house = House(folder, database)
    house.manage(
        "serve", "--no-serve", *("--region", "141122", "--admin-name", "张三", "--admin-username", "zhangsan")
    )
    house.run("-c", FILL)
    return house
