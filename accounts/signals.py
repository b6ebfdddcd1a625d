"""What this app announces to those above: past tense, sent by a service in its transaction."""

from django.dispatch import Signal

# Arguments: by, year. Days off or make-up days of a year were entered, changed or taken back;
# clocks are counted again already.
calendar_changed = Signal()

# Arguments: by, agency, into. The apps above hand their open rows over to `into`.
agency_merged = Signal()
