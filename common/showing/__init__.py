"""How values, times and forms are shown, the same on every page."""
