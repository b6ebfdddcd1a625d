"""Words that many will read name nobody who must stay unnamed. The apps above say who that is.

    register(guard)    guard(user, thing, texts) raises Refused with a sentence

stands in an app's receivers.py. Every act page asks it of all that was typed and of the names of the files
chosen, before anything is done; services ask the same where it matters most. An agency as `thing` stands for
what its whole office reads of no thing in particular: the name of a label, of a shared filter.
"""

from collections.abc import Callable, Iterable

from django.db.models import Model

from accounts.models import User

GUARDS: list[Callable] = []
# What the page itself sends beside what was typed, name by name: nothing of it is shown or kept as words.
OURS = frozenset({"csrfmiddlewaretoken", "_key", "_version", "_address", "_staged", "password"})


def register(guard: Callable) -> None:
    """Add a guard; a second time changes nothing."""
    if guard not in GUARDS:
        GUARDS.append(guard)


def check(request, thing, files) -> None:
    """Raise Refused where the posted form, or a file's name, says of `thing` what many mustn't read."""
    if thing is None:
        return
    texts = [text for name in request.POST if name not in OURS for text in request.POST.getlist(name)]
    texts += [upload.name for name in files for upload in files.getlist(name)]
    ask(request.user, thing, texts)


def ask(user: User, thing: Model, texts: Iterable[str]) -> None:
    """Raise Refused where one of the texts says of `thing` what many mustn't read."""
    for guard in GUARDS:
        guard(user, thing, texts)
