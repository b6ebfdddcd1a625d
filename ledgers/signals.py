"""What this app announces: past tense, sent by services inside the transaction."""

from django.dispatch import Signal

import_waits = Signal()  # key: a long import has rows to write; sent after its commit
rows_wait = Signal()  # key: a campaign has many rows to be drawn anew
