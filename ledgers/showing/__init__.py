"""Ledgers in the shapes of templates/parts: tables, bars, drawers, entries."""
