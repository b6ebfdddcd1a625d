"""Words that give themselves away, put into every text of a thing's row."""

from django.db import DatabaseError, models, transaction

# Texts that the product itself reads: a code, a key, a state, what belongs to a hash.
READ_BY_THE_PRODUCT = {
    "about",
    "act",
    "address",
    "channel",
    "code",
    "content_type",
    "digest",
    "entry_key",
    "form_code",
    "identity_index",
    "import_key",
    "kept_as",
    "key",
    "list_name",
    "match_key",
    "merged_key",
    "name_fold",
    "password",
    "path",
    "person_index",
    "position_datum",
    "position_typed",
    "query",
    "sha256",
    "stage",
    "stat_kind",
    "subject_kind",
    "url",
}
READ_AS_LISTS = (models.UUIDField, models.EmailField, models.URLField)


def texts_of(row) -> list[models.Field]:
    """The columns of a row that hold somebody's words, as they stand in the database."""
    return [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, READ_AS_LISTS)
        and not (field.choices or field.unique or field.name in READ_BY_THE_PRODUCT)
        and not field.name.endswith("_sealed")
    ]


def mark(row, *words) -> int:
    """Put the words, in turn and as far as each fits, into every text of a row; how many."""
    marked = 0
    for field in texts_of(row):
        word = next((word for word in _turned(words, marked) if len(word) <= (field.max_length or 999)), None)
        if word is None:
            continue
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: word})
        except DatabaseError:  # append-only, or a rule of the column's own
            continue
        marked += 1
    return marked


def _turned(words, by) -> list[str]:
    at = by % len(words)
    return [*words[at:], *words[:at]]


def rows_of(place) -> list[models.Model]:
    """What hangs in a place of the house, once, with the files it names; not the offices."""
    found = {}
    for thing in vars(place).values():
        if isinstance(thing, models.Model) and thing._meta.label not in OFFICES:
            for row in (thing, *_files(thing)):
                found[row._meta.label, row.pk] = row
    return list(found.values())


OFFICES = {"accounts.Agency", "accounts.Standard", "accounts.Posting", "reminders.Notice"}


def _files(thing) -> list[models.Model]:
    """Stored files that a row points at: their names are words too."""
    return [
        getattr(thing, field.name)
        for field in thing._meta.concrete_fields
        if field.is_relation
        and field.related_model._meta.label == "accounts.StoredFile"
        and getattr(thing, field.attname)
    ]
