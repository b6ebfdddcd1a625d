"""附件 of a clue."""

from django.urls import reverse

from clues.models import Clue, ClueFile
from clues.services.merging import files_of
from common.showing.names import named_apart
from common.showing.times import moment

KINDS = {"image": "照片", "video": "录像", "audio": "录音"}


def file_rows(clue: Clue, describe: bool = False) -> list[dict]:
    """附件: each file with the time and place that the photo tells or somebody typed.

    With `describe` the clue's own files lead to the form for both.
    """
    rows = files_of(clue)
    return [
        {
            "file": row.file,
            "title": title,
            "facts": _facts(row),
            "kind": KINDS.get(row.file.content_type.partition("/")[0], "材料"),
            "taken_at": row.taken_at,
            "place": _place_of(row),
            "typed": row.typed,
            "words": _words(row),
            "original": row.clue if row.clue_id != clue.pk else None,
            "describe_url": _describe_url(row) if describe and row.clue_id == clue.pk else "",
        }
        for row, title in zip(rows, named_apart(row.file.name for row in rows), strict=True)
    ]


def _facts(row: ClueFile) -> str:
    """What stands below a large picture."""
    taken = f"{moment(row.taken_at)} 拍摄" if row.taken_at else "拍摄时间未填"
    return "，".join(filter(None, [taken, _place_of(row), _words(row)]))


def _words(row: ClueFile) -> str:
    """What somebody said of a file."""
    taken = f"在{row.place}拍摄" if row.place else ""
    sent = f"{row.sent_by}发来" if row.sent_by else ""
    held = f"原件在{row.original_with}处" if row.original_with else ""
    return "，".join(filter(None, [taken, row.note, sent, held]))


def _describe_url(row: ClueFile) -> str:
    return reverse("clues:describe_clue_file", args=[row.clue.public_id, row.file.public_id])


def file_facts(row: ClueFile) -> list[dict]:
    """One attachment, beside the form that describes it."""
    return [
        {"label": "文件", "value": row.file.name, "url": row.file.get_absolute_url()},
        {"label": "拍摄时间", "value": moment(row.taken_at) if row.taken_at else ""},
        {"label": "拍摄地点", "value": row.place},
        {"label": "位置", "value": _place_of(row)},
    ]


def _place_of(row: ClueFile) -> str:
    return f"{row.longitude:.5f}，{row.latitude:.5f}" if row.longitude is not None else ""
