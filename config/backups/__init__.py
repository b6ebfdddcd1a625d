"""Backups: a folder with the database, every file under its digest, and a manifest over both."""
