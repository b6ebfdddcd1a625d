"""Who may come to which address of this app. An address that isn't here is refused."""

from datetime import date

from accounts.policy import FORM, READ, Entry, by_public_id
from accounts.roles import BUSINESS, CHECKER, COUNTY_STAFF, LEDGER_READERS, LIAISON, PREFECTURE, UPPER
from ledgers.acts import (
    BOOK_ACTS,
    CAMPAIGN_ACTS,
    DUTY_ACTS,
    DUTY_RULE_ACTS,
    ENTRY_ACTS,
    LEDGER_ACTS,
    OPEN_CAMPAIGN,
    ROUND_ACTS,
    SUBMISSION_ACTS,
)
from ledgers.models import (
    BOOKS,
    Campaign,
    Consolidation,
    CountyLedger,
    Duty,
    DutyRule,
    ImportBatch,
    LedgerEntry,
    Seat,
    Submission,
)
from ledgers.services.rounds import Round

OWN = COUNTY_STAFF | UPPER
ENTRY = by_public_id(lambda: LedgerEntry.objects.select_related("campaign", "agency__region"))
SUBMISSION = by_public_id(lambda: Submission.objects.select_related("campaign", "agency__region"))
DUTY = by_public_id(
    lambda: Duty.objects.select_related("campaign", "agency__parent", "upper", "rule", "claim")
)
RULE = by_public_id(lambda: DutyRule.objects.select_related("campaign", "agency__region"))
BATCH = by_public_id(lambda: ImportBatch.objects.select_related("campaign", "agency"))


def campaign_of(user, code, **_):
    """The campaign of the address, if one of the person's offices takes part in it."""
    return Campaign.objects.visible_to(user).filter(code=code).first()


def book_of(user, code, book, **_):
    """The campaign of the address, if there is such a book."""
    return campaign_of(user, code) if book in BOOKS else None


def seat_of(user, code, agency_code, book, **_):
    """The agency's place in the campaign, where it keeps the book."""
    seats = Seat.objects.visible_to(user).select_related("campaign", "agency__region")
    seats = seats.filter(campaign__code=code, agency__code=agency_code)
    return seats.first() if book in BOOKS else None


def row_of(user, book, public_id, **_):
    """A row of the book."""
    if book not in BOOKS:
        return None
    rows = BOOKS[book].objects.select_related("campaign", "agency__region")
    return rows.visible_to(user).filter(public_id=public_id).first()


def ledger_of(user, code, agency_code="", **_):
    """The county's ledger in the campaign; without an office in the address that of one's own."""
    rows = (
        CountyLedger.objects.visible_to(user)
        .filter(campaign__code=code)
        .select_related("campaign", "agency__region")
        .order_by("agency__region_id", "agency__code")
    )
    if agency_code:
        return rows.filter(agency__code=agency_code).first()
    held = [post.agency_id for post in user.current_postings if post.role in (LIAISON, CHECKER)]
    return rows.filter(agency_id__in=held).first() or rows.first()


def own_office(user, **_):
    """The office for which the person sets rules; else any of their own, to be refused there."""
    held = sorted(user.current_postings, key=lambda post: post.role != LIAISON)
    return held[0].agency if held else None


def round_of(user, public_id, day, **_):
    """The duties of a rule and day, if the person sees any."""
    rule = RULE(user, public_id)
    try:
        the_round = Round(rule, date.fromisoformat(day), user) if rule else None
    except ValueError:
        return None
    return the_round if the_round and the_round.duties.exists() else None


def consolidation_of(user, code, **_):
    """All county ledgers below the person's own office, taken together."""
    rows = CountyLedger.objects.visible_to(user).filter(campaign__code=code)
    rows = rows.select_related("campaign", "agency__region").order_by("agency__path")
    held = [post.agency_id for post in user.current_postings if post.role == PREFECTURE]
    ledger = rows.filter(agency_id__in=held).first() or rows.first()
    return Consolidation(ledger) if ledger else None


def _ledger_act(name) -> Entry:
    return Entry(act=LEDGER_ACTS.get(name), fetch=ledger_of, methods=FORM)


def _act_addresses(table, fetch) -> dict[str, Entry]:
    return {f"ledgers:{act.name}": Entry(act=act, fetch=fetch, methods=FORM) for act in table.acts}


