"""A clue comes in: registered, completed, merged with what was known already."""

from django.db import transaction

from accounts import roles
from accounts.models import AgencyKind, local_today
from accounts.services import clocks, deeds, numbering, trail
from accounts.services.people import holders
from clues.acts import ACTS, REGISTER
from clues.models import Clue, ClueParty, ClueSource
from clues.services.attachments import file_changes, keep_files
from clues.services.informants import InformantFacts, guard_words, keep_informant, refuse_named
from clues.services.telling import tell
from clues.terms import CHECK
from common.errors import Forbidden, Refused
from registry.services.parties import find_or_add_party
from registry.services.places import check_place
from registry.services.position import NO_POSITION, WGS84

NUMBER_KIND, NUMBER_WORD = "clue", "线"


def registering_posts(user) -> list:
    """The posts of today under which a person may register, one per office, in order."""
    posts = {}
    for posting in user.current_postings:
        if posting.role in REGISTER.roles:
            posts.setdefault(posting.agency_id, posting)
    return list(posts.values())


def registering_post(user, agency=None):
    """The post used to register, at `agency` where it is named. Raises Forbidden without one."""
    for posting in registering_posts(user):
        if agency is None or posting.agency_id == agency.pk:
            return posting
    raise Forbidden("登记线索由线索登记、承办人、大队长或乡镇报告员办理，您没有这个岗位。")


def answering_agency(posting):
    """The county bureau that will answer for what this post registers."""
    if posting.role != roles.REPORTER:
        return posting.agency
    upper = posting.agency.parent
    if upper is None or upper.kind != AgencyKind.NATURAL_RESOURCES:
        raise Refused("您的单位还没有设定上级县局，不能上报线索，请联系系统管理员。")
    return upper


@transaction.atomic
def register_clue(
    *,
    by,
    source,
    received_on,
    summary,
    place,
    county=None,
    township=None,
    happened_on=None,
    source_number="",
    position=None,
    violations=(),
    mineral="",
    parties=(),
    number="",
    informant=None,
    files=(),
    agency=None,
    version=None,
) -> Clue:
    """Register a clue and give it its number; the clock of 线索核查 starts on `received_on`.

    `position` is a services.position.Position, `parties` a list of find_or_add_party arguments,
    `informant` an InformantFacts, `files` uploads. A township reporter's clue goes to the county
    bureau above. Raises Refused with a sentence.
    """
    posting = registering_post(by, agency)
    office = answering_agency(posting)
    county = county or office.region
    informant = informant or InformantFacts()
    _check_words(source, received_on, happened_on, summary, place)
    check_place(posting.agency, county, township)
    refuse_named(informant, summary, place, source_number)
    clue = Clue(
        agency=office,
        source=source,
        source_number=source_number.strip(),
        received_on=received_on,
        happened_on=happened_on,
        summary=summary.strip(),
        county=county,
        township=township,
        place=place.strip(),
        violations=list(violations),
        mineral=mineral.strip(),
        registered_by=by,
        **(position.as_fields() if position else {}),
    )
    if posting.role == roles.REPORTER:
        clue.origin_agency = posting.agency
    _number(clue, number)
    _first_source(clue)
    _, differing = _add_parties(by, clue, parties)
    added = keep_files(by=by, clue=clue, uploads=files)
    if position is None:
        _place_by_photo(clue, added)
    keep_informant(by=by, clue=clue, facts=informant)
    clocks.start(term=CHECK, thing=clue, counted_from=received_on, url=clue.get_absolute_url())
    trail.record(
        by=by,
        posting=posting,
        act=REGISTER,
        thing=clue,
        happened_on=received_on,
        changes=_first_changes(clue) | differing | file_changes(added),
    )
    _tell_of_report(clue)
    return clue


def _number(clue, typed):
    """Give the clue its number, or take the typed one, and save it."""
    year = local_today().year
    clue.number = numbering.issue(
        agency=clue.agency, kind=NUMBER_KIND, word=NUMBER_WORD, year=year, typed=typed.strip()
    )
    clue.save()


def _tell_of_report(clue):
    """The county's desk hears of what a township sent in."""
    if clue.origin_agency_id:
        desk = holders(clue.agency, roles.INTAKE, roles.BRIGADE_HEAD)
        tell(people=desk, clue=clue, what="clue_reported", title="有乡镇上报的线索待分派")


