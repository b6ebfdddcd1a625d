"""Files kept byte for byte under their SHA-256: written whole, then named, then recorded."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File

from accounts.models import Agency, StoredFile, User
from accounts.services.file_kinds import kind_of
from common.errors import Refused


def path_of(sha256: str) -> Path:
    """Where the bytes of this digest lie."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def store(*, by: User, upload: File, agency: Agency | None = None, content_type: str = "") -> StoredFile:
    """Keep an upload; its type is recognised by its first bytes and its name together.

    A caller that has read the file whole gives the `content_type` it found.

    Raises Refused for an empty, too large or unknown file, naming it.
    """
    name = checked_name(upload)
    content_type = content_type or kind_of(name, upload)
    upload.seek(0)
    digest = _write(upload)
    return StoredFile.objects.create(
        sha256=digest, size=upload.size, name=name, content_type=content_type, agency=agency, stored_by=by
    )


def checked_name(upload: File) -> str:
    """The upload's name without a path, once it is neither empty nor too large; else Refused."""
    name = Path(str(upload.name).replace("\\", "/")).name[-180:]
    if upload.size == 0:
        raise Refused(f"文件“{name}”是空的，请重新选择。")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise Refused(f"文件“{name}”超过 {limit} MB，请压缩或拆分后再上传。")
    return name


def _write(upload: File) -> str:
    """Write to a draft beside its place, sync, then rename: no half file is ever named."""
    root = Path(settings.FILES_DIR)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    descriptor, draft = tempfile.mkstemp(dir=root, prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            for chunk in upload.chunks():
                digest.update(chunk)
                handle.write(chunk)
            handle.flush()
            os.fsync(handle.fileno())
        place = path_of(digest.hexdigest())
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(draft).replace(place)
    except BaseException:
        Path(draft).unlink(missing_ok=True)  # a full disk isn't filled further
        raise
    return digest.hexdigest()


def open_checked(stored: StoredFile) -> BinaryIO:
    """The file's bytes, opened, after checking that they are still the ones received."""
    path = path_of(stored.sha256)
    if not path.exists():
        raise Refused(f"文件“{stored.name}”找不到了，请联系系统管理员从备份恢复。")
    with path.open("rb") as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != stored.sha256:
            raise Refused(f"文件“{stored.name}”与收到时不一致，已停止下载，请联系系统管理员。")
    return path.open("rb")
