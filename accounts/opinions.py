"""What was said of a thing before it was decided: who proposed it, what leaders answered, and when.

Read from the trail (who proposed) and the approvals (who answered), in the system as on paper.
"""

from datetime import date

from django.db.models import Model
from django.utils import timezone

from accounts import roles
from accounts.acts import ActTable
from accounts.models import Approval, TrailEntry
from accounts.paper_pages import words_of


def proposals_of(thing: Model, table: ActTable, name: str) -> list[dict]:
    """Who proposed what the act `name` answers, oldest first; one query."""
    entries = TrailEntry.objects.filter(
        subject_kind=thing._meta.label_lower, subject_id=thing.pk, act__in=table.get(name).not_by
    )
    return [
        _row(entry.label, entry.actor.name, entry.role, timezone.localdate(entry.at), entry.reason)
        for entry in entries.select_related("actor").order_by("seq")
    ]


def answers_to(thing: Model, table: ActTable, name: str) -> list[dict]:
    """What leaders answered on the page of the act `name`, oldest first; a constant number of queries."""
    acts = {act.name: act for act in table.answers(name)}
    approvals = (
        Approval.objects.filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk, act__in=acts)
        .select_related("signer", "signer_posting", "signed_paper__scan", "authority__principal")
        .prefetch_related("answers")
    )
    return [
        {
            **_row(
                acts[each.act].said,
                each.signer.name,
                each.signer_posting.role,
                each.signed_on,
                each.opinion,
            ),
            "for_whom": f"代{each.authority.principal.name}签" if each.authority else "",
            "how": words_of(each) if each.on_paper else "",
            "scan": each.signed_paper.scan if each.signed_paper else None,
        }
        for each in approvals.order_by("pk")
    ]


def on_paper_form(thing: Model, table: ActTable, name: str) -> dict:
    """For a 呈批表: `proposers`, `leaders`, and `awaited`, whether a leader has still to answer."""
    return {
        "proposers": proposals_of(thing, table, name),
        "leaders": answers_to(thing, table, name),
        "awaited": thing.state in table.get(name).before,
    }


def _row(said: str, who: str, role: str, on: date, opinion: str) -> dict:
    post = roles.ROLES[role].label if role in roles.ROLES else ""
    return {"said": said, "who": who, "post": post, "on": on, "opinion": opinion}
