"""Who may open a stored file: whoever sees a thing it hangs on. The apps above say which things.

    register(lambda user, stored: CaseFile.objects.visible_to(user).filter(file=stored).exists())

stands in an app's receivers.py. Without a yes the file doesn't exist for the person.
"""

from collections.abc import Callable

from accounts.models import StoredFile

CHECKS: list[Callable] = []


def register(check: Callable) -> None:
    """Add `check(user, stored) -> bool`; one yes is enough."""
    if check not in CHECKS:
        CHECKS.append(check)


def visible_file(user, public_id: str) -> StoredFile | None:
    """The file, if the person sees a thing it hangs on."""
    stored = StoredFile.objects.filter(public_id=public_id).first()
    if stored is None or not any(check(user, stored) for check in CHECKS):
        return None
    return stored
