"""Ledgers in the shapes of templates/parts: sheets, bars, drawers, entries."""
