"""A long import as the worker does it, slice by slice."""

from ledgers.services import import_running, import_taking_back


def worked(batch, slices=99, *, deed=import_running._Writing):
    """Let the worker do so many slices, then lose everything it knew."""
    work, more = deed(batch.pk), True
    while more and slices:
        more, slices = work.some(), slices - 1
    batch.refresh_from_db()
    return batch


def taken_back(batch, slices=99):
    """The same of an import that is being taken back."""
    return worked(batch, slices, deed=import_taking_back.TakingBack)
