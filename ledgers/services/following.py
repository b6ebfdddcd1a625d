"""What the ledgers do when something below happens: a clue is filed or merged, offices merge."""

from django.db import models, transaction

from accounts.models import Agency, User
from accounts.services import trail
from campaigns.models import CampaignMember
from cases.models import Case
from clues.models import Clue
from ledgers.models import EntryLink, EntryState, LedgerEntry
from ledgers.services.reshaping import links_of_clue


@transaction.atomic
def follow_case(*, by: User, case: Case, clue: Clue | None = None) -> list[LedgerEntry]:
    """A clue became a case, or was merged into one: the rows that hold the clue hold the case too.

    Not where another row of the campaign holds the case already: nothing is counted twice.
    """
    clue = clue or case.clue
    if clue is None:
        return []
    standing = links_of_clue(clue).filter(entry__state=EntryState.IN)
    held = EntryLink.objects.filter(case=case, entry__state=EntryState.IN)
    taken = dict(held.values_list("entry__campaign_id", "entry_id"))
    entries = [link.entry for link in standing.order_by("entry_id")]
    entries = [entry for entry in entries if taken.get(entry.campaign_id, entry.pk) == entry.pk]
    for entry in entries:
        EntryLink.objects.get_or_create(entry=entry, case=case)
        trail.record(
            by=by,
            act="case_followed",
            label="立案后关联案件",
            thing=entry,
            changes={"案件": ("", str(case))},
            happened_on=case.filed_on,
        )
    return entries


@transaction.atomic
def follow_clue(*, by: User, clue: Clue, into: Clue) -> list[LedgerEntry]:
    """A clue was merged into another: its links go to that one, but never twice into a campaign."""
    touched = []
    for link in links_of_clue(clue).order_by("entry_id"):
        entry = link.entry
        twice = EntryLink.objects.filter(
            clue=into, entry__campaign_id=entry.campaign_id, entry__state=EntryState.IN
        ).exclude(entry=entry)
        if EntryLink.objects.filter(entry=entry, clue=into).exists():
            link.delete()
        elif not twice.exists():
            link.clue = into
            link.save(update_fields=["clue"])
        else:
            continue
        touched.append(entry)
        trail.record(
            by=by,
            act="clue_followed",
            label="线索归并后改关联",
            thing=entry,
            changes={"线索": (str(clue), str(into))},
        )
    return touched


@transaction.atomic
def follow_agency(*, by: User, agency: Agency, into: Agency) -> int:
    """Two offices became one: the rows of the ended one go on behind those of the other."""
    moved = 0
    for member in CampaignMember.objects.filter(agency=agency).select_for_update().order_by("pk"):
        rows = LedgerEntry.objects.filter(campaign_id=member.campaign_id)
        last = rows.filter(agency=into).aggregate(last=models.Max("position"))["last"] or 0
        for entry in rows.filter(agency=agency, state=EntryState.IN).order_by("position", "pk"):
            last += 1
            entry.agency, entry.position, entry.version = into, last, entry.version + 1
            entry.save(update_fields=["agency", "position", "version"])
            trail.record(
                by=by,
                act="agency_followed",
                label="机构合并后转入",
                thing=entry,
                changes={"承办单位": (str(agency), str(into))},
            )
            moved += 1
    return moved
