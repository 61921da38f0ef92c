"""Undo of deleted and moved blocks."""
