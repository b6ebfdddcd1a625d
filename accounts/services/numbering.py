"""Numbers per office, kind and year: from a counter under lock, or given by hand; voided ones listed.

The office's own series already runs, so a number can be typed; the counter then goes on after it.
"""

from django.db import IntegrityError, transaction

from accounts.models import IssuedNumber, Serial
from common.document_numbers import format_number, parse_number
from common.errors import Refused


@transaction.atomic
def issue(*, agency, kind: str, word: str, year: int, typed: str = "") -> str:
    """Give the next number, such as 交自然资立字〔2026〕12号, or enter the one `typed` by hand.

    Raises Refused if the typed number was given or voided before.
    """
    serial = _locked(agency, kind, year)
    if typed:
        return _by_hand(serial, agency, kind, year, typed)
    taken = set(
        IssuedNumber.objects.filter(
            agency=agency, kind=kind, year=year, seq__gt=serial.last
        ).values_list("seq", flat=True)
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
def issue_many(*, agency, kind: str, word: str, year: int, count: int) -> list[str]:
    """Give `count` numbers in a row, in a constant number of queries (imports)."""
    serial = _locked(agency, kind, year)
    taken = set(
        IssuedNumber.objects.filter(
            agency=agency, kind=kind, year=year, seq__gt=serial.last
        ).values_list("seq", flat=True)
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
def void(*, agency, kind: str, text: str, reason: str) -> IssuedNumber:
    """Enter a number as voided, whether it had been given or not; it is never used again."""
    year, seq = _year_and_seq(text)
    number, made = IssuedNumber.objects.get_or_create(
        agency=agency,
        kind=kind,
        text=text,
        defaults={"year": year or 0, "seq": seq, "by_hand": True},
    )
    if not reason.strip():
        raise Refused("请写明作废原因。")
    number.voided_reason = reason.strip()
    number.save(update_fields=["voided_reason"])
    return number


@transaction.atomic
def start_after(*, agency, kind: str, year: int, last: int) -> None:
    """Let the counter go on after `last`: the office's own series already runs."""
    serial = _locked(agency, kind, year)
    if last < serial.last:
        raise Refused(f"{year}年已经编到第{serial.last}号，起始号不能更小。")
    serial.last = last
    serial.save(update_fields=["last"])


def _locked(agency, kind, year) -> Serial:
    Serial.objects.bulk_create([Serial(agency=agency, kind=kind, year=year)], ignore_conflicts=True)
    return Serial.objects.select_for_update().get(agency=agency, kind=kind, year=year)


def _year_and_seq(text: str):
    try:
        parsed = parse_number(text)
    except ValueError:
        return None, None
    return parsed.year, parsed.seq if isinstance(parsed.seq, int) else None


def _by_hand(serial, agency, kind, year, typed) -> str:
    try:
        parsed = parse_number(typed)
        text, typed_year, seq = str(parsed), parsed.year, parsed.seq
    except ValueError:
        text, typed_year, seq = typed.strip(), year, None
    try:
        with transaction.atomic():
            IssuedNumber.objects.create(
                agency=agency, kind=kind, year=typed_year, seq=seq, text=text, by_hand=True
            )
    except IntegrityError:
        raise Refused(f"编号{text}已经用过或已作废，请核对后另填一个。") from None
    return text
