"""What this app announces to those above: past tense, sent by a service in its transaction."""

from django.dispatch import Signal

# Arguments: by, agency, old_path.
agency_moved = Signal()

# Arguments: by, agency, into. The apps above hand their open rows over to `into`.
agency_merged = Signal()

# Arguments: by, posting.
posting_ended = Signal()

# Arguments: by, from_user, to_user, agency, moved ({label: count}). Sent after the work registered
# in accounts/handover.py has been moved.
work_handed_over = Signal()
