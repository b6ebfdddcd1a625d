"""Photos and papers of a clue: many at once; time and place from EXIF, or typed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import deeds, trail
from accounts.services import files as store_of_files
from accounts.services.remarks import remark
from clues.acts import ACTS
from clues.models import Clue, ClueFile
from clues.services.batches import NOTHING_SAID, Batch, check_batch
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
    batch: Batch = NOTHING_SAID,
    version: int | str | None = None,
) -> Clue:
    """Add several files in one act; returns the clue.

    `batch` holds for every photo whose own time and place were stripped, as chat tools do. Raises
    Refused naming the file that can't be taken; then none is added.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("add_clue_files", by, clue)
    if not files:
        raise Refused("请选择要上传的文件。")
    check_batch(batch)
    added = keep_files(by=by, clue=clue, uploads=files, batch=batch)
    trail.record(
        by=by,
        posting=posting,
        act=ACTS.get("add_clue_files"),
        thing=clue,
        changes=file_changes(added),
        reason=batch.note.strip(),
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
    batch: Batch = NOTHING_SAID,
    version: int | str | None = None,
) -> Clue:
    """Type a file's time, place and words afterwards; what the photo itself carries stays.

    `row` is a ClueFile of this clue; without a position in `batch` the place stays. Returns the clue.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("describe_clue_file", by, clue)
    row = clue.files.select_for_update().select_related("file").get(pk=row.pk)
    check_batch(batch)
    own_time, own_place = read_photo(row)
    before = _described(row)
    row.taken_at = own_time or batch.taken_at
    row.place, row.note, row.sent_by, row.original_with = _words(batch)
    if batch.position and not own_place:
        row.longitude, row.latitude = batch.position.longitude, batch.position.latitude
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
    position = f"{row.longitude:.7f}，{row.latitude:.7f}" if row.longitude is not None else ""
    return {
        "拍摄时间": taken,
        "拍摄地点": row.place,
        "位置": position,
        "说明": row.note,
        "发来的人": row.sent_by,
        "原件保存人": row.original_with,
    }


def _words(batch: Batch) -> tuple[str, ...]:
    """The words of a batch as a row keeps them."""
    place, note, sent_by, original_with = (text.strip() for text in batch.texts)
    return place[:200], note[:200], sent_by[:60], original_with[:60]


def keep_files(
    *,
    by: User,
    clue: Clue,
    uploads: Iterable[UploadedFile],
    batch: Batch = NOTHING_SAID,
) -> list[ClueFile]:
    """Store uploads as the clue's files; call inside a deed. The originals stay as they came.

    What photos tell themselves is taken as they tell it, and said, so that somebody looks at it.
    """
    kept = [_keep_file(by, clue, upload, batch) for upload in uploads]
    if told := sum(own for _, own in kept):
        remark(f"{told} 张照片自带拍摄时间或者位置，已填入附件，请核对是否与实际相符。")
    return [row for row, _ in kept]


def file_changes(added: Sequence[ClueFile]) -> dict:
    """What the trail says of added files: name and the head of its digest."""
    if not added:
        return {}
    words = (f"{row.file.name}（{row.file.sha256[:12]}）" for row in added)
    said = {
        "拍摄地点": added[0].place,
        "照片发来的人": added[0].sent_by,
        "原件保存人": added[0].original_with,
    }
    return {"附件": ("", "、".join(words))} | {label: ("", word) for label, word in said.items() if word}


def _keep_file(by: User, clue: Clue, upload: UploadedFile, batch: Batch) -> tuple[ClueFile, bool]:
    """One file of the clue, and whether it told time or place itself."""
    stored = store_of_files.store(by=by, upload=upload, agency=clue.agency)
    is_photo = stored.content_type.startswith("image/")
    own_time, own_place = _own_facts(read_exif(upload)) if is_photo else (None, None)
    position = own_place or batch.position
    place, note, sent_by, original_with = _words(batch)
    row = ClueFile.objects.create(
        clue=clue,
        file=stored,
        taken_at=own_time or batch.taken_at,
        place=place,
        longitude=position.longitude if position else None,
        latitude=position.latitude if position else None,
        typed=bool((batch.taken_at and not own_time) or (batch.position and not own_place)),
        note=note,
        sent_by=sent_by,
        original_with=original_with,
    )
    return row, bool(own_time or own_place)


def _own_facts(facts: PhotoFacts) -> OwnFacts:
    """The photo's own time (the camera's clock is taken as Asia/Shanghai) and place."""
    taken = timezone.make_aware(facts.taken_at) if facts.taken_at else None
    if taken and taken > timezone.now():
        taken = None  # that clock was wrong
    if facts.lon is None:
        return taken, None
    try:
        point = locate(facts.lon, facts.lat, WGS84)
    except BadCoordinate:
        # A wrong fix far away is no place; the original keeps it.
        return taken, None
    return taken, Position(point.lon, point.lat)
