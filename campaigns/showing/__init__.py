"""Campaigns, their books and duties in the shapes of templates/parts."""
