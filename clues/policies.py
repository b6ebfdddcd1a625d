"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts.policy import FORM, READ, WRITE, Entry, by_public_id
from accounts.roles import CLUE_READERS, OFFICE, UPPER
from clues.acts import ACTS, RECORD_SECRET, REGISTER, SECRET_ACTS, SECRET_READERS
from clues.models import Clue, SecretClue
from clues.services.informant_files import visible_file

PAPERS = OFFICE | UPPER  # the office's own papers, not for whom a clue was handed over to
CLUE = by_public_id(Clue.objects.all)
WHOLE = by_public_id(Clue.objects.whole)
SECRET = by_public_id(SecretClue.objects.all)


def clue_of_file(user, public_id, file_id):
    """The clue, if the person may know of this file of its informant."""
    clue = CLUE(user, public_id)
    return clue if clue is not None and visible_file(user, clue, file_id) else None


ACT_ADDRESSES = {f"clues:{act.name}": Entry(act=act, fetch=CLUE, methods=FORM) for act in ACTS.acts}

POLICY: dict[str, Entry] = {
    "clues:list": Entry(posts=CLUE_READERS, methods=FORM),
    "clues:register_clue": Entry(act=REGISTER, methods=FORM),
    "clues:similar": Entry(act=REGISTER, methods=WRITE),
    "clues:assign_clues": Entry(act=ACTS.get("assign_clue"), methods=WRITE),
    "clues:label_clues": Entry(act=ACTS.get("label_clue"), methods=WRITE),
    "clues:detail": Entry(posts=CLUE_READERS, fetch=WHOLE, methods=READ),
    "clues:receipt": Entry(posts=PAPERS, fetch=CLUE, methods=READ),
    "clues:verification_form": Entry(posts=PAPERS, fetch=CLUE, methods=READ),
    "clues:approval_form": Entry(posts=PAPERS, fetch=CLUE, methods=READ),
    **ACT_ADDRESSES,
    "clues:open_informant_file": Entry(act=ACTS.get("open_informant_file"), fetch=clue_of_file, methods=FORM),
    "clues:secret_clues": Entry(posts=SECRET_READERS, methods=READ),
    "clues:record_secret_clue": Entry(act=RECORD_SECRET, methods=FORM),
    "clues:secret_clue": Entry(posts=SECRET_READERS, fetch=SECRET, methods=READ),
    **{f"clues:{act.name}": Entry(act=act, fetch=SECRET, methods=FORM) for act in SECRET_ACTS.acts},
}
