"""Who may come to which address of this app. An address that isn't here is refused."""

from datetime import date

from accounts.policy import FORM, READ, Entry, by_public_id
from accounts.roles import BUSINESS, COUNTY_STAFF, LEDGER_READERS, LIAISON, REPORTER, UPPER
from campaigns.acts import (
    BOOK_ACTS,
    CAMPAIGN_ACTS,
    DUTY_ACTS,
    DUTY_RULE_ACTS,
    ITEM_ACTS,
    OPEN_CAMPAIGN,
    ROUND_ACTS,
)
from campaigns.models import (
    BOOKS,
    Campaign,
    Duty,
    DutyRule,
    KeyPerson,
    Meeting,
    MeetingItem,
    ScreeningTarget,
    Seat,
)
from campaigns.services.rounds import Round

OWN = COUNTY_STAFF | UPPER
BOOK_READERS = LEDGER_READERS | {REPORTER}  # a township's reporter reads what the own office wrote
DUTY = by_public_id(
    lambda: Duty.objects.select_related("campaign", "agency__parent", "upper", "rule", "claim", "meeting")
)
RULE = by_public_id(lambda: DutyRule.objects.select_related("campaign", "agency__region"))


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


def screened(user, book, public_id, **_):
    """A place of the screening plan."""
    return row_of(user, book, public_id) if book == ScreeningTarget.book else None


def key_person(user, book, public_id, **_):
    """One of the 重点人员."""
    return row_of(user, book, public_id) if book == KeyPerson.book else None


def item_of(user, public_id, position, **_):
    """What a meeting agreed on, by its place among the meeting's matters."""
    rows = MeetingItem.objects.select_related("row__agency", "row__campaign")
    meetings = Meeting.objects.visible_to(user).filter(public_id=public_id)
    return rows.filter(row__in=meetings, position=position).first()


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


def _act_addresses(table, fetch) -> dict[str, Entry]:
    return {f"campaigns:{act.name}": Entry(act=act, fetch=fetch, methods=FORM) for act in table.acts}


def _book_act(name, fetch) -> Entry:
    return Entry(act=BOOK_ACTS.get(name), fetch=fetch, methods=FORM)


def _campaign_act(name) -> Entry:
    return Entry(act=CAMPAIGN_ACTS.get(name), fetch=campaign_of, methods=FORM)


POLICY: dict[str, Entry] = {
    "campaigns:open_campaign": Entry(posts=OPEN_CAMPAIGN.roles, methods=FORM),
    "campaigns:copy_campaign": _campaign_act("copy_campaign"),
    "campaigns:amend_campaign": _campaign_act("amend_campaign"),
    "campaigns:amend_members": _campaign_act("amend_members"),
    "campaigns:counting": Entry(posts=LEDGER_READERS, fetch=campaign_of, methods=READ),
    "campaigns:amend_counting": _campaign_act("amend_counting"),
    "campaigns:organisations": Entry(posts=BOOK_READERS, methods=READ),
    "campaigns:organisation": Entry(posts=BOOK_READERS, fetch=campaign_of, methods=READ),
    "campaigns:book": Entry(posts=BOOK_READERS, fetch=book_of, methods=FORM),
    "campaigns:add_row": _book_act("add_row", seat_of),
    "campaigns:book_row": Entry(posts=BOOK_READERS, fetch=row_of, methods=READ),
    "campaigns:amend_row": _book_act("amend_row", row_of),
    "campaigns:strike_row": _book_act("strike_row", row_of),
    "campaigns:register_found": _book_act("register_found", screened),
    "campaigns:unmask_key_person": _book_act("unmask_key_person", key_person),
    "campaigns:settle_item": Entry(act=ITEM_ACTS.get("settle_item"), fetch=item_of, methods=FORM),
    "campaigns:duties": Entry(posts=BUSINESS, methods=FORM),
    "campaigns:duty": Entry(posts=BUSINESS, fetch=DUTY, methods=READ),
    "campaigns:calendar": Entry(posts=BUSINESS, methods=READ),
    "campaigns:duty_rules": Entry(posts=OWN, methods=FORM),
    "campaigns:duty_rule": Entry(posts=OWN, fetch=RULE, methods=READ),
    "campaigns:set_rule": Entry(act=DUTY_RULE_ACTS.get("set_rule"), fetch=own_office, methods=FORM),
    "campaigns:preview_rule": Entry(posts=OWN, methods=READ),
    "campaigns:amend_rule": Entry(act=DUTY_RULE_ACTS.get("amend_rule"), fetch=RULE, methods=FORM),
    "campaigns:end_rule": Entry(act=DUTY_RULE_ACTS.get("end_rule"), fetch=RULE, methods=FORM),
    "campaigns:board": Entry(posts=OWN, fetch=RULE, methods=FORM),
    "campaigns:remind_missing": Entry(act=ROUND_ACTS.get("remind_missing"), fetch=round_of, methods=FORM),
    **_act_addresses(DUTY_ACTS, DUTY),
}
