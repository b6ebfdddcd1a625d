"""What forms of acts are made of; no domain words."""
