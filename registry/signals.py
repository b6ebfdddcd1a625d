"""What this app announces to those above: past tense, sent by a service in its transaction."""

from django.dispatch import Signal

# Argument: party. Its row, which several cases and clues may share, was set right.
party_rewritten = Signal()
