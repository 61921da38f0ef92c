"""Checks of the words that patients will read: claims, typed numbers, missing parts, plain language, links.

`findings` defines input and output, `checks` lists the checks, each in a module of its own. All are pure: no database,
no clock.
"""
