"""From any coordinates in use to CGCS2000 degrees, step by step; see common/coordinates.py."""
