"""执法证 of many people at once, as the list of the issuing office has them."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Agency, FormerCertificate, Posting, User, local_today
from accounts.people_acts import AGENCY_ACTS
from accounts.services import deeds, trail
from common.errors import Refused
from common.written_days import read_day

MOST = 500
DAY = timedelta(days=1)
SHAPE = (
    "每行写姓名（或登录名）、执法证号、有效期至，例如：李承办 14031100002 2028-12-31。"
    "换发的在后面再写有效期自，不写的从今天起算。"
)


@dataclass(frozen=True)
class CertificateLine:
    """One line: who (name or sign-in name), the number, the last day and, where told, the first."""

    who: str
    number: str
    until: date
    since: date | None = None


def read(text: str) -> list[CertificateLine]:
    """The lines of a list typed or pasted from a sheet; raises Refused naming the line at fault."""
    lines = [(place, line) for place, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise Refused(f"还没有填写。{SHAPE}")
    if len(lines) > MOST:
        raise Refused(f"一次最多导入{MOST}人，请分几次导入。")
    found = [_line(place, line) for place, line in lines]
    twice = [who for who, count in Counter(each.who for each in found).items() if count > 1]
    if twice:
        raise Refused(f"{'、'.join(twice)}在名单里出现了不止一次，请核对。")
    return found


def _line(place: int, line: str) -> CertificateLine:
    cells = [cell for cell in re.split(r"[\s,，;；]+", line.strip(), maxsplit=2) if cell]
    days = [day for day in map(read_day, re.split(r"[\s,，;；]+", cells[2])) if day] if len(cells) > 2 else []
    if len(days) < 2:
        days = [read_day(cells[2])] if len(cells) > 2 else [None]
    if days[0] is None or len(cells[1]) > 40:
        raise Refused(f"第{place}行没有看懂：{line.strip()[:60]}。{SHAPE}")
    return CertificateLine(cells[0], cells[1], *days[:2])


@transaction.atomic
def import_certificates(
    *, by: User, agency: Agency, lines: list[CertificateLine], version: int | str | None = None
) -> int:
    """Enter number and last day of the 执法证 for people of an agency and those below it; all or none.

    Returns how many changed. Raises Refused naming who isn't found, or whose name several bear.
    """
    posting = AGENCY_ACTS.require("import_certificates", by, agency)
    people = [_person(agency, each.who) for each in lines]
    return sum(
        _put(by, posting, deeds.lock(person), each) for person, each in zip(people, lines, strict=True)
    )


def _person(agency: Agency, who: str) -> User:
    here = User.objects.filter(agency__path__startswith=agency.path, is_active=True)
    found = list(here.filter(Q(username=who) | Q(name=who))[:2])
    if not found:
        raise Refused(f"{agency}和下级单位没有在用的人员“{who}”，请核对姓名。")
    if len(found) > 1:
        raise Refused(f"叫“{who}”的不止一人，请改填登录名。")
    return found[0]


def _put(by: User, posting: Posting, person: User, line: CertificateLine) -> bool:
    """One person's certificate; whether anything changed."""
    if (person.certificate_no, person.certificate_until) == (line.number, line.until) and line.since in (
        None,
        person.certificate_since,
    ):
        return False
    values = {
        "certificate_no": line.number,
        "certificate_since": line.since,
        "certificate_until": line.until,
    }
    keep_former(person, values)
    changes = deeds.save(person, **values)
    act = AGENCY_ACTS.get("import_certificates")
    trail.record(by=by, posting=posting, act=act, thing=person, changes=changes)
    return True


def keep_former(person: User, values: dict[str, Any]) -> None:
    """Keep the certificate that `values` replace, for the days on which it was valid.

    Called by a deed before it saves `values` on the person. The same number with another last day is
    the same certificate put right or prolonged, unless a first day is told with it or it had run out:
    then it is a renewal, and its first day has to be told. A renewal without one counts from today; a
    certificate taken away counts up to yesterday. Raises Refused where dates contradict each other.
    """
    if not {"certificate_no", "certificate_until"} <= set(values):
        return
    new = _Validity(
        str(values["certificate_no"]).strip(), values.get("certificate_since"), values["certificate_until"]
    )
    old = _Validity(person.certificate_no, person.certificate_since, person.certificate_until)
    if new.since and new.until and new.until < new.since:
        raise Refused("执法证的有效期至不能早于有效期自。")
    if new == old:
        return
    if not old.number:
        values["certificate_since"] = new.since or _since_again(person, new)
    elif new.number == old.number and _is_put_right(person, old, new):
        values["certificate_since"] = new.since or old.since
    else:
        values["certificate_since"] = _replace(person, old, new)


@dataclass(frozen=True)
class _Validity:
    """A certificate: number, first and last day."""

    number: str
    since: date | None
    until: date | None


def _since_again(person: User, new: _Validity) -> date | None:
    """From when one counts whose first day isn't told: after an earlier one, from today."""
    return local_today() if new.number and person.former_certificates.exists() else None


def _is_put_right(person: User, old: _Validity, new: _Validity) -> bool:
    """Whether the same number tells of the same certificate; one that had run out is never prolonged
    over the days without one."""
    ran_out = old.until is not None and old.until < local_today()
    if new.since is None and ran_out and new.until and new.until > old.until:
        raise Refused(
            f"{person.name}的执法证{old.until}已经到期。换发的请写明新证的有效期自；"
            "原来的有效期登记错了的，请把原证的有效期自一并写上。"
        )
    return new.since in (None, old.since) or new.until == old.until


def _replace(person: User, old: _Validity, new: _Validity) -> date | None:
    """Keep the old one up to the day before the new one's first, which is returned."""
    first = new.since or local_today()
    last = min(old.until, first - DAY) if old.until else None
    if last and (old.since is None or old.since <= last):
        FormerCertificate.objects.create(user=person, number=old.number, since=old.since, until=last)
    return first if new.number else None
