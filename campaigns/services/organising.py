"""Adding to a book of a campaign's organisation, amending and striking: one way for all books."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts import roles
from accounts.acts import Act
from accounts.models import Agency, Posting, StoredFile, User, local_today
from accounts.services import deeds, files, trail
from campaigns.acts import BOOK_ACTS, EXPORT_BOOK
from campaigns.models import BOOKS, Campaign, Meeting, ScreeningTarget, Seat
from campaigns.models.book import BookRow, Part
from campaigns.services import meeting_items, meetings
from campaigns.services.key_persons import sealed
from common.errors import Forbidden, Refused

MOST = 200  # rows in one deed


@transaction.atomic
def add_rows(
    *, by: User, seat: Seat, model: type[BookRow], rows: list[dict], version: int | None = None
) -> list:
    """Add rows to one book of an agency; returns them. All or none.

    A row holds the model's fields and, where it has rows of a second kind, `parts`. Files come as
    uploads. `version` is taken and left aside: what others add meanwhile is no conflict.
    """
    act = BOOK_ACTS.get("add_row")
    seat = deeds.lock(seat)
    posting = BOOK_ACTS.require("add_row", by, seat)
    if not keeps(posting, model):
        raise Forbidden(f"{model._meta.verbose_name}由县局联络员登记，乡镇登记排查、整治销号、检查验收。")
    if not rows:
        raise Refused("还没有填写，请至少填写一行。")
    if len(rows) > MOST:
        raise Refused(f"一次最多登记{MOST}行，请分几次登记。")
    made, lines = [], []
    for values in rows:
        row, changes = _add(by, seat, model, dict(values))
        if model is Meeting:
            meetings.credit(row, timezone.now())
        made.append(row)
        lines.append((row, changes))
    trail.record_many(
        by=by,
        posting=posting,
        act=act,
        label=_label(act, model),
        chain=seat.trail_chain,
        lines=lines,
        happened_on=getattr(made[0], model.when) if model.when else None,
    )
    return made


@transaction.atomic
def amend_row(*, by: User, row: BookRow, version: int | None = None, **values: object) -> BookRow:
    """Change what a row says; files left empty stay. Returns the row."""
    act = BOOK_ACTS.get("amend_row")
    row = deeds.lock(row, version)
    posting = BOOK_ACTS.require("amend_row", by, row)
    parts = values.pop("parts", None)
    _keep_files(by, row, values)
    values = sealed(row, values)
    _check(_with(copy(row), values))
    before = {name: row.words(name) for name in values if name in row.shown}
    deeds.save(row, **values)
    changes = {
        _title(row, name): (old, row.words(name)) for name, old in before.items() if old != row.words(name)
    }
    changes |= _write_parts(by, row, parts)
    if isinstance(row, Meeting):
        meetings.follow(row, before, timezone.now())
    trail.record(
        by=by,
        posting=posting,
        act=act,
        label=_label(act, row),
        thing=row,
        changes=changes,
        happened_on=getattr(row, row.when) if row.when else None,
    )
    return row


@transaction.atomic
def strike_row(*, by: User, row: BookRow, reason: str, version: int | None = None) -> BookRow:
    """Take a row out of its book, for a reason; it stays readable under 已作废."""
    act = BOOK_ACTS.get("strike_row")
    row = deeds.lock(row, version)
    posting = BOOK_ACTS.require("strike_row", by, row)
    if not reason.strip():
        raise Refused("请填写作废原因。")
    deeds.save(row, act, struck_on=local_today(), struck_reason=reason.strip())
    if isinstance(row, Meeting):
        meetings.release(row, timezone.now())
    trail.record(by=by, posting=posting, act=act, label=_label(act, row), thing=row, reason=reason.strip())
    return row


@transaction.atomic
def follow_agency(*, by: User, agency: Agency, into: Agency) -> int:
    """Two agencies became one: it goes on with the books of the ended one."""
    moved = 0
    for model in BOOKS.values():
        for row in model.objects.filter(agency=agency).select_for_update(no_key=True):
            deeds.save(row, agency=into)
            trail.record(
                by=by,
                act="agency_followed",
                label="机构合并后转入",
                thing=row,
                changes={"填写单位": (str(agency), str(into))},
            )
            moved += 1
    return moved


def keeps(posting: Posting, model: type[BookRow]) -> bool:
    """Whether a post that may write writes into this book: a township's only into some."""
    return model.by_township or posting.role != roles.REPORTER


