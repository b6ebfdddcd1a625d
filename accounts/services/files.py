"""Files kept byte for byte under their SHA-256: written whole, then named, then recorded."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from accounts.models import StoredFile
from common.errors import Refused

SIGNATURES = {
    "application/pdf": (b"%PDF-", (".pdf",)),
    "image/jpeg": (b"\xff\xd8\xff", (".jpg", ".jpeg")),
    "image/png": (b"\x89PNG\r\n\x1a\n", (".png",)),
    "image/tiff": (b"II*\x00", (".tif", ".tiff")),
    "image/bmp": (b"BM", (".bmp",)),
    "video/mp4": (b"ftyp", (".mp4",)),
    "audio/mpeg": (b"ID3", (".mp3",)),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        b"PK\x03\x04",
        (".docx",),
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        b"PK\x03\x04",
        (".xlsx",),
    ),
    "application/msword": (b"\xd0\xcf\x11\xe0", (".doc",)),
    "application/vnd.ms-excel": (b"\xd0\xcf\x11\xe0", (".xls",)),
}


def path_of(sha256: str) -> Path:
    """Where the bytes of this digest lie."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def store(*, by, upload, agency=None, content_type="") -> StoredFile:
    """Keep an upload; its type is told by its first bytes and its name together.

    A caller that has read the file whole gives the `content_type` it found.

    Raises Refused for an empty, too large or unknown file, naming it.
    """
    name = Path(str(upload.name).replace("\\", "/")).name[-180:]
    if upload.size == 0:
        raise Refused(f"文件“{name}”是空的，请重新选择。")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise Refused(f"文件“{name}”超过 {limit} MB，请压缩或拆分后再上传。")
    content_type = content_type or kind_of(name, upload)
    upload.seek(0)
    digest = _write(upload)
    return StoredFile.objects.create(
        sha256=digest,
        size=upload.size,
        name=name,
        content_type=content_type,
        agency=agency,
        stored_by=by,
    )


def kind_of(name: str, upload) -> str:
    """The content type that both the first bytes and the name's ending tell; else Refused."""
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    ending = Path(name).suffix.lower()
    for content_type, (signature, endings) in SIGNATURES.items():
        found = head[4:8] == signature if signature == b"ftyp" else head.startswith(signature)
        if ending in endings and found:
            return content_type
    raise Refused(
        f"文件“{name}”的类型不能接收。可以上传：PDF、JPG、PNG、TIF、BMP 图片，MP4、MP3，"
        "Word、Excel；请确认文件后缀与内容一致。"
    )


def _write(upload) -> str:
    """Write to a draft beside its place, sync, then rename: no half file is ever named."""
    root = Path(settings.FILES_DIR)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    descriptor, draft = tempfile.mkstemp(dir=root, prefix=".draft-")
    with os.fdopen(descriptor, "wb") as handle:
        for chunk in upload.chunks():
            digest.update(chunk)
            handle.write(chunk)
        handle.flush()
        os.fsync(handle.fileno())
    place = path_of(digest.hexdigest())
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    Path(draft).replace(place)
    return digest.hexdigest()


def open_checked(stored: StoredFile):
    """The file's bytes, opened, after checking that they are still the ones received."""
    path = path_of(stored.sha256)
    if not path.exists():
        raise Refused(f"文件“{stored.name}”找不到了，请联系系统管理员从备份恢复。")
    with path.open("rb") as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != stored.sha256:
            raise Refused(f"文件“{stored.name}”与收到时不一致，已停止下载，请联系系统管理员。")
    return path.open("rb")
