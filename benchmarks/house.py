"""A throw-away house for a benchmark: its own folder, migrated, with the cast."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def open_house(kept: Path | None = None) -> None:
    """Set Django up in a new folder (or on DATABASE_URL's server) and migrate; `kept` is one that stays."""
    sys.path.insert(0, str(ROOT))
    folder = kept or tempfile.mkdtemp(prefix="kuangantong-bench-")
    os.environ["VAR_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    if kept is None:
        import atexit

        atexit.register(shutil.rmtree, folder, True)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.utils import timezone

    from config import house_keys

    house_keys.settle(timezone.now())
