#!/usr/bin/env python3
"""Django's command line, with a clear sentence where Python is too old or nothing is installed."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 - that is what it is for
        stop("需要 Python 3.11 或更高版本，当前是 " + sys.version.split()[0] + "。请换用新版 Python。")
    if os.name == "nt":
        stop("请在 Linux、macOS 或 Windows 的 WSL 中运行，原生 Windows 不支持。")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    try:
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ImportError:
        stop("还没有安装依赖。请先运行：.venv/bin/pip install -r requirements.txt")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        stop(str(error))


def stop(sentence):
    """Say why it can't start and end with code 2."""
    sys.stderr.write(sentence + "\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
