"""Papers and recordings that may show who reported: encrypted at rest, opened by an act with a reason."""

from typing import BinaryIO

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts import roles
from accounts.models import User
from accounts.services import deeds, files, trail
from accounts.services.people import holders
from clues.acts import ACTS
from clues.models import Clue, Informant, InformantFile
from clues.services.informants import guard_words
from clues.services.telling import tell
from common.errors import Forbidden, Refused


def keep_informant_files(by: User, informant: Informant, uploads: tuple[UploadedFile, ...]) -> None:
    """Keep them under neutral names: file names say who sent them. Call inside the registering deed."""
    for place, upload in enumerate(uploads, start=1):
        ending = str(upload.name).rpartition(".")[2].lower()
        neutral = File(upload.file, name=f"举报材料{place}.{ending}")
        neutral.size = upload.size
        stored = files.store(by=by, upload=neutral, agency=informant.clue.agency, secret=True)
        InformantFile.objects.create(informant=informant, file=stored)


@transaction.atomic
def open_informant_file(
    *, by: User, clue: Clue, file_id: str, reason: str, version: int | str | None = None
) -> tuple[InformantFile, BinaryIO]:
    """One of them and its bytes, for a reason; the trail keeps who asked, which one and why.

    `file_id` is the stored file's public id. Raises Forbidden where the person may not know of it.
    """
    clue = deeds.lock(clue, version)
    act = ACTS.get("open_informant_file")
    posting = ACTS.require(act.name, by, clue)
    row = visible_file(by, clue, file_id)
    if row is None:
        raise Forbidden("举报材料只由本单位登记人员、大队长和这件线索的核查人打开，您不能打开。")
    if not reason.strip():
        raise Refused("请写明打开举报材料的事由。")
    guard_words(by, clue, reason)
    handle = files.open_checked(row.file)
    changes = {"材料": ("", files.name_of(row.file))}
    trail.record(by=by, posting=posting, act=act, thing=clue, changes=changes, reason=reason.strip())
    deeds.save(clue)
    leaders = holders(clue.agency, roles.CHIEF).exclude(pk=by.pk)
    tell(people=leaders, clue=clue, what="informant_file_opened", title="有人打开了线索的举报材料")
    return row, handle


def visible_file(user: User, clue: Clue, file_id: str) -> InformantFile | None:
    """The file of this clue's informant, if the person may know of it."""
    rows = InformantFile.objects.visible_to(user).filter(informant__clue=clue, file__public_id=file_id)
    return rows.select_related("file").first()
