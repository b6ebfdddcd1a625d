"""Files that must lie encrypted, their names sealed, and don't yet: of a house, or a backup, from before.

Which these are stands in their rows (`StoredFile.secret`, set by the migration of the app whose files they
are). They are encrypted by the minutely sweep, before a backup is made and after one was restored.
"""

from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import StoredFile
from accounts.services import files, installation, pictures, trail
from common.errors import Refused

PIECE = 1024 * 1024
ACT, LABEL = "conceal_file", "加密保存"


def waiting() -> QuerySet[StoredFile]:
    """Files that must lie encrypted and don't yet, or whose row still says their name and digest."""
    return StoredFile.objects.filter(secret=True).filter(Q(key_sealed="") | Q(name_sealed=""))


def seal_waiting(most: int | None = None) -> int:
    """Encrypt up to `most` of them and let go of their plain bytes; how many.

    May be stopped at any point and called again. One whose bytes are gone or damaged stays as it is.
    """
    return sum(_seal(pk) for pk in waiting().order_by("pk").values_list("pk", flat=True)[:most])


@transaction.atomic
def _seal(pk: int) -> bool:
    stored = waiting().select_for_update().filter(pk=pk).first()
    if stored is None:
        return False  # another process was faster
    if stored.key_sealed:
        files.hide(stored)
    elif not _encrypt(stored):
        return False
    stored.save()
    # Its name and digest are held against the trail, which must say that they changed.
    trail.record(by=installation.command_line(), act=ACT, label=LABEL, thing=stored)
    return True


def _encrypt(stored: StoredFile) -> bool:
    """Write the bytes anew, encrypted; whether they could be read."""
    try:
        plain = files.open_checked(stored)
    except Refused:
        return False
    sha256 = stored.sha256
    with plain:
        files.keep_sealed(stored, iter(lambda: plain.read(PIECE), b""))
    transaction.on_commit(lambda: _let_go(files.path_of(sha256), sha256, stored))
    return True


def _let_go(path: Path, sha256: str, stored: StoredFile) -> None:
    """Nobody needs the plain bytes any more, unless the same were stored openly as well."""
    pictures.let_go(stored)  # made before the file was a secret one
    if not StoredFile.objects.filter(sha256=sha256, key_sealed="").exists():
        path.unlink(missing_ok=True)
