"""Files kept byte for byte under their SHA-256: written whole, then named, then recorded.

A secret one is encrypted before its first byte reaches the disk, and lies under the SHA-256 of what lies
there: who copies files, for a backup say, checks them without any key.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File

from accounts.models import Agency, StoredFile, User
from accounts.services import drafts, secrets
from accounts.services.file_kinds import checked_kind
from common.errors import Refused
from common.sealed_files import open_sealed_file, write_sealed
from common.sealing import CannotDecrypt

# The name in clear of one whose own is sealed.
HIDDEN = "保密文件"


def path_of(sha256: str) -> Path:
    """Where the bytes of this digest lie (`StoredFile.on_disk`)."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def store(
    *,
    by: User,
    upload: File,
    agency: Agency | None = None,
    content_type: str = "",
    secret: bool = False,
) -> StoredFile:
    """Keep an upload, encrypted if it is `secret`; its type is recognised by first bytes and name together.

    A caller that has read the file whole gives the `content_type` it found.

    Raises Refused for an empty, too large or unknown file and for a picture that doesn't open, naming it.
    """
    name = checked_name(upload)
    content_type = content_type or checked_kind(name, upload)
    stored = StoredFile(
        name=name, size=upload.size, content_type=content_type, agency=agency, stored_by=by, secret=secret
    )
    upload.seek(0)
    (keep_sealed if secret else _keep_plain)(stored, upload.chunks())
    stored.save(force_insert=True)
    return stored


def checked_name(upload: File) -> str:
    """The upload's name without a path, once it is neither empty nor too large; else Refused.

    Nor with signs that nobody sees: one of them turns what follows about (exe.txt for txt.exe).
    """
    name = Path(str(upload.name).replace("\\", "/")).name
    name = "".join(sign for sign in name if sign.isprintable())[-180:]
    if upload.size == 0:
        raise Refused(f"文件“{name}”是空的，请重新选择。")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise Refused(f"文件“{name}”超过 {limit} MB，请压缩或拆分后再上传。")
    return name


def keep_sealed(stored: StoredFile, chunks: Iterable[bytes]) -> None:
    """Write the bytes encrypted, and into the row, which the caller saves, what opens them again; it
    says neither the name nor the plain digest."""
    key, stored.key_sealed = secrets.new_file_key(stored)
    digest = Digesting()
    bound_to = secrets.place(stored, secrets.FILE_KEY)
    stored.kept_as = _write(lambda target: write_sealed(target, digest.passing(chunks), key, bound_to))
    stored.sha256 = digest.hexdigest()
    hide(stored)


def hide(stored: StoredFile) -> None:
    """Seal the row's name, and key its digest; the caller saves it."""
    stored.name_sealed, stored.name = secrets.seal(stored.name, stored, "name"), HIDDEN
    stored.sha256 = _keyed(stored.sha256)


def name_of(stored: StoredFile) -> str:
    """The file's name, for who may open it."""
    return secrets.open_sealed(stored.name_sealed, stored, "name") or stored.name


def _keyed(sha256: str) -> str:
    return secrets.blind_index(sha256, secrets.FILE_KEY)


def _keep_plain(stored: StoredFile, chunks: Iterable[bytes]) -> None:
    stored.sha256 = _write(lambda target: [target.write(chunk) for chunk in chunks])


class Digesting:
    """The SHA-256 of what was written or passed by."""

    def __init__(self, target: BinaryIO | None = None):
        self._sum, self._target = hashlib.sha256(), target

    def passing(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        """The chunks as they are."""
        for chunk in chunks:
            self._sum.update(chunk)
            yield chunk

    def write(self, chunk: bytes) -> None:
        """On to the target."""
        self._sum.update(chunk)
        self._target.write(chunk)

    def hexdigest(self) -> str:
        """Of all so far."""
        return self._sum.hexdigest()


def _write(put: Callable[[Digesting], object]) -> str:
    """Write to a draft beside its place, sync, then rename: no half file is ever named."""
    root = Path(settings.FILES_DIR)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = drafts.begin(root)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            digest = Digesting(handle)
            put(digest)
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
    """The file's bytes, opened, after checking that they are still the ones received; else Refused."""
    path = path_of(stored.on_disk)
    if not path.exists():
        raise Refused(f"文件“{name_of(stored)}”找不到了，请联系系统管理员从备份恢复。")
    try:
        with _opened(stored, path) as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
        same = stored.sha256 == (_keyed(found) if stored.name_sealed else found)
    except CannotDecrypt:
        same = False
    except OSError as error:
        raise Refused(f"文件“{stored.name}”读不出来，请联系系统管理员从备份恢复。") from error
    if not same:
        raise Refused(f"文件“{name_of(stored)}”与收到时不一致，已停止下载，请联系系统管理员。")
    return _opened(stored, path)


def _opened(stored: StoredFile, path: Path) -> BinaryIO:
    if not stored.key_sealed:
        return path.open("rb")
    key = secrets.file_key(stored.key_sealed, stored)
    return open_sealed_file(path.open("rb"), key, secrets.place(stored, secrets.FILE_KEY))
