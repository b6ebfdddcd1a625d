"""Approvals on paper as pages show them: the list of a thing's, the flag of a denial, a person's own."""

from django.urls import reverse

from accounts.acts import own_part, posting_for
from accounts.models import Answer, Approval, SignedPaper, User
from accounts.services import files, paper_reading
from accounts.signables import act_of

SHOWN = 300


def section_of(user: User, *things, approvals: list[Approval] | None = None) -> dict:
    """`papers`, rows for accounts/papers/section.html, and `denials`, for denials.html; two queries, none
    where the approvals were read (accounts.kept)."""
    about = {(thing._meta.label_lower, thing.pk): thing for thing in things}
    if approvals is None:
        rows = paper_reading.on_paper(things)
    else:
        rows = [row for row in reversed(approvals) if row.on_paper]
    denied = [row for row in rows if paper_reading.state_of(row) == paper_reading.DENIED]
    return {
        "papers": [_row(row) for row in rows],
        "denials": [_denial(user, row, about[row.subject_kind, row.subject_id]) for row in denied],
    }


def words_of(approval: Approval) -> str:
    """How an approval was given, in a few words beside it: 线下签批，未在系统确认."""
    if not approval.on_paper:
        return "系统内签批"
    return f"线下签批，{paper_reading.state_of(approval)[0]}"


def own_rows(user: User) -> list[dict]:
    """The papers that bear the person's name, each once: those to be answered first, then the newest.

    Of the last 300 approvals; a constant number of queries.
    """
    papers: dict[int, dict] = {}
    for approval in paper_reading.with_things(paper_reading.own(user).order_by("-pk")[:SHOWN]):
        paper = papers.setdefault(approval.signed_paper_id, {"paper": approval.signed_paper, "rows": []})
        paper["rows"].append(own_row(user, approval))
    rows = list(papers.values())
    for row in rows:
        row["waits"] = any(not each["mine"] for each in row["rows"])
    return sorted(rows, key=lambda row: not row["waits"])


def own_row(user: User, approval: Approval) -> dict:
    """One approval as its signer is asked about it; a link only where they still see the thing."""
    mine = [each for each in approval.answers.all() if each.by_id == user.pk and each.answer in _OWN]
    return {
        **_row(approval),
        "approval": approval,
        "thing": f"{approval.thing._meta.verbose_name} {approval.thing}",
        "principal": approval.authority.principal.name if approval.authority else "",
        "mine": mine[-1].get_answer_display() if mine else "",
    }


def sheet_of(user: User, paper: SignedPaper) -> dict:
    """What a person is shown of a paper that bears their name: the scan, and what was typed from it."""
    mine = paper_reading.with_things(paper_reading.own(user).filter(signed_paper=paper).order_by("pk"))
    seen = paper_reading.seen_of(user, mine)
    rows = [own_row(user, each) for each in mine]
    for row in rows:
        approval = row["approval"]
        visible = (approval.subject_kind, approval.subject_id) in seen
        row["url"] = approval.thing.get_absolute_url() if visible else ""
    scan = paper.scan
    return {
        "paper": paper,
        "rows": rows,
        "open": [row for row in rows if not row["mine"]],
        "scan": scan,
        "scan_name": files.name_of(scan),
        "picture": reverse("accounts:preview", args=[scan.public_id]) if scan.is_picture else "",
    }


_OWN = (Answer.CONFIRMED, Answer.DENIED)


def _row(approval: Approval) -> dict:
    scan = approval.signed_paper.scan
    return {
        "act": act_of(approval).label,
        "signer": approval.signer.name,
        "for_whom": f"代{approval.authority.principal.name}签" if approval.authority else "",
        "on": approval.signed_on,
        "agreed": "同意" if approval.agreed else "不同意",
        "opinion": approval.opinion,
        "state": [paper_reading.state_of(approval)],
        "typist": approval.typed_by.name,
        "typed_at": approval.recorded_at,
        "scan": {"label": files.name_of(scan), "url": scan.get_absolute_url()},
        "answers": [
            {
                "who": each.by.name,
                "at": each.answered_at,
                "answer": each.get_answer_display(),
                "words": each.words,
            }
            for each in approval.answers.all()
        ],
    }


def _denial(user: User, approval: Approval, thing) -> dict:
    last = [each for each in approval.answers.all() if each.answer == Answer.DENIED][-1]
    approval.thing = thing
    return {
        **_row(approval),
        "approval": approval,
        "who": last.by.name,
        "at": last.answered_at,
        "words": last.words,
        "settle_url": settle_url(user, approval),
    }


def settle_url(user: User, approval: Approval) -> str:
    """Where a person settles a denial whose post signs such an act, who has no part in it; what they
    prepared, the service refuses."""
    act, thing = act_of(approval), approval.thing
    if (
        approval.typed_by_id == user.pk
        or own_part(act, user, thing)
        or not posting_for(user, act.roles, thing)
    ):
        return ""
    return reverse("accounts:settle_denial", args=[approval.pk])
