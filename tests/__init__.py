"""Tests mirror the code: `tests/blocks/test_prose.py` is about `content/blocks/prose.py`."""
