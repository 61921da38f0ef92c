"""The kinds of block that staff put on a page: one module each, its model first, then its plugin.

`base` holds what all blocks share, `rows` the lists of short texts, `rich_text` the narrow HTML of prose, `outline` the
headings of a page, `drawings` the site's own pictures. To add a kind of block, copy a module, its template, its
stylesheet and its test; `tests/test_house.py` names whatever is missing.
"""
