"""Photos and papers of a clue: many at once; time and place from EXIF, or typed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, trail
from accounts.services import files as store_of_files
from clues.acts import ACTS
from clues.models import Clue, ClueFile
from common.coordinates import locate
from common.errors import Refused
from common.geodesy.grounds import BadCoordinate
from common.photos import PhotoFacts, read_exif
from registry.services.position import WGS84, Position

# When and where a photo was taken, as far as it carries that itself; the time is aware.
OwnFacts = tuple[datetime | None, Position | None]


@transaction.atomic
def add_clue_files(
    *,
    by: User,
    clue: Clue,
    files: Sequence[UploadedFile],
    taken_at: datetime | None = None,
    position: Position | None = None,
    note: str = "",
    version: int | str | None = None,
) -> Clue:
    """Add several files in one act; returns the clue.

    `taken_at` (aware) and `position` hold for every photo whose own were stripped, as chat tools
    do. Raises Refused naming the file that can't be taken; then none is added.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("add_clue_files", by, clue)
    if not files:
        raise Refused("请选择要上传的文件。")
    if taken_at is not None and taken_at > timezone.now():
        raise Refused("拍摄时间不能晚于现在。")
    added = keep_files(by=by, clue=clue, uploads=files, taken_at=taken_at, position=position, note=note)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("add_clue_files"),
        thing=clue,
        changes=file_changes(added),
        reason=note.strip(),
    )
    deeds.save(clue)
    return clue


def read_photo(row: ClueFile) -> OwnFacts:
    """The time and place that the photo itself carries; (None, None) where it is no photo."""
    if not row.file.content_type.startswith("image/"):
        return None, None
    with store_of_files.open_checked(row.file) as handle:
        return _own_facts(read_exif(handle))


@transaction.atomic
def describe_clue_file(
    *,
    by: User,
    clue: Clue,
    row: ClueFile,
    taken_at: datetime | None = None,
    position: Position | None = None,
    note: str = "",
    version: int | str | None = None,
) -> Clue:
    """Type a file's time, place and note afterwards; what the photo itself carries stays.

    `row` is a ClueFile of this clue; without `position` the place stays. Returns the clue.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("describe_clue_file", by, clue)
    row = clue.files.select_for_update().select_related("file").get(pk=row.pk)
    if taken_at is not None and taken_at > timezone.now():
        raise Refused("拍摄时间不能晚于现在。")
    own_time, own_place = read_photo(row)
    before = _described(row)
    row.taken_at, row.note = own_time or taken_at, note.strip()[:200]
    if position and not own_place:
        row.longitude, row.latitude = position.longitude, position.latitude
    typed_time = row.taken_at and not own_time
    row.typed = bool(typed_time or (row.longitude is not None and not own_place))
    after = _described(row)
    changes = {
        f"{row.file.name} {label}": (before[label], after[label])
        for label in after
        if before[label] != after[label]
    }
    if not changes:
        raise Refused("没有改动，不必提交。")
    row.save()
    trail.record(by=by, posting=posting, act=ACTS.get("describe_clue_file"), thing=clue, changes=changes)
    deeds.save(clue)
    return clue


def _described(row: ClueFile) -> dict:
    """What may be typed of a file, in words."""
    taken = f"{timezone.localtime(row.taken_at):%Y-%m-%d %H:%M}" if row.taken_at else ""
    place = f"{row.longitude:.7f}，{row.latitude:.7f}" if row.longitude is not None else ""
    return {"拍摄时间": taken, "位置": place, "说明": row.note}


def keep_files(
    *,
    by: User,
    clue: Clue,
    uploads: Iterable[UploadedFile],
    taken_at: datetime | None = None,
    position: Position | None = None,
    note: str = "",
) -> list[ClueFile]:
    """Store uploads as the clue's files; call inside a deed. The originals stay as they came."""
    return [
        _keep_file(by, clue, upload, taken_at=taken_at, position=position, note=note) for upload in uploads
    ]


def file_changes(added: Sequence[ClueFile]) -> dict:
    """What the trail says of added files: name and the head of its digest."""
    if not added:
        return {}
    words = (f"{row.file.name}（{row.file.sha256[:12]}）" for row in added)
    return {"附件": ("", "、".join(words))}


def _keep_file(
    by: User,
    clue: Clue,
    upload: UploadedFile,
    *,
    taken_at: datetime | None,
    position: Position | None,
    note: str,
) -> ClueFile:
    stored = store_of_files.store(by=by, upload=upload, agency=clue.agency)
    is_photo = stored.content_type.startswith("image/")
    own_time, own_place = _own_facts(read_exif(upload)) if is_photo else (None, None)
    place = own_place or position
    return ClueFile.objects.create(
        clue=clue,
        file=stored,
        taken_at=own_time or taken_at,
        longitude=place.longitude if place else None,
        latitude=place.latitude if place else None,
        typed=bool((taken_at and not own_time) or (position and not own_place)),
        note=note.strip()[:200],
    )


def _own_facts(facts: PhotoFacts) -> OwnFacts:
    """The photo's own time (the camera's clock is taken as Asia/Shanghai) and place."""
    taken = timezone.make_aware(facts.taken_at) if facts.taken_at else None
    if facts.lon is None:
        return taken, None
    try:
        point = locate(facts.lon, facts.lat, WGS84)
    except BadCoordinate:
        # A wrong fix far away is no place; the original keeps it.
        return taken, None
    return taken, Position(point.lon, point.lat)
