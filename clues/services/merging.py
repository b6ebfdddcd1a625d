"""Two clues about one thing become one: every source stays, the original says where it went."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.acts import Act
from accounts.models import Posting, User
from accounts.services import clocks, deeds, trail
from clues import targets
from clues.acts import ACTS
from clues.models import Clue, ClueFile, ClueParty, ClueState
from clues.services.conditions import FILING
from clues.signals import clue_merged
from clues.targets import Target
from common.errors import Refused


@transaction.atomic
def merge_clue(
    *, by: User, clue: Clue, into: Clue | Target, reason: str, version: int | str | None = None
) -> Clue | Target:
    """Merge `clue`, on which nobody has looked yet, into `into`; returns `into`, which goes on.

    Sources move along, suspected parties are added, files stay on the original and are shown on
    both. What was looked at is merged by 并入他案 with its approval. Raises Refused.
    """
    if isinstance(into, Target):
        clue = deeds.lock(clue, version)
    else:
        clue, into = lock_both(clue, into, version)
    posting = ACTS.require("merge_clue", by, clue)
    if clue.verifications.exists():
        raise Refused("这件线索已经核查过，请提出处理意见“并入他案”，由负责人批准。")
    if not reason.strip():
        raise Refused("请写明归并理由，如同一地点、同一当事人、同一行为。")
    deed = {"by": by, "posting": posting, "act": ACTS.get("merge_clue"), "clue": clue}
    merge_locked(into=into, reason=reason.strip(), **deed)
    return into


def lock_both(clue: Clue, into: Clue, version: int | str | None = None) -> tuple[Clue, Clue]:
    """Lock two clues in the order of their keys, so that two merges never wait for each other."""
    if clue.pk == into.pk:
        raise Refused("不能并入线索自己，请填写另一件线索的线索号。")
    if clue.pk < into.pk:
        first = deeds.lock(clue, version)
        return first, deeds.lock(into)
    second = deeds.lock(into)
    return deeds.lock(clue, version), second


def check_target(clue: Clue, into: Clue | Target) -> None:
    """Refuse a clue that can't take another in: what was settled without filing stays settled.

    A case (a Target) was found as a filed one of this office and is asked again when it receives.
    """
    if isinstance(into, Target):
        return
    if into.pk == clue.pk:
        raise Refused("不能并入线索自己，请填写另一件线索的线索号。")
    if into.agency_id != clue.agency_id:
        raise Refused("只能并入本单位的线索。")
    if into.state == ClueState.MERGED:
        raise Refused(f"{into}已并入{into.went_into}，请改填{into.went_into}。")
    if into.state == ClueState.SETTLED and into.outcome != FILING:
        raise Refused(
            f"{into}已按“{into.get_outcome_display()}”办结，不能再并入线索。"
            "请填写在办的或已立案的线索；都没有的，这件线索单独核查处理。"
        )


def merge_locked(
    *,
    by: User,
    posting: Posting,
    act: Act,
    clue: Clue,
    into: Clue | Target,
    reason: str = "",
    outcome: str = "",
) -> None:
    """What a merge does, once both are locked and the act is allowed.

    `into` may be a case (a Target): then sources and files stay on the clue, the case names it.
    """
    if isinstance(into, Target):
        targets.receive(by=by, posting=posting, key=into.key, clue=clue, reason=reason)
        clocks.meet_all(thing=clue)
        clue.merged_key, gone = into.key, {"merged_number": into.number, "outcome": outcome}
        changes = deeds.save(clue, act, state=ClueState.MERGED, **gone)
        trail.record(by=by, posting=posting, act=act, thing=clue, changes=changes, reason=reason)
        return
    check_target(clue, into)
    sources = clue.sources.count()
    clue.sources.update(clue=into)
    have = set(into.suspects.values_list("party_id", flat=True))
    new = [party for party in clue.suspects.values_list("party_id", flat=True) if party not in have]
    ClueParty.objects.bulk_create([ClueParty(clue=into, party_id=party) for party in new])
    clocks.meet_all(thing=clue)
    changes = deeds.save(clue, act, state=ClueState.MERGED, merged_into=into, outcome=outcome)
    deeds.save(into)
    trail.record(by=by, posting=posting, act=act, thing=clue, changes=changes, reason=reason)
    trail.record(
        by=by,
        posting=posting,
        act="receive_merged_clue",
        label="并入线索",
        thing=into,
        changes={"并入的线索": ("", str(clue)), "增加来源": ("", f"{sources}个")},
        reason=reason,
    )
    clue_merged.send(sender=Clue, clue=clue, into=into, by=by)


def files_of(clue: Clue) -> QuerySet[ClueFile]:
    """The clue's files and those of the clues merged into it, which keep them."""
    return (
        ClueFile.objects.filter(clue_id__in=clue.original_ids())
        .select_related("file__stored_by", "clue")
        .order_by("pk")
    )
