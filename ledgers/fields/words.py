"""序号, 县市区, 企业名称（个人）, 位置, 开采矿种: which line it is (rules 2 and 12)."""

from collections.abc import Iterable

from cases.models import Case
from ledgers.facts import Entry, Facts
from ledgers.fields.field import LedgerField, Side, Use
from ledgers.fields.kinds import Kind
from ledgers.fields.sides import has_side
from ledgers.rows import Cell
from registry.models import Party, PartyKind

NAMES = "、"


def party_words(parties: Iterable[Party]) -> str:
    """Joint parties in one cell; 当事人不明 only while nobody else is named."""
    parties = list(parties)
    named = [party.name for party in parties if party.kind != PartyKind.UNKNOWN]
    unknown = [party.name for party in parties if party.kind == PartyKind.UNKNOWN]
    return NAMES.join(dict.fromkeys(named or unknown))


def _keeps_words(entry: Entry) -> bool:
    """Imported or typed words are kept; others follow the cases, so a 当事人不明 named later is
    named in the same row."""
    return entry.imported or entry.words_typed


def _serial(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    """Filled in by `Row.number` when all rows are there."""
    return Cell()


def _county(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    return Cell(entry.agency.region.name)


def _party(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    if _keeps_words(entry):
        return Cell(entry.party)
    cases = facts.cases_of(entry)
    named = party_words(party for case in cases for party in facts.parties.get(case.pk, []))
    return Cell(named or entry.party)


def _place(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    if _keeps_words(entry):
        return Cell(entry.place or None)
    place = next((case.place for case in facts.cases_of(entry) if case.place), "")
    return Cell(place or entry.place or None)


def _mineral(facts: Facts, entry: Entry, field: LedgerField) -> Cell:
    words = entry.mineral
    if not _keeps_words(entry):
        cases = facts.cases_of(entry)
        minerals = [finding.mineral for case in cases for finding in facts.minerals.get(case.pk, [])]
        several = minerals or [case.mineral for case in cases]
        words = NAMES.join(dict.fromkeys(word for word in several if word)) or words
    return Cell(words or None, applicable=bool(words) or has_side(facts, entry, Side.MINING))


SERIAL = LedgerField(
    key="serial",
    label="序号",
    kind=Kind.SERIAL,
    words=("序号", "编号", "顺序号"),
    draw=_serial,
    use=Use.FRAME,
)
COUNTY = LedgerField(
    key="county",
    label="县市区",
    kind=Kind.TEXT,
    words=("县市区", "市县区", "县区", "区县", "县级市", "所在县", "所属县", "县"),
    draw=_county,
    use=Use.FRAME,
    spans=True,
)
PARTY = LedgerField(
    key="party",
    label="企业名称（个人）",
    kind=Kind.TEXT,
    words=(
        *("企业名称", "企业个人", "企业或个人", "企业及个人", "当事人", "违法主体", "违法单位", "涉案单位"),
        *("涉案企业", "违法企业", "用地单位", "矿山名称", "责任主体"),
        *("单位名称", "单位或个人", "个人姓名"),
    ),
    draw=_party,
    use=Use.NAME,
    spans=True,
    longest=Party._meta.get_field("name").max_length,
    how="随案件的当事人，也可以在条目中修改。",
)
PLACE = LedgerField(
    key="place",
    label="位置",
    kind=Kind.TEXT,
    words=("违法位置", "违法地点", "案发地点", "所在位置", "位置", "地点", "地址"),
    draw=_place,
    use=Use.NAME,
    spans=True,
    longest=Case._meta.get_field("place").max_length,
    how="随案件的位置，也可以在条目中修改。",
)
MINERAL = LedgerField(
    key="mineral",
    label="开采矿种",
    kind=Kind.TEXT,
    words=("开采矿种", "矿种"),
    draw=_mineral,
    use=Use.WORD,
    spans=True,
    longest=Case._meta.get_field("mineral").max_length,
    how="随案件的采矿认定，也可以在条目中修改。",
    inapplicable="这一条目不涉及采矿方面，或者已作出的决定没有这一项。",
    cause="涉嫌非法采矿",
)

WORDS = (SERIAL, COUNTY, PARTY, PLACE, MINERAL)
