"""What staff see, by what they do.

accounts     roles, access, sign-in, second factor, lockout, one-time links, people
dashboard    the start page, what waits, the list of pages, next steps
editing      kinds of page, drafts, new topics, versions, the bar above a page
signoff      checks, signing, set times, offline, the archive
cases        cases and consents
records      facts, the clinic's record, what readers say
help         the guide, a page to practise on

`views`, `form_fields` and `action_links` are shared by all. Folders import dashboard and accounts, never each other.
"""
