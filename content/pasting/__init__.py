"""Pasting: turns what other programs put on the clipboard into the narrow HTML of prose."""
