"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts import roles
from accounts.fileaccess import visible_file
from accounts.models import Agency, Confirmation, SignedPaper, SignIn, SigningAuthority, User
from accounts.paper_acts import PAPER_ACTS
from accounts.people_acts import AGENCY_ACTS, CONFIRMATION_ACTS, NUMBERS, PEOPLE_ACTS
from accounts.policy import FORM, PUBLIC, READ, SIGNED_IN, WRITE, Entry, by_public_id
from accounts.services import paper_reading
from accounts.services.calendar import kept_by

ALL, MANAGERS = roles.EVERYONE, roles.MANAGERS
AUDIT = frozenset({roles.AUDIT_ADMIN})
NUMBER_READERS = NUMBERS | roles.LEADERS

DECIDING = roles.CONFIRMERS | {roles.SYSTEM_ADMIN}

person = by_public_id(User.objects.all)
confirmation = by_public_id(Confirmation.objects.all)


def agency(user, code, **_):
    """An agency that the person manages people of, or holds a post in."""
    return Agency.objects.visible_to(user).filter(code=code).distinct().first()


def managed_agency(user, code, **_):
    """An agency that the person manages people of."""
    return Agency.objects.managed_by(user).filter(code=code).first()


def own_agency(user, **_):
    """The agency as whose administrator a person keeps what holds for all."""
    return kept_by(user)


def authority(user, pk, **_):
    """An authority that the person may see."""
    return SigningAuthority.objects.visible_to(user).filter(pk=pk).first()


def own_sign_in(user, pk, **_):
    """One of the person's own sessions."""
    return SignIn.objects.filter(user=user, pk=pk).first()


def own_paper(user, public_id, **_):
    """A signed paper that bears the person's name and that another typed."""
    return SignedPaper.objects.filter(
        public_id=public_id, pk__in=paper_reading.own(user).values("signed_paper_id")
    ).first()


def denial(user, pk, **_):
    """An approval on paper that its signer denies, of a thing the person sees."""
    return paper_reading.visible_denial(user, pk)


def of_person(name):
    """The form of one act on a person."""
    return Entry(act=PEOPLE_ACTS.get(name), fetch=person, methods=FORM)


def of_agency(name, fetch=agency):
    """The form of one act on an agency."""
    return Entry(act=AGENCY_ACTS.get(name), fetch=fetch, methods=FORM)


POLICY: dict[str, Entry] = {
    "accounts:sign_in": Entry(posts=PUBLIC, methods=FORM),
    "accounts:sign_out": Entry(posts=PUBLIC, methods=WRITE),
    "accounts:change_password": Entry(posts=SIGNED_IN, methods=FORM),
    "accounts:second_step": Entry(posts=PUBLIC, methods=FORM),
    **{
        f"accounts:{name}": Entry(posts=SIGNED_IN, methods=FORM)
        for name in ("second_factor", "turn_on_second_factor", "turn_off_second_factor")
    },
    "accounts:index": Entry(posts=ALL, methods=READ),
    "accounts:me": Entry(posts=SIGNED_IN, methods=READ),
    "accounts:end_sign_in": Entry(posts=SIGNED_IN, methods=WRITE, fetch=own_sign_in),
    "accounts:people": Entry(posts=MANAGERS, methods=FORM),
    "accounts:person": Entry(posts=MANAGERS, methods=READ, fetch=person),
    **{
        f"accounts:{name}": of_person(name)
        for name in (
            "amend_person", "appoint", "end_posting", "reset_password", "reset_second_factor",
            "disable_person", "enable_person", "reassign_work",
        )
    },
    "accounts:confirmations": Entry(posts=DECIDING, methods=READ),
    **{
        f"accounts:{act.name}": Entry(act=act, fetch=confirmation, methods=FORM)
        for act in CONFIRMATION_ACTS.acts
    },
    "accounts:agencies": Entry(posts=MANAGERS, methods=READ),
    "accounts:agency": Entry(posts=MANAGERS, methods=READ, fetch=managed_agency),
    **{
        f"accounts:{name}": of_agency(name, managed_agency)
        for name in ("amend_agency", "open_agency", "move_agency", "merge_agency", "add_person",
                     "import_certificates", "record_authority")
    },
    "accounts:authorities": Entry(posts=MANAGERS, methods=READ),
    "accounts:end_authority": of_agency("end_authority", authority),
    "accounts:own_papers": Entry(posts=SIGNED_IN, methods=READ),
    "accounts:paper": Entry(posts=SIGNED_IN, methods=READ, fetch=own_paper),
    "accounts:confirm_paper": Entry(posts=SIGNED_IN, methods=FORM, fetch=own_paper),
    "accounts:deny_paper": Entry(posts=SIGNED_IN, methods=FORM, fetch=own_paper),
    "accounts:settle_denial": Entry(act=PAPER_ACTS.get("settle_denial"), fetch=denial, methods=FORM),
    "accounts:calendar_now": Entry(posts=ALL, methods=READ),
    "accounts:calendar": Entry(posts=ALL, methods=READ),
    **{
        f"accounts:{name}": of_agency(name, own_agency)
        for name in ("amend_calendar", "import_calendar", "record_standard", "amend_standard")
    },
    "accounts:standards": Entry(posts=ALL, methods=READ),
    "accounts:number_offices": Entry(posts=NUMBER_READERS, methods=READ),
    "accounts:numbers": Entry(posts=NUMBER_READERS, methods=READ, fetch=agency),
    "accounts:start_numbers": of_agency("start_numbers"),
    "accounts:void_number": of_agency("void_number"),
    "accounts:audit": Entry(posts=AUDIT, methods=FORM),
    "accounts:exports": Entry(posts=roles.ADMINISTRATORS | roles.LEADERS, methods=FORM),
    "accounts:verify": Entry(posts=AUDIT, methods=WRITE),
    # Also without any post: who signed a paper opens its scan.
    "accounts:file": Entry(posts=SIGNED_IN, methods=READ, fetch=visible_file),
    "accounts:preview": Entry(posts=SIGNED_IN, methods=READ, fetch=visible_file),
    "accounts:stage": Entry(posts=ALL, methods=WRITE),
    "accounts:thumbnail": Entry(posts=SIGNED_IN, methods=READ, fetch=visible_file),
}  # fmt: skip
