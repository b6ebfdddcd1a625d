"""What keeps an agency in a campaign: rows that it left there, of this app's books and of upper apps.

keeping.register(LedgerEntry, Submission)        # in the upper app's receivers.py
"""

from django.db import models

_MODELS: list[type[models.Model]] = []


def register(*rows: type[models.Model]) -> None:
    """Tell of rows with `campaign` and `agency`; an agency that has one can't leave the campaign."""
    _MODELS.extend(model for model in rows if model not in _MODELS)


def kinds() -> tuple[type[models.Model], ...]:
    """All that were told of."""
    return tuple(_MODELS)
