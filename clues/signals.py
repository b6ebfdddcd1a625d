"""What this app announces to the apps above it; sent by services, inside their transaction."""

from django.dispatch import Signal

# clue (now 已归并), into (the clue that goes on), by (the person)
clue_merged = Signal()