def _check_words(source, received_on, happened_on, summary, place):
    today = local_today()
    if source not in dict(Clue._meta.get_field("source").choices):
        raise Refused("请选择线索来源。")
    if received_on > today:
        raise Refused("受理日期不能晚于今天。")
    if happened_on and happened_on > today:
        raise Refused("问题发生日期不能晚于今天。")
    if not summary.strip():
        raise Refused("请填写线索摘要。")
    if not place.strip():
        raise Refused("请填写位置，写到村、沟、矿点等能找到的地方。")


def _first_source(clue):
    ClueSource.objects.create(
        clue=clue,
        original=clue,
        source=clue.source,
        source_number=clue.source_number,
        received_on=clue.received_on,
        summary=clue.summary,
    )


def _place_by_photo(clue, added):
    """Nobody typed a position, but a photo carries one: the clue takes the first."""
    for one in added:
        if one.longitude is not None:
            clue.longitude, clue.latitude = one.longitude, one.latitude
            clue.position_typed, clue.position_datum = f"照片 {one.file.name}"[:120], WGS84
            clue.save()
            return


def _add_parties(by, clue, parties) -> tuple[list, dict]:
    """Enter the parties of the list, the same one typed twice once: those added, and for the trail
    what was typed otherwise than the registry has it."""
    added, differing = [], {}
    for facts in parties:
        party = find_or_add_party(by=by, agency=clue.agency, **facts)
        _, new = ClueParty.objects.get_or_create(clue=clue, party=party)
        if new:
            added.append(party)
        for label, pair in getattr(party, "differing", {}).items():
            differing[f"{party.name}的{label}（填写不同，仍用原登记）"] = pair
    return added, differing


def _first_changes(clue) -> dict:
    names = "、".join(suspect.party.name for suspect in clue.suspects.select_related("party"))
    shown = {
        "线索号": clue.number,
        "线索来源": clue.get_source_display(),
        "受理日期": clue.received_on,
        "位置": f"{clue.county}{clue.township or ''} {clue.place}",
        "涉嫌违法类型": "、".join(clue.violation_labels),
        "矿种": clue.mineral,
        "当事人": names,
    }
    return {label: ("", value) for label, value in shown.items() if value}


@transaction.atomic
def amend_clue(
    *,
    by,
    clue,
    source,
    received_on,
    summary,
    place,
    county=None,
    township=None,
    happened_on=None,
    source_number="",
    position=None,
    keep_position=True,
    violations=(),
    mineral="",
    parties=(),
    removed=(),
    reason="",
    version=None,
) -> Clue:
    """Complete or correct a clue; the trail keeps each field's old and new value.

    `parties` are added, `removed` (ClueParty rows) taken off. Without `position` the old one stays
    unless `keep_position` is False.
    """
    clue = deeds.lock(clue, version)
    posting = ACTS.require("amend_clue", by, clue)
    county = county or clue.county
    _check_words(source, received_on, happened_on, summary, place)
    check_place(clue.agency, county, township)
    guard_words(by, clue, summary, place, source_number)
    moved, suspected = clue.received_on != received_on, "、".join(clue.violation_labels)
    fields = {}
    if position or not keep_position:
        fields = position.as_fields() if position else NO_POSITION
    changes = deeds.save(
        clue,
        source=source,
        source_number=source_number.strip(),
        received_on=received_on,
        happened_on=happened_on,
        summary=summary.strip(),
        county=county,
        township=township,
        place=place.strip(),
        violations=list(violations),
        mineral=mineral.strip(),
        **fields,
    )
    if "涉嫌违法类型" in changes:
        changes["涉嫌违法类型"] = (suspected, "、".join(clue.violation_labels))
    changes |= _party_changes(by, clue, parties, removed)
    if moved and clocks.of(clue).filter(kind=CHECK.kind, met_at=None).exists():
        clocks.start(term=CHECK, thing=clue, counted_from=received_on, url=clue.get_absolute_url())
    trail.record(
        by=by, posting=posting, act=ACTS.get("amend_clue"), thing=clue, changes=changes, reason=reason.strip()
    )
    return clue


def _party_changes(by, clue, parties, removed) -> dict:
    gone = [link.party.name for link in removed if link.clue_id == clue.pk]
    clue.suspects.filter(pk__in=[link.pk for link in removed]).delete()
    parties, differing = _add_parties(by, clue, parties)
    added = [party.name for party in parties]
    named = {"当事人": ("、".join(gone), "、".join(added))} if gone or added else {}
    return named | differing
