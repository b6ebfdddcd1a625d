"""Uploads of a refused form: kept a day, encrypted, for the same person's next try at the same address.

What would be refused as a file (too large, of an unknown kind) isn't kept here either. The row is
found by its id together with person and address, so that another person's id gives nothing.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.datastructures import MultiValueDict

from accounts.models import StagedUpload, User
from accounts.services import secrets
from accounts.services.file_kinds import checked_kind
from accounts.services.files import checked_name
from common.errors import Refused
from common.pictures import KINDS, NotShown, small_copy
from common.sealed_files import open_sealed_file, write_sealed
from common.sealing import CannotDecrypt

KEPT = timedelta(hours=24)
FOLDER = ".staged"
MOST_IDS = 200
FIRST_READ = 1024 * 1024
SMALL = 120  # pixels of the longer side


class Returned(UploadedFile):
    """A staged upload as the form takes it: like one that came with this very request."""

    def __init__(self, row: StagedUpload, handle: BinaryIO):
        super().__init__(handle, name_of(row), row.content_type, row.size)
        self.row = row


def path_of(row: StagedUpload) -> Path:
    """Where the bytes of a staged upload lie."""
    return Path(settings.FILES_DIR) / FOLDER / row.public_id


def name_of(row: StagedUpload) -> str:
    """The upload's name, for the person it belongs to."""
    return secrets.open_sealed(row.name_sealed, row, "name")


def shown(row: StagedUpload) -> dict:
    """A staged upload as templates/forms/staged_rows.html takes it; `small` is the picture itself."""
    small = secrets.open_sealed(row.small_sealed, row, "small")
    return {"id": row.public_id, "name": name_of(row), "small": small}


def fits(address: str, field: str) -> bool:
    """Whether these can be where an upload is staged for: a path of ours and a field's name."""
    longest = {name: StagedUpload._meta.get_field(name).max_length for name in ("address", "field")}
    return (
        address.startswith("/") and len(address) <= longest["address"] and 0 < len(field) <= longest["field"]
    )


@contextmanager
def reopened(*, by: User, address: str, public_ids: Iterable[str]) -> Iterator[MultiValueDict]:
    """What this person staged at this address under these ids, by field, opened for reading."""
    rows = StagedUpload.objects.filter(person=by, address=address, public_id__in=list(public_ids)[:MOST_IDS])
    uploads = MultiValueDict()
    with ExitStack() as handles:
        for row in rows:
            if (handle := _opened(row)) is not None:
                uploads.appendlist(row.field, Returned(row, handles.enter_context(handle)))
        yield uploads


def _opened(row: StagedUpload) -> BinaryIO | None:
    """The bytes as they came; None where they are gone, damaged or can't be read: then they are asked for
    again."""
    try:
        key = secrets.file_key(row.key_sealed, row)
        handle = open_sealed_file(path_of(row).open("rb"), key, _bound_to(row))
        while handle.read(FIRST_READ):
            pass
    except (CannotDecrypt, OSError):
        return None
    handle.seek(0)
    return handle


def _bound_to(row: StagedUpload) -> str:
    return secrets.place(row, secrets.FILE_KEY)


def hold(
    *, by: User, address: str, field: str, uploads: Iterable[UploadedFile]
) -> tuple[list[StagedUpload], list[str]]:
    """Stage one field's uploads; what came out of staging stays as it is.

    Returns the rows, in order, and a sentence for each upload that can't be taken.
    """
    held, refused = [], []
    for upload in uploads:
        try:
            row = upload.row if isinstance(upload, Returned) else _stage(by, address, field, upload)
        except Refused as no:
            refused.append(no.sentence)
        else:
            held.append(row)
    return held, refused


def _stage(by: User, address: str, field: str, upload: UploadedFile) -> StagedUpload:
    name = checked_name(upload)
    row = StagedUpload(
        person=by, address=address, field=field, size=upload.size, content_type=checked_kind(name, upload)
    )
    row.name_sealed = secrets.seal(name, row, "name")
    row.small_sealed = secrets.seal(_small(upload, row.content_type), row, "small")
    key, row.key_sealed = secrets.new_file_key(row)
    _make_room(by, address, name, upload.size)
    place = path_of(row)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with place.open("xb") as handle:
            place.chmod(0o600)
            write_sealed(handle, upload.chunks(), key, _bound_to(row))
        row.save(force_insert=True)
    except BaseException:
        place.unlink(missing_ok=True)  # a full disk isn't filled further
        raise
    return row


def _small(upload: UploadedFile, content_type: str) -> str:
    """What a page shows of a picture that waits, within the page: it has no address of its own."""
    if content_type not in KINDS:
        return ""
    try:
        copy = small_copy(upload, content_type, SMALL)
    except NotShown:
        return ""
    finally:
        upload.seek(0)
    return f"data:image/jpeg;base64,{b64encode(copy).decode()}"


def _make_room(by: User, address: str, name: str, size: int) -> None:
    """No person stages more than the limit; what other forms left behind goes first."""
    mine = StagedUpload.objects.filter(person=by)
    if _sum(mine) + size <= settings.STAGED_MAX_BYTES:
        return
    let_go(mine.exclude(address=address))
    if _sum(mine) + size > settings.STAGED_MAX_BYTES:
        raise Refused(f"文件“{name}”没有收下：暂存的文件太多，请改正后再选这个文件。")


def _sum(rows: QuerySet[StagedUpload]) -> int:
    return rows.aggregate(total=Sum("size"))["total"] or 0


def let_go(rows: Iterable[StagedUpload]) -> int:
    """Drop staged uploads, with their bytes once that is certain; how many went."""
    rows = list(rows)
    StagedUpload.objects.filter(pk__in=[row.pk for row in rows]).delete()
    places = [path_of(row) for row in rows]
    transaction.on_commit(lambda: [place.unlink(missing_ok=True) for place in places])
    return len(rows)


def forget_old(now: datetime) -> int:
    """Drop what has waited a day, or was staged before bytes were encrypted; and bytes that a stopped
    process left without a row."""
    gone = let_go(StagedUpload.objects.filter(Q(staged_at__lt=now - KEPT) | Q(key_sealed="")))
    for place in (Path(settings.FILES_DIR) / FOLDER).glob("*"):
        with suppress(OSError):  # another sweep was faster; and what can't go stops no sweep
            if place.stat().st_mtime < (now - 2 * KEPT).timestamp():
                place.unlink()
    return gone
