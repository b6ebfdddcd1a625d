"""README command 1, served: a page comes, SIGTERM to the parent ends everybody, exit code 0."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.config.processes import below, free_port, running, until  # noqa: E402


def page(address: str) -> bool:
    """Whether the page comes."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except OSError:
        return False


def main() -> int:
    """Start, look, stop; 0 when all went as it should."""
    port = free_port()
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    tree = subprocess.Popen(command, cwd=ROOT, env=os.environ)  # noqa: S603 - our own command
    try:
        until(lambda: page(f"http://127.0.0.1:{port}/accounts/sign-in/"), seconds=60)
        everybody = below(tree.pid)
        tree.terminate()
        code = tree.wait(30)
    finally:
        tree.kill()
    left = running(everybody)
    sys.stdout.write(f"{len(everybody)} processes, exit code {code}, left over: {len(left)}\n")
    return code or len(left)


if __name__ == "__main__":
    sys.exit(main())
