"""Undo: what was deleted or moved in a draft can be put back, at once or by comparing with the live page."""
