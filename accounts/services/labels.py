"""Putting an office's labels on its things, and taking them off; a part of the deed that records it."""

from django.db.models import Model, Prefetch, QuerySet

from accounts import word_guards
from accounts.models import Agency, Label, User
from common.errors import Refused


def change_label(*, by: User, thing: Model, name: str, away: bool) -> dict:
    """Put the word on `thing`, as a label of its office, or take it off; {label: (old, new)}.

    Raises Refused where nothing would change, or a new word names who must stay unnamed.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("请填写标注。")
    before = words(thing.labels.all())
    here = thing.labels.filter(name=name, agency=thing.agency).first()
    if away and here is None:
        raise Refused(f"没有标注“{name}”，不用去掉。")
    if not away and here is not None:
        raise Refused(f"已标注“{name}”，不用再标。")
    if away:
        thing.labels.remove(here)
    else:
        thing.labels.add(_label(by, thing.agency, name))
    return {"标注": (before, words(thing.labels.all()))}


def _label(by: User, agency: Agency, name: str) -> Label:
    """The office's label of this name; a new one is offered to everybody there, whatever it was put on."""
    label = Label.objects.filter(agency=agency, name=name).first()
    if label is None:
        word_guards.ask(by, agency, [name])
        label, _ = Label.objects.get_or_create(agency=agency, name=name)
    return label


def words(labels: list[Label] | QuerySet[Label]) -> str:
    """Labels as one text."""
    return "、".join(label.name for label in labels)


def marks(thing: Model) -> list[tuple[str, str]]:
    """The labels of a list's row, as words beside its number (rows of `seen_by`)."""
    return [(label.name, "") for label in thing.labels_seen]


def row(user: User, thing: Model) -> dict:
    """For a thing's page: the labels that the person may read, as one of its rows."""
    return {"label": "标注", "value": words(thing.labels.filter(pk__in=Label.objects.visible_to(user)))}


def seen_by(user: User) -> Prefetch:
    """For a list's rows: the labels that the person may read, as `labels_seen`."""
    return Prefetch("labels", queryset=Label.objects.visible_to(user), to_attr="labels_seen")
