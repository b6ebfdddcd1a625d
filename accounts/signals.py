"""What this app announces to those above: past tense, sent by a service in its transaction."""

from django.dispatch import Signal

# Arguments: by, year. Days off or make-up days of a year were entered, changed or taken back;
# clocks are counted again already.
calendar_changed = Signal()

# Arguments: by, agency, into. The apps above hand their open rows over to `into`.
agency_merged = Signal()

# Arguments: by, approval. An approval signed on paper was typed by `by`.
signed_on_paper = Signal()

# Arguments: by, answer (PaperAnswer). The signer confirmed or denied it, or a denial was settled.
paper_answered = Signal()

# Arguments: by, confirmation. A second person is asked (state waiting), the set-up's code stood in for one
# (code), or one has answered (confirmed, refused).
confirmation_changed = Signal()

# Argument: entries (TrailEntry, those of one deed). A deed stands in the trail; sent in its transaction.
recorded = Signal()

# Argument: codes. Divisions (行政区划) were named otherwise by a new file.
regions_renamed = Signal()
