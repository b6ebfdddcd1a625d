"""A clue comes in: registered with its number, and completed later."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts import roles
from accounts.models import Agency, AgencyKind, Posting, User, local_today
from accounts.services import clocks, deeds, numbering, trail
from accounts.services.people import holders
from accounts.services.remarks import remark
from clues.acts import ACTS, REGISTER
from clues.models import Clue, ClueFile, ClueParty, ClueSource
from clues.services.attachments import file_changes, keep_files
from clues.services.informant_files import keep_informant_files
from clues.services.informants import InformantFacts, guard_words, keep_informant, refuse_named
from clues.services.reports import Report, check_report
from clues.services.suspects import add_suspects, change_suspects
from clues.services.telling import tell
from clues.terms import CHECK
from common.errors import Forbidden, Refused
from common.showing.times import moment
from registry.services.places import check_place
from registry.services.position import NO_POSITION, WGS84

NUMBER_KIND, NUMBER_WORD = "clue", "线"


def registering_posts(user: User) -> list[Posting]:
    """The posts of today under which a person may register, one per office, in order."""
    posts = {}
    for posting in user.current_postings:
        if posting.role in REGISTER.roles:
            posts.setdefault(posting.agency_id, posting)
    return list(posts.values())


def registering_post(user: User, agency: Agency | None = None) -> Posting:
    """The post used to register, at `agency` where it is named. Raises Forbidden without one."""
    for posting in registering_posts(user):
        if agency is None or posting.agency_id == agency.pk:
            return posting
    raise Forbidden("登记线索由线索登记、承办人、大队长或乡镇报告员办理，您没有这个岗位。")


def answering_agency(posting: Posting) -> Agency:
    """The county bureau that will answer for what this post registers. Raises Refused."""
    if posting.role != roles.REPORTER:
        return posting.agency
    upper = posting.agency.parent
    if upper is None or upper.kind != AgencyKind.NATURAL_RESOURCES:
        raise Refused("您的单位还没有设定上级县局，不能上报线索，请联系系统管理员。")
    return upper


@transaction.atomic
def register_clue(
    *,
    by: User,
    report: Report,
    number: str = "",
    informant: InformantFacts | None = None,
    files: Iterable[UploadedFile] = (),
    agency: Agency | None = None,
    posting: Posting | None = None,
    version: int | str | None = None,
) -> Clue:
    """Register a clue and give it its number; the clock of 线索核查 starts on the day of receipt.

    `agency` is the office of somebody who registers at several. A township reporter's clue goes
    to the county bureau above. `posting` comes from a deed of an upper app that registers a clue
    and has asked its own table. Raises Refused with a sentence.
    """
    posting = posting or registering_post(by, agency)
    office = answering_agency(posting)
    informant = informant or InformantFacts()
    check_report(report)
    county = report.county or office.region
    check_place(posting.agency, county, report.township)
    files = tuple(files)
    refuse_named(informant, *report.texts, *(str(upload.name) for upload in files))
    position = report.position.as_fields() if report.position else {}
    clue = Clue(agency=office, county=county, registered_by=by, **report.as_fields(), **position)
    if posting.role == roles.REPORTER:
        clue.origin_agency = posting.agency
    _number(clue, number)
    _first_source(clue)
    _, differing = add_suspects(by, clue, report.parties)
    added = keep_files(by=by, clue=clue, uploads=files, batch=report.photos)
    if report.position is None:
        _place_by_photo(clue, added)
    if kept := keep_informant(clue=clue, facts=informant):
        keep_informant_files(by, kept, informant.files)
    _start_check(clue)
    changes = _first_changes(clue) | differing | file_changes(added)
    trail.record(
        by=by, posting=posting, act=REGISTER, thing=clue, happened_on=clue.received_on, changes=changes
    )
    _tell_of_report(clue)
    return clue


def _number(clue: Clue, typed: str) -> None:
    """Give the clue its number, or take the typed one, and save it."""
    year = local_today().year
    clue.number = numbering.issue(
        agency=clue.agency, kind=NUMBER_KIND, word=NUMBER_WORD, year=year, typed=typed.strip()
    )
    clue.save()


def _start_check(clue: Clue) -> None:
    clocks.start(term=CHECK, thing=clue, counted_from=clue.received_on, url=clue.get_absolute_url())


def _tell_of_report(clue: Clue) -> None:
    """The county's desk hears of what a township sent in."""
    if clue.origin_agency_id:
        desk = holders(clue.agency, roles.INTAKE, roles.BRIGADE_HEAD)
        tell(people=desk, clue=clue, what="clue_reported", title="有乡镇上报的线索待分派")


def _first_source(clue: Clue) -> None:
    ClueSource.objects.create(
        clue=clue,
        original=clue,
        source=clue.source,
        source_number=clue.source_number,
        received_on=clue.received_on,
        summary=clue.summary,
    )


def _place_by_photo(clue: Clue, added: list[ClueFile]) -> None:
    """Nobody typed a position, but a photo carries one: the clue takes the first."""
    for photo in added:
        if photo.longitude is not None:
            clue.longitude, clue.latitude = photo.longitude, photo.latitude
            clue.position_typed, clue.position_datum = f"照片 {photo.file.name}"[:120], WGS84
            clue.save()
            remark(f"坐标取自照片“{photo.file.name}”自带的位置，请核对；不对的在“补充线索”里改。")
            return


def _first_changes(clue: Clue) -> dict:
    names = "、".join(suspect.party.name for suspect in clue.suspects.select_related("party"))
    shown = {
        "线索号": clue.number,
        "线索来源": clue.get_source_display(),
        "受理日期": clue.received_on,
        "位置": f"{clue.county}{clue.township or ''} {clue.place}",
        "涉嫌违法类型": "、".join(clue.violation_labels),
        "矿种": clue.mineral,
        "当事人": names,
        "发现人": clue.found_by,
        "发现时间": moment(clue.found_at) if clue.found_at else "",
        "报告时间": moment(clue.reported_at) if clue.reported_at else "",
    }
    return {label: ("", value) for label, value in shown.items() if value}


@transaction.atomic
def amend_clue(
    *,
    by: User,
    clue: Clue,
    report: Report,
    keep_position: bool = True,
    removed: Iterable[ClueParty] = (),
    reason: str = "",
    version: int | str | None = None,
) -> Clue:
    """Complete or correct a clue; the trail keeps each field's old and new value.

    The report's parties are added, `removed` are taken off. Without a position in the report the
    old one stays unless `keep_position` is False. Raises Refused with a sentence.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("amend_clue", by, clue)
    county = report.county or clue.county
    check_report(report)
    check_place(clue.agency, county, report.township)
    guard_words(by, clue, *report.texts)
    received_on, violations = clue.received_on, "、".join(clue.violation_labels)
    position = {}
    if report.position or not keep_position:
        position = report.position.as_fields() if report.position else NO_POSITION
    changes = deeds.save(clue, county=county, **report.as_fields(), **position)
    if "涉嫌违法类型" in changes:
        changes["涉嫌违法类型"] = (violations, "、".join(clue.violation_labels))
    changes |= change_suspects(by, clue, report.parties, removed)
    # Only a clock that still runs is moved; one that was met stays met.
    if clue.received_on != received_on and clocks.of(clue).filter(kind=CHECK.kind, met_at=None).exists():
        _start_check(clue)
    trail.record(
        by=by, posting=posting, act=ACTS.get("amend_clue"), thing=clue, changes=changes, reason=reason.strip()
    )
    return clue
