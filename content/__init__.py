"""The content of a clinic's patient-education site. Every folder is a room; imports run downstairs only.

management, seed      commands, and the first content with its loader
models … urls         indexes that Django and the CMS look for; they import rooms and hold nothing else
templatetags          what templates may say beyond Django's own words
blocks                the kinds of block that staff put on a page, one module each
treatment, clinic     the facts of a treatment; the clinic and its people: each stored once
images                from an upload to a <picture>; an upload is opened in a child process only
ledger                what happened, append-only
topics changes pages  the topics as data; one signal; the published pages, read once a request
meanwhile  a form that was opened before somebody else saved overwrites nothing unseen
"""
