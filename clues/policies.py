"""Who may come to which address of this app. An address that isn't here is refused."""

from accounts.policy import FORM, READ, WRITE, Entry, by_public_id
from accounts.roles import CLUE_READERS, OFFICE, UPPER
from clues.acts import ACTS, REGISTER
from clues.models import Clue

PAPERS = OFFICE | UPPER  # the office's own papers, not for whom a clue was handed over to
CLUE = by_public_id(Clue.objects.all)
ACT_ADDRESSES = {f"clues:{act.name}": Entry(act=act, fetch=CLUE, methods=FORM) for act in ACTS.acts}

POLICY: dict[str, Entry] = {
    "clues:list": Entry(posts=CLUE_READERS, methods=FORM),
    "clues:register_clue": Entry(act=REGISTER, methods=FORM),
    "clues:similar": Entry(act=REGISTER, methods=WRITE),
    "clues:detail": Entry(posts=CLUE_READERS, fetch=CLUE, methods=READ),
    "clues:receipt": Entry(posts=PAPERS, fetch=CLUE, methods=READ),
    "clues:verification_form": Entry(posts=PAPERS, fetch=CLUE, methods=READ),
    "clues:approval_form": Entry(posts=PAPERS, fetch=CLUE, methods=READ),
    **ACT_ADDRESSES,
}
