"""Figures, each run by a command against a stated baseline in the same run."""
