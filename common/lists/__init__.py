"""List pages: what one shows is declared, what was asked for is read, the rest is drawn."""
