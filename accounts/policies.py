"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts import roles
from accounts.fileaccess import visible_file
from accounts.models import Agency, SigningAuthority, User
from accounts.people_acts import AGENCY_ACTS, NUMBERS, PEOPLE_ACTS
from accounts.policy import FORM, PUBLIC, READ, SIGNED_IN, WRITE, Entry, by_public_id
from accounts.services.calendar import kept_by

ALL, MANAGERS = roles.EVERYONE, roles.MANAGERS
AUDIT = frozenset({roles.AUDIT_ADMIN})
NUMBER_READERS = NUMBERS | roles.LEADERS

person = by_public_id(User.objects.all)


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
    "accounts:index": Entry(posts=ALL, methods=READ),
    "accounts:me": Entry(posts=SIGNED_IN, methods=READ),
    "accounts:people": Entry(posts=MANAGERS, methods=FORM),
    "accounts:person": Entry(posts=MANAGERS, methods=READ, fetch=person),
    **{
        f"accounts:{name}": of_person(name)
        for name in (
            "amend_person", "appoint", "end_posting", "reset_password", "disable_person",
            "enable_person", "reassign_work",
        )
    },
    "accounts:agencies": Entry(posts=MANAGERS, methods=READ),
    "accounts:agency": Entry(posts=MANAGERS, methods=READ, fetch=managed_agency),
    **{
        f"accounts:{name}": of_agency(name, managed_agency)
        for name in ("amend_agency", "open_agency", "move_agency", "merge_agency", "add_person",
                     "record_authority")
    },
    "accounts:authorities": Entry(posts=MANAGERS, methods=READ),
    "accounts:end_authority": of_agency("end_authority", authority),
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
    "accounts:verify": Entry(posts=AUDIT, methods=WRITE),
    "accounts:file": Entry(posts=ALL, methods=READ, fetch=visible_file),
    "accounts:preview": Entry(posts=ALL, methods=READ, fetch=visible_file),
}  # fmt: skip
