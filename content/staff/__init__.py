"""The staff's own pages, and what staff may do beyond what the CMS settles. By what they are about:

who may     roles; doors, session, guesses, second_factor, links, confirm (signing in); people (their accounts)
where to    start, waiting (what waits for whom), page_list, versions, bar and toolbar (above a page), next_step, steps
a page      new_topic, topic_page, topic_prompts; page_kind and keep_to_slots (what it may hold); locks (who writes it)
going live  sign_pages, sign_anew, scheduling, offline_pages, check_pages, archive
the rest    case_… and consent_… (photographs), fact_admin, handbook and help_pages, practice (a page to try things on)

Modules named `…_pages` hold views; `pages` has what all views share, `boxes` what several forms share.
"""
