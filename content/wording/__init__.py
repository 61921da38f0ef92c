"""Checks of the words that patients will read: claims, typed numbers, missing parts, plain language, links.

`passages` says what goes in and comes out; `checks` lists the checks, each in a module of its own. All of it is pure:
no database, no clock.
"""
