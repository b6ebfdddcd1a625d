"""Clues brought to a state by the services themselves, with the fixed cast; files to upload."""

import io
from dataclasses import fields
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import ExifTags, Image

from accounts.models import Clock, TrailEntry, User, local_today
from clues.models import Clue
from clues.services import disposition, intake, merging, verification
from clues.services.conditions import CONDITIONS
from clues.services.outcomes import Proposal
from clues.services.reports import Report
from registry.services.parties import PartyDetails
from tests.frames import bare_frame
from tests.papers import SIGNED
from tests.replay import remembered

PERSON_ID = "141122190001010012"
OTHER_ID = "14092919000102012X"
FIRM_CODE = "91141122MA0DEM013B"


def ago(days: int) -> date:
    """The day so many days before today."""
    return local_today() - timedelta(days=days)


def ahead(days: int) -> date:
    """The day so many days after today."""
    return local_today() + timedelta(days=days)


def a_moment_ago() -> str:
    """Two minutes ago, as a form's field of day and time sends it."""
    return f"{timezone.localtime() - timedelta(minutes=2):%Y-%m-%dT%H:%M}"


def anew(person) -> User:
    """A person as the next request reads them."""
    return User.objects.get(pk=person.pk)


def words(**more) -> dict:
    """The least that registering takes: a report with what is given, and what goes beside it."""
    said = {
        "source": "patrol",
        "received_on": ago(1),
        "summary": "沟内有人夜间用挖掘机采煤，装车外运。",
        "place": "西社镇东沟口",
    }
    names = {field.name for field in fields(Report)}
    said |= {name: value for name, value in more.items() if name in names}
    said["parties"] = [PartyDetails(**party) for party in said.get("parties", ())]
    return {"report": Report(**said)} | {name: more[name] for name in more.keys() - names}


@remembered
def registered(cast, by=None, **more) -> Clue:
    """A clue of 交城, 待分派."""
    return intake.register_clue(by=by or cast.intake, **words(**more))


@remembered
def assigned(cast, **more) -> Clue:
    """A clue that 李承办 is to look at."""
    return verification.assign_clue(by=cast.brigade_head, clue=registered(cast, **more), handler=cast.handler)


@remembered
def verified(cast, judgment="true", **more) -> Clue:
    """A clue looked at by two."""
    look = verification.Look(
        lookers=[cast.handler, cast.second_handler],
        looked_on=local_today(),
        facts_found="现场有采坑一处，长约二十米。",
        judgment=judgment,
    )
    return verification.verify_clue(by=cast.handler, clue=assigned(cast, **more), look=look)


def answered(*lacking, **answers) -> dict:
    """The five conditions: all met, but for `lacking` and what is given."""
    return {code: "lacking" if code in lacking else "met" for code in CONDITIONS} | answers


@remembered
def proposed(cast, outcome="pending", clue=None, **more) -> Clue:
    """A clue whose disposition waits for a leader."""
    given = {
        "pending": {"look_again_on": ahead(10)},
        "non_filing": {"reason_code": "no_actor"},
        "handover": {"to_agency": cast.agencies["141122-sl"]},
    }.get(outcome, {})
    answers = answered("actor") if outcome in ("pending", "non_filing", "handover") else {}
    said = {"outcome": outcome, "reason": "现场无人，走访不到行为人。", "conditions": answers}
    values = {**said, **given, **more}
    return disposition.propose_disposition(
        by=cast.handler, clue=clue or verified(cast), proposal=Proposal(**values)
    )


@remembered
def pending(cast) -> Clue:
    """A clue put aside, to be looked at again in ten days."""
    return disposition.approve_disposition(by=cast.deputy, clue=proposed(cast, "pending"))


@remembered
def merged_pair(cast):
    """Two clues, the first merged into the second."""
    clue, into = registered(cast), registered(cast, source="letter")
    merging.merge_clue(by=cast.intake, clue=clue, into=into, reason="同一地点")
    clue.refresh_from_db()
    into.refresh_from_db()
    return clue, into


def scan(name="呈批表.pdf") -> SimpleUploadedFile:
    """A scan as a browser sends it."""
    return SimpleUploadedFile(name, SIGNED, content_type="application/pdf")


def jpeg(name="现场.jpg", taken=None, lon=None, lat=None, colour=(90, 120, 60)):
    """A real JPEG; with `taken` ("2026:11:01 09:30:00") and a WGS84 position in its EXIF."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if lon is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSLatitudeRef: "N",
                ExifTags.GPS.GPSLatitude: (lat, 0.0, 0.0),
                ExifTags.GPS.GPSLongitudeRef: "E",
                ExifTags.GPS.GPSLongitude: (lon, 0.0, 0.0),
            }
        )
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def last_entry(clue) -> TrailEntry:
    """The newest entry of a clue's trail."""
    return TrailEntry.objects.filter(subject_kind="clues.clue", subject_id=clue.pk).latest("seq")


def form_data(response_or_page=None, **values) -> dict:
    """What a browser posts for the form of registering, three empty rows of parties included."""
    rows = {
        "party-TOTAL_FORMS": "3",
        "party-INITIAL_FORMS": "0",
        "party-MIN_NUM_FORMS": "0",
        "party-MAX_NUM_FORMS": "60",
    }
    for place in range(3):
        rows |= {f"party-{place}-kind": "person", f"party-{place}-name": ""}
    today = local_today().isoformat()
    plain = {"source": "patrol", "received_on": today, "summary": "沟内有人采煤", "place": "东沟口"}
    return {**rows, **plain, **values}


def at(clue, act: str) -> str:
    """The address of an act on a clue."""
    return reverse(f"clues:{act}", args=[clue.public_id])


STRANGERS = ("neighbour_chief", "neighbour_handler", "other_prefecture", "police")


@bare_frame()
def assert_only(cast, sign_in, clue, act, posts):
    """Strangers get 404, colleagues without the post 403, on reading as on posting."""
    for part in STRANGERS:
        client = sign_in(getattr(cast, part))
        assert client.get(at(clue, act)).status_code == 404, part
        assert client.post(at(clue, act), {}).status_code == 404, part
    for part in {"legal", "liaison", "prefecture", "province", "intake", "handler", "deputy"} - {*posts}:
        client = sign_in(getattr(cast, part))
        assert client.get(at(clue, act)).status_code == 403, part
        assert client.post(at(clue, act), {}).status_code == 403, part
    for part in posts:
        assert sign_in(getattr(cast, part)).get(at(clue, act)).status_code == 200, part


def open_clocks(clue) -> list[str]:
    """Kinds of the clocks that run on a clue."""
    rows = Clock.objects.filter(subject_kind="clues.clue", subject_id=clue.pk, met_at=None)
    return sorted(rows.values_list("kind", flat=True))
