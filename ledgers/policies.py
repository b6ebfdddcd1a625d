"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts.policy import FORM, READ, Entry, by_public_id
from accounts.roles import CHECKER, COUNTY_STAFF, LEDGER_READERS, LIAISON, PREFECTURE, UPPER
from campaigns.policies import campaign_of
from ledgers.acts import ENTRY_ACTS, LEDGER_ACTS, PROPOSAL_ACTS, SUBMISSION_ACTS
from ledgers.models import (
    Consolidation,
    CountyLedger,
    ImportBatch,
    LedgerEntry,
    ProxySeat,
    ReturnedMark,
    ReturnedWorkbook,
    Submission,
)

OWN = COUNTY_STAFF | UPPER
ENTRY = by_public_id(lambda: LedgerEntry.objects.select_related("campaign", "agency__region"))
SUBMISSION = by_public_id(lambda: Submission.objects.select_related("campaign", "agency__region"))
RETURNED = by_public_id(
    lambda: ReturnedWorkbook.objects.select_related(
        "submission__campaign", "submission__agency__region", "workbook"
    )
)
MARK = by_public_id(lambda: ReturnedMark.objects.filter(changes=True).whole())
BATCH = by_public_id(lambda: ImportBatch.objects.select_related("campaign", "agency"))


def ledger_of(user, code, agency_code="", **_):
    """The county's ledger in the campaign; without an office in the address that of the user's own."""
    rows = (
        CountyLedger.objects.visible_to(user)
        .filter(campaign__code=code)
        .select_related("campaign", "agency__region")
        .order_by("agency__region_id", "agency__code")
    )
    if agency_code:
        return rows.filter(agency__code=agency_code).first()
    held = user.agencies_as(LIAISON, CHECKER)
    return rows.filter(agency_id__in=held).first() or rows.first()


def consolidation_of(user, code, **_):
    """All county ledgers below the person's own office, taken together."""
    rows = CountyLedger.objects.visible_to(user).filter(campaign__code=code)
    rows = rows.select_related("campaign", "agency__region").order_by("agency__path")
    held = user.agencies_as(PREFECTURE)
    ledger = rows.filter(agency_id__in=held).first() or rows.first()
    return Consolidation(ledger) if ledger else None


def proxy_seat_of(user, code, agency_code, **_):
    """The county's ledger as the office above sees it that may have to enter it."""
    ledger = ledger_of(user, code, agency_code)
    return ProxySeat(ledger) if ledger else None


def _ledger_act(name) -> Entry:
    return Entry(act=LEDGER_ACTS.get(name), fetch=ledger_of, methods=FORM)


def _act_addresses(table, fetch) -> dict[str, Entry]:
    return {f"ledgers:{act.name}": Entry(act=act, fetch=fetch, methods=FORM) for act in table.acts}


def _import_act(name) -> Entry:
    return Entry(act=LEDGER_ACTS.get(name), fetch=BATCH, methods=FORM)


POLICY: dict[str, Entry] = {
    "ledgers:campaigns": Entry(posts=LEDGER_READERS, methods=FORM),
    "ledgers:campaign": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:sum": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:download": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "ledgers:consolidate": Entry(
        act=LEDGER_ACTS.get("consolidate_ledger"), fetch=consolidation_of, methods=FORM
    ),
    "ledgers:accept_unchanged": Entry(
        act=LEDGER_ACTS.get("accept_unchanged"), fetch=consolidation_of, methods=FORM
    ),
    "ledgers:candidates": Entry(posts=OWN, fetch=ledger_of, methods=READ),
    "ledgers:include_candidate": _ledger_act("include_candidate"),
    "ledgers:exclude_candidate": _ledger_act("exclude_candidate"),
    "ledgers:prepare_ledger": _ledger_act("prepare_ledger"),
    "ledgers:check": _ledger_act("check_ledger"),
    "ledgers:replace_checker": _ledger_act("replace_checker"),
    "ledgers:submit": _ledger_act("submit_ledger"),
    "ledgers:enter_for_county": Entry(
        act=LEDGER_ACTS.get("enter_for_county"), fetch=proxy_seat_of, methods=FORM
    ),
    "ledgers:entry": Entry(posts=LEDGER_READERS, fetch=ENTRY, methods=READ),
    "ledgers:cell": Entry(posts=LEDGER_READERS, fetch=ENTRY, methods=READ),
    **_act_addresses(ENTRY_ACTS, ENTRY),
    "ledgers:submissions": Entry(posts=OWN, methods=FORM),
    "ledgers:submission": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    "ledgers:submission_cell": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    "ledgers:submission_sum": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    "ledgers:submission_download": Entry(posts=OWN, fetch=SUBMISSION, methods=READ),
    **_act_addresses(SUBMISSION_ACTS, SUBMISSION),
    "ledgers:returned_workbook": Entry(posts=OWN, fetch=RETURNED, methods=READ),
    **_act_addresses(PROPOSAL_ACTS, MARK),
    "ledgers:confirm_police": _ledger_act("confirm_police"),
    "ledgers:imports": Entry(posts=OWN, methods=FORM),
    "ledgers:import_upload": _ledger_act("import_ledger"),
    "ledgers:import_batch": Entry(posts=OWN, fetch=BATCH, methods=READ),
    "ledgers:import_confirm": _import_act("import_ledger"),
    "ledgers:import_choose": _import_act("import_ledger"),
    "ledgers:import_progress": Entry(posts=OWN, fetch=BATCH, methods=READ),
    "ledgers:import_undo": _import_act("undo_import"),
    "ledgers:import_marked": Entry(posts=OWN, fetch=BATCH, methods=READ),
}
