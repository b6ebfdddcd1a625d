"""The suspected parties of a clue: which rows of the registry it names."""

from collections.abc import Iterable

from accounts.models import User
from clues.models import Clue, ClueParty
from registry.models import Party
from registry.services.parties import PartyDetails, find_or_add_party


def add_suspects(by: User, clue: Clue, parties: Iterable[PartyDetails]) -> tuple[list[Party], dict]:
    """Enter the parties of the list, the same one typed twice once; call inside a deed.

    Returns those added, and for the trail what was typed otherwise than the registry has it.
    """
    added, differing = [], {}
    for details in parties:
        party = find_or_add_party(by=by, agency=clue.agency, details=details)
        _, new = ClueParty.objects.get_or_create(clue=clue, party=party)
        if new:
            added.append(party)
        for label, pair in getattr(party, "differing", {}).items():
            differing[f"{party.name}的{label}（填写不同，仍用原登记）"] = pair
    return added, differing


def change_suspects(
    by: User, clue: Clue, parties: Iterable[PartyDetails], removed: Iterable[ClueParty]
) -> dict:
    """Take `removed` off and enter `parties`; returns the changes for the trail."""
    links = [link for link in removed if link.clue_id == clue.pk]
    clue.suspects.filter(pk__in=[link.pk for link in links]).delete()
    added, differing = add_suspects(by, clue, parties)
    old = "、".join(link.party.name for link in links)
    new = "、".join(party.name for party in added)
    named = {"当事人": (old, new)} if old or new else {}
    return named | differing


def in_other_clues(party: Party, clue: Clue | None) -> bool:
    """Whether a clue other than this one names the party."""
    return ClueParty.objects.filter(party=party).exclude(clue=clue).exists()
