#!/usr/bin/env python3
"""Django's command line, with a clear sentence where Python is too old or nothing is installed."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    if sys.version_info < (3, 11):
        sys.exit(
            "需要 Python 3.11 或更高版本，当前是 "
            + sys.version.split()[0]
            + "。请换用新版 Python。"
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ImportError:
        sys.exit("还没有安装依赖。请先运行：.venv/bin/pip install -r requirements.txt")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
