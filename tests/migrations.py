"""What migrations there are, each with its digest: `python -m tests.migrations` records new ones.

A migration that was recorded is never changed: backups made with it must restore. From here on they
only add.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECORD = Path(__file__).with_name("migrations.json")


def present() -> dict[str, str]:
    """{file: SHA-256} of every migration in the checkout."""
    files = sorted(ROOT.glob("*/migrations/0*.py"))
    return {
        file.relative_to(ROOT).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def recorded() -> dict[str, str]:
    """The same as it was recorded."""
    return json.loads(RECORD.read_text(encoding="utf-8"))


def main() -> int:
    """Record the new ones; 1 where a recorded one is changed or gone."""
    there, before = present(), recorded()
    if changed := [file for file, digest in before.items() if there.get(file) != digest]:
        sys.stdout.write(f"recorded migrations are never changed: {', '.join(changed)}\n")
        return 1
    RECORD.write_text(json.dumps(there, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
