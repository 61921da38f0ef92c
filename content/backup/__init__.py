"""Backups: one file with database and photographs as of one moment, and restoring it."""
