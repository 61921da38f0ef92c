"""The content of a clinic's patient-education site. Every folder is a room; imports run downstairs only.

management, seed      commands, and the first content with its loader
models … urls         indexes that Django and the CMS look for; they import rooms and hold nothing else
templatetags          what templates may say beyond Django's own words
staff                 what staff see, by what they do: accounts, dashboard, editing, signoff, cases, records, help
publishing            the page cache, going live at a time and offline, old addresses, what patients saw on any day
search                an index of published words, and what is found in it
backup                the whole site as one archive, and back
reviews               what a page says as data, a doctor's signature over it, the gate before it goes live
suitability           “is it right for me?”: questions of a signed page, answered at once
cms_adapter           the only room that reaches into django CMS' and versioning's internals
blocks                the kinds of block that staff put on a page, one module each
planner               sessions planned around a life, and the calendar file
feedback              “was this page clear?”
library               the clinic’s own pictures and portraits, and taking them down
gallery               cases of before and after: when one may be shown, approved, withdrawn
consent               permission to show photographs, and its end
images                from an upload to a <picture>; an upload is opened in a child process only
treatment, clinic     the facts of a treatment; the clinic and its people: each stored once
wording               checks of the words that patients will read; pure
ledger                what happened, append-only
topics signals pages  the topics as data; one signal; the published pages, read once a request
optimistic_lock       a form that was opened before somebody else saved overwrites nothing unseen
"""
