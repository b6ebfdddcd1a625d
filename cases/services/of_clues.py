"""What a case takes from clues: the photos of its own, and other clues merged into it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.models import Agency, Posting, User
from accounts.services import deeds, trail
from cases.models import UNFILED, Case, CaseFile
from cases.signals import clue_received
from clues.models import Clue
from clues.services.informants import guard_clues
from clues.services.merging import files_of
from clues.targets import Target
from common.errors import Refused


def lay_in_files(case: Case, clue: Clue) -> list[CaseFile]:
    """The clue's files, and those of clues merged into it, among the case's papers.

    The same stored files, not for a package; what may show an informant is no file of a clue.
    """
    have = set(case.files.values_list("file_id", flat=True))
    return CaseFile.objects.bulk_create(
        CaseFile(case=case, file=photo.file, stage="investigation", kind="核查照片", note=photo.note)
        for photo in files_of(clue)
        if photo.file_id not in have
    )


def find_target(user: User, agency: Agency, number: str) -> Target | None:
    """The filed case of this office with this number, where `user` sees it."""
    case = (
        Case.objects.within_reach(user)
        .filter(agency=agency, number=number)
        .filed()
        .select_related("clue")
        .first()
    )
    if case is None or not number:
        return None
    return Target(case.public_id, case.number, case.get_absolute_url(), case.clue)


@transaction.atomic
def receive_clue(*, by: User, posting: Posting, key: str, clue: Clue, reason: str) -> Case:
    """A clue is merged into a case that came from none: its files come along, the record says so.

    Called by the merge inside its own transaction; who may merge stands in the table of clues.
    """
    case = Case.objects.filter(public_id=key, agency=clue.agency).first()
    if case is None:
        raise Refused("要并入的案件不在本单位了，请核对案号。")
    case = deeds.lock(case)
    if case.state in UNFILED:
        raise Refused(f"要并入的案件现在是“{case.get_state_display()}”，不能并入线索。")
    added = lay_in_files(case, clue)
    deeds.save(case)
    changes = {"并入线索": ("", str(clue))}
    if added:
        changes["材料"] = ("", [str(paper) for paper in added])
    trail.record(
        by=by,
        posting=posting,
        act="receive_merged_clue",
        label="并入线索",
        thing=case,
        changes=changes,
        reason=reason,
    )
    clue_received.send(sender=Case, case=case, clue=clue, by=by)
    return case


def clues_merged_into(case: Case) -> QuerySet:
    """Clues that were merged into this case itself, oldest first."""
    return Clue.objects.filter(merged_key=case.public_id).order_by("received_on", "pk")


def guard_case(user: User, thing: Model, texts: Iterable[str]) -> None:
    """What is written about a case, and in what hangs on one, names no informant of its clues."""
    case = thing if isinstance(thing, Case) else getattr(thing, "case", None)
    if isinstance(case, Case):
        own = case.clue.original_ids() if case.clue_id else []
        guard_clues(user, [*own, *clues_merged_into(case).values_list("pk", flat=True)], *texts)
