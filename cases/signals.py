"""What this app announces to those above it: past tense, sent by services inside the transaction.

A receiver that cannot follow undoes the deed.
"""

from django.dispatch import Signal

case_filed = Signal()  # case, by
clue_received = Signal()  # case, clue, by
past_review_waits = Signal()  # key: a past review has cases to look at; sent after its commit
