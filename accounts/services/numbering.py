"""Numbers per office, kind and year: from a counter under lock, or given by hand.

The office's own series already runs: the counter can be started after its last number, a number
can be typed (a higher one moves the counter on), and a voided one is never given again.
"""

from django.db import IntegrityError, transaction

from accounts import series
from accounts.models import Agency, IssuedNumber, Serial, User
from accounts.people_acts import AGENCY_ACTS
from accounts.services import installation, trail
from common.document_numbers import format_number, parse_number
from common.errors import Refused

LARGEST = 999_999


@transaction.atomic
def issue(*, agency: Agency, kind: str, word: str, year: int, typed: str = "") -> str:
    """Give the next number, such as 交自然资立字〔2026〕12号, or enter the one `typed` by hand.

    Raises Refused if the typed number was given or voided before.
    """
    if typed:
        return _by_hand(agency, kind, word, year, typed)
    serial = _locked(agency, kind, year)
    taken = set(
        IssuedNumber.objects.filter(agency=agency, kind=kind, year=year, seq__gt=serial.last).values_list(
            "seq", flat=True
        )
    )
    seq = serial.last + 1
    while seq in taken:
        seq += 1
    text = format_number(agency.document_prefix or agency.short_name, word, year, seq)
    IssuedNumber.objects.create(agency=agency, kind=kind, year=year, seq=seq, text=text)
    serial.last = seq
    serial.save(update_fields=["last"])
    return text


@transaction.atomic
def issue_many(*, agency: Agency, kind: str, word: str, year: int, count: int) -> list[str]:
    """Give `count` numbers in a row, in a constant number of queries (imports)."""
    serial = _locked(agency, kind, year)
    taken = set(
        IssuedNumber.objects.filter(agency=agency, kind=kind, year=year, seq__gt=serial.last).values_list(
            "seq", flat=True
        )
    )
    prefix = agency.document_prefix or agency.short_name
    numbers, seq = [], serial.last
    while len(numbers) < count:
        seq += 1
        if seq not in taken:
            text = format_number(prefix, word, year, seq)
            numbers.append(IssuedNumber(agency=agency, kind=kind, year=year, seq=seq, text=text))
    IssuedNumber.objects.bulk_create(numbers, batch_size=500)
    serial.last = seq
    serial.save(update_fields=["last"])
    return [number.text for number in numbers]


@transaction.atomic
def correct(*, agency: Agency, kind: str, word: str, year: int, old: str, typed: str) -> str:
    """Put the number really given in the place of one typed wrongly; returns it.

    What was typed by hand was never given, and is free again for the paper that bears it; what the
    counter gave stays listed as voided. Raises Refused if the right one was given or voided before.
    """
    text, typed_year, seq = _read(agency, typed, year, word)
    if text == old:
        raise Refused("编号没有改动，不必提交。")
    _locked(agency, kind, typed_year)
    row = IssuedNumber.objects.filter(agency=agency, kind=kind, text=old).first()
    if row and row.seq is not None and (row.year, row.seq) == (typed_year, seq):
        # The same place of the series, written in another way (第12号 and 12号).
        row.text = text
        row.save(update_fields=["text"])
        return text
    if row and row.by_hand:
        row.delete()
    elif row:
        row.voided_reason = f"更正为{text}"[:200]
        row.save(update_fields=["voided_reason"])
    return _by_hand(agency, kind, word, year, typed)


@transaction.atomic
def void(
    *,
    by: User | None = None,
    agency: Agency,
    kind: str,
    text: str,
    reason: str,
    year: int,
    version: int | str | None = None,
) -> IssuedNumber:
    """Enter a number as voided, whether it had been given or not; it is never used again.

    `year` counts where the text itself names none. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused("请写明作废原因。")
    actor, posting = installation.guard(AGENCY_ACTS, "void_number", by, agency)
    text, year, seq = _read(agency, text, year, series.word_of(kind))
    serial = _locked(agency, kind, year)
    number = IssuedNumber.objects.filter(agency=agency, kind=kind, text=text).first()
    if number is None and seq is not None:
        # The same place of the series, written in another way (第12号 and 12号).
        number = IssuedNumber.objects.filter(agency=agency, kind=kind, year=year, seq=seq).first()
    if number is None:
        number = IssuedNumber(agency=agency, kind=kind, text=text, year=year, seq=seq, by_hand=True)
    number.voided_reason = reason.strip()[:200]
    number.save()
    if seq and seq == serial.last + 1:
        serial.last = seq
        serial.save(update_fields=["last"])
    trail.record(
        by=actor,
        posting=posting,
        act=AGENCY_ACTS.get("void_number"),
        thing=agency,
        changes={series.label_of(kind): ("", number.text)},
        reason=number.voided_reason,
    )
    return number


@transaction.atomic
def start_after(
    *,
    by: User | None = None,
    agency: Agency,
    kind: str,
    year: int,
    last: int,
    version: int | str | None = None,
) -> Serial:
    """Let the counter go on after `last`: the office's own series already runs."""
    actor, posting = installation.guard(AGENCY_ACTS, "start_numbers", by, agency)
    serial = _locked(agency, kind, year)
    if last < serial.last:
        raise Refused(f"{year}年已经编到第{serial.last}号，起始号不能更小。")
    if last > LARGEST:
        raise Refused("起始号太大，请核对。")
    old, serial.last = serial.last, last
    serial.save(update_fields=["last"])
    trail.record(
        by=actor,
        posting=posting,
        act=AGENCY_ACTS.get("start_numbers"),
        thing=agency,
        changes={f"{year}年{series.label_of(kind)}已用到": (old, last)},
    )
    return serial


def _locked(agency: Agency, kind: str, year: int) -> Serial:
    Serial.objects.bulk_create([Serial(agency=agency, kind=kind, year=year)], ignore_conflicts=True)
    return Serial.objects.select_for_update().get(agency=agency, kind=kind, year=year)


def _by_hand(agency: Agency, kind: str, word: str, year: int, typed: str) -> str:
    """Enter a typed number. One of our own series takes its place there and moves the counter."""
    text, typed_year, seq = _read(agency, typed, year, word)
    serial = _locked(agency, kind, typed_year)
    try:
        with transaction.atomic():
            IssuedNumber.objects.create(
                agency=agency, kind=kind, year=typed_year, seq=seq, text=text, by_hand=True
            )
    except IntegrityError:
        raise Refused(f"编号{text}已经用过或已作废，请核对后另填一个。") from None
    if seq and seq > serial.last:
        serial.last = seq
        serial.save(update_fields=["last"])
    return text


def _read(agency: Agency, typed: str, year: int, word: str = "") -> tuple[str, int, int | None]:
    """(text, year, seq) of a typed number; seq is None where it isn't of our own series.

    Where no app told the `word`, every number that begins with the office's prefix is its own.
    """
    try:
        parsed = parse_number(typed)
    except ValueError:
        text = typed.strip()
        if not text:
            raise Refused("请填写编号。") from None
        return text[:80], year, None
    own = agency.document_prefix or agency.short_name
    ours = parsed.prefix == own + word if word else parsed.prefix.startswith(own)
    seq = parsed.seq if ours else None
    if seq is not None and seq > LARGEST:
        raise Refused(f"编号{parsed}的序号太大，请核对。")
    return str(parsed), parsed.year, seq