def record_export(*, by: User, campaign: Campaign, model: type[BookRow], count: int) -> None:
    """A line of record for a guarded book that left the system as a workbook."""
    trail.record(
        by=by,
        posting=next((post for post in by.current_postings if post.role in EXPORT_BOOK.roles), None),
        act=EXPORT_BOOK,
        label=f"导出{model._meta.verbose_name}",
        thing=campaign,
        changes={"条数": ("", count)},
    )


def faults(row: BookRow | Part) -> dict[str, list[str]]:
    """What a row's own rules say against it, by field; the form asks them too."""
    try:
        row.clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def completion(targets: QuerySet) -> dict:
    """How far screening is: {kind: (done, all)}, and under "" the total; one query."""
    by_kind, done, total = {}, 0, 0
    counted = targets.order_by().values_list("kind").annotate(done=Count("done_on"), total=Count("pk"))
    for kind, kind_done, kind_total in counted:
        by_kind[kind] = (kind_done, kind_total)
        done, total = done + kind_done, total + kind_total
    return {kind: by_kind.get(kind, (0, 0)) for kind in ScreeningTarget.Kind.values} | {"": (done, total)}


def percent(done: int, total: int) -> int | None:
    """Whole percent, 100 only when all is done; None where there is nothing to do."""
    return done * 100 // total if total else None


def _add(by: User, seat: Seat, model: type[BookRow], values: dict) -> tuple[BookRow, dict]:
    parts = values.pop("parts", None)
    row = model(campaign_id=seat.campaign_id, agency=seat.agency, recorded_by=by)
    _keep_files(by, row, values)
    values = sealed(row, values)
    _check(_with(row, values))
    row.save(force_insert=True)
    changes = {_title(row, name): ("", row.words(name)) for name in values if name in row.shown}
    changes = {title: pair for title, pair in changes.items() if pair[1]}
    return row, changes | _write_parts(by, row, parts)


def _with(row: BookRow, values: dict) -> BookRow:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _check(row: BookRow) -> None:
    for sentences in faults(row).values():
        raise Refused(sentences[0])


def _keep_files(by: User, row: BookRow, values: dict) -> None:
    """Store uploads; a file field that brought none keeps what it has."""
    for field in row._meta.fields:
        if field.related_model is StoredFile and field.name in values:
            upload = values.pop(field.name)
            if upload:
                values[field.name] = files.store(by=by, upload=upload, agency=row.agency)


def _write_parts(by: User, row: BookRow, parts: list[dict] | None) -> dict:
    """Bring the rows within the row to `parts`, in place as far as they go; what changed."""
    if parts is None or row.part_of is None:
        return {}
    present = list(row.parts.all())
    before = "、".join(part.words for part in present)
    for number, values in enumerate(parts):
        part = present[number] if number < len(present) else row.part_of(row=row)
        about = values.get("about")
        for name in part.names:
            if name in values:
                setattr(part, name, values[name])
        part.position = number + 1
        part.save()
        if about is not None:
            meeting_items.link(by, part, about)
    for part in present[len(parts) :]:
        part.delete()
    after = "、".join(part.words for part in row.part_of.objects.filter(row=row))
    return {row.parts_title: (before, after)} if before != after else {}


def _title(row: BookRow, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _label(act: Act, model: type[BookRow] | BookRow) -> str:
    return f"{act.label}{model._meta.verbose_name}"