def _book_act(name, fetch) -> Entry:
    return Entry(act=BOOK_ACTS.get(name), fetch=fetch, methods=FORM)


def _campaign_act(name) -> Entry:
    return Entry(act=CAMPAIGN_ACTS.get(name), fetch=campaign_of, methods=FORM)


def _import_act(name) -> Entry:
    return Entry(act=LEDGER_ACTS.get(name), fetch=BATCH, methods=FORM)


POLICY: dict[str, Entry] = {
    "ledgers:campaigns": Entry(posts=LEDGER_READERS, methods=FORM),
    "ledgers:open_campaign": Entry(posts=OPEN_CAMPAIGN.roles, methods=FORM),
    "ledgers:copy_campaign": _campaign_act("copy_campaign"),
    "ledgers:amend_campaign": _campaign_act("amend_campaign"),
    "ledgers:amend_members": _campaign_act("amend_members"),
    "ledgers:organisation": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:book": Entry(posts=LEDGER_READERS, fetch=book_of, methods=FORM),
    "ledgers:add_row": _book_act("add_row", seat_of),
    "ledgers:book_row": Entry(posts=LEDGER_READERS, fetch=row_of, methods=READ),
    "ledgers:amend_row": _book_act("amend_row", row_of),
    "ledgers:strike_row": _book_act("strike_row", row_of),
    "ledgers:campaign": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:sum": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:download": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:consolidate": Entry(
        act=LEDGER_ACTS.get("consolidate_ledger"), fetch=consolidation_of, methods=FORM
    ),
    "ledgers:candidates": Entry(posts=OWN, fetch=ledger_of, methods=READ),
    "ledgers:include_matter": _ledger_act("include_matter"),
    "ledgers:exclude_matter": _ledger_act("exclude_matter"),
    "ledgers:prepare_ledger": _ledger_act("prepare_ledger"),
    "ledgers:check": _ledger_act("check_ledger"),
    "ledgers:submit": _ledger_act("submit_ledger"),
    "ledgers:entry": Entry(posts=LEDGER_READERS, fetch=ENTRY, methods=READ),
    "ledgers:cell": Entry(posts=LEDGER_READERS, fetch=ENTRY, methods=READ),
    **_act_addresses(ENTRY_ACTS, ENTRY),
    "ledgers:submissions": Entry(posts=OWN, methods=FORM),
    "ledgers:submission": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    "ledgers:submission_cell": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    "ledgers:submission_sum": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    "ledgers:submission_download": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    **_act_addresses(SUBMISSION_ACTS, SUBMISSION),
    "ledgers:confirm_police": _ledger_act("confirm_police"),
    "ledgers:duties": Entry(posts=LEDGER_READERS, methods=FORM),
    "ledgers:duty": Entry(posts=LEDGER_READERS, fetch=DUTY, methods=READ),
    "ledgers:calendar": Entry(posts=BUSINESS, methods=READ),
    "ledgers:duty_rules": Entry(posts=OWN, methods=FORM),
    "ledgers:duty_rule": Entry(posts=OWN, fetch=RULE, methods=READ),
    "ledgers:set_rule": Entry(act=DUTY_RULE_ACTS.get("set_rule"), fetch=own_office, methods=FORM),
    "ledgers:preview_rule": Entry(posts=OWN, methods=READ),
    "ledgers:amend_rule": Entry(act=DUTY_RULE_ACTS.get("amend_rule"), fetch=RULE, methods=FORM),
    "ledgers:end_rule": Entry(act=DUTY_RULE_ACTS.get("end_rule"), fetch=RULE, methods=FORM),
    "ledgers:board": Entry(posts=OWN, fetch=RULE, methods=FORM),
    "ledgers:remind_missing": Entry(act=ROUND_ACTS.get("remind_missing"), fetch=round_of, methods=FORM),
    **_act_addresses(DUTY_ACTS, DUTY),
    "ledgers:imports": Entry(posts=OWN, methods=FORM),
    "ledgers:import_upload": _ledger_act("import_ledger"),
    "ledgers:import_batch": Entry(posts=OWN, fetch=BATCH, methods=READ),
    "ledgers:import_confirm": _import_act("import_ledger"),
    "ledgers:import_undo": _import_act("undo_import"),
    "ledgers:import_marked": Entry(posts=OWN, fetch=BATCH, methods=READ),
}
