"""Everything the page of a clue shows one person."""

from accounts import showing
from accounts.kept import kept_of
from accounts.models import TrailEntry, User
from accounts.pages import rows_of
from accounts.paper_pages import section_of
from accounts.services import labels
from clues import origins
from clues.acts import ACTS
from clues.models import Clue
from clues.showing import disposition, files, intake, progress, receipt, repeats, verification
from clues.showing.loading import load

ADD_FILES = ACTS.get("add_clue_files").label


def is_own(user: User, clue: Clue) -> bool:
    """Within the person's reach, and not merely handed over to their office."""
    paths = tuple(user.reach_paths())
    homes = [clue.agency.path]
    if clue.origin_agency:
        homes.append(clue.origin_agency.path)
    return any(home.startswith(path) for home in homes for path in paths)


def _labels(user: User, clue: Clue, own: bool) -> list[dict]:
    """标注 are the office's own: whom a clue was handed over to reads none."""
    return [labels.row(user, clue)] if own else []


def page_of(user: User, clue: Clue, before: str = "") -> dict:
    """Everything the page of a clue shows this person; of its record the entries before one of them."""
    own, informants = is_own(user, load(clue)), intake.informants_of(user, clue)
    acts, looks = progress.next_acts(user, clue, informants), clue.verifications.all()
    return {
        "clue": clue,
        "own": own,
        "steps": progress.steps(clue),
        "flags": progress.flags(clue, looks[0] if looks else None),
        "acts": acts,
        "warnings": progress.unfiled(clue, looks[0] if looks else None) if own else [],
        "add_url": next((row["url"] for row in acts if row["label"] == ADD_FILES), ""),
        "standing": receipt.reported_rows(user, clue),
        "content_rows": [*intake.content_rows(clue), *origins.rows(user, clue), *_labels(user, clue, own)],
        "place_rows": intake.place_rows(clue),
        "parties": intake.party_rows(clue),
        "looks": verification.look_rows(clue),
        "proposals": disposition.disposition_rows(clue),
        "repeats": repeats.repeat_rows(user, clue),
        "sources": intake.source_rows(clue),
        "informants": intake.informant_rows(informants),
        "files": files.file_rows(clue, ACTS.openness(progress.DESCRIBE, user, clue).ok),
        "people": intake.people_rows(clue),
        "into_visible": own,
        **(_kept(user, clue, before) if own else {}),
    }


def _kept(user: User, clue: Clue, before: str) -> dict:
    """时限, 线下签批, 办理记录."""
    entries = TrailEntry.objects.filter(subject_kind=clue._meta.label_lower, subject_id=clue.pk)
    kept = kept_of(clue, entries=entries, before=before)
    return {
        **section_of(user, clue, approvals=kept.approvals),
        **showing.record_rows(kept),
        "clocks": rows_of(kept.clocks),
    }
