"""Keys that live in files of mode 0600, made on first use, never in settings or the database."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_make_key(path: Path, nbytes: int = 48) -> str:
    """Return the text of the key file at `path`; make it (0600) if it isn't there.

    Two processes that start at once agree: the file is linked into place whole, and the loser
    reads the winner's. Raises ImproperlyConfigured with a Chinese sentence if the folder can't be
    written or the file can't be read.
    """
    try:
        return _read_or_make(path, nbytes)
    except OSError as error:
        raise ImproperlyConfigured(
            f"密钥文件 {path} 不能读写。请核对目录的属主、权限和磁盘空间，或用环境变量 VAR_DIR 换一个目录。"
        ) from error


def _read_or_make(path: Path, nbytes: int) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(nbytes))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
