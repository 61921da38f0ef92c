"""What the pages about a version show of its comments, and the question that open ones ask before it is signed."""

import re
from typing import Any

from cms.models import PageContent
from django.http import HttpRequest
from django.urls import reverse

from content.comments import threads
from content.comments.models import MAX_LENGTH, Comment
from content.reviews import rules
from content.reviews.diff import BlockDiff
from content.reviews.signed_document import Document

ASKS_FIRST = "Nothing was done yet: there are open comments. Read them, then say whether to go on all the same."
DESPITE = "despite"  # the open comments that somebody signs in spite of, by their keys


def context(request: HttpRequest, content: PageContent, parts: list[BlockDiff], document: Document) -> dict[str, Any]:
    """Return what `changed_blocks.html` and `page_full_text.html` show: each part of the page with its comments.

    `back` is the name of the page to come back to after a comment.
    """
    found = threads.beside(content, parts, document)
    match = request.resolver_match
    return {
        "changed": [part for part in found.parts if part.is_told],
        "parts": found.parts,
        "lost": found.lost,
        "talk": {
            "url": reverse("page_comment", args=[content.pk]),
            "back": match.url_name if match else "",
            "longest": MAX_LENGTH,
            "username": request.user.get_username(),
            "may_delete": rules.may_publish(request.user, content),
        },
    }


def unread(request: HttpRequest, content: PageContent) -> list[Comment]:
    """Return the open comments on this page that this person has not said to go on in spite of."""
    return list(threads.open_comments(content.page_id).exclude(pk__in=_despite(request)))


def question(request: HttpRequest, content: PageContent) -> dict[str, Any]:
    """Return what the question before signing shows: the comments, and where “all the same” leads."""
    comments = unread(request, content)
    despite = _despite(request) | {comment.pk for comment in comments}
    keys = "-".join(str(pk) for pk in sorted(despite))
    return {
        "unread": comments,
        "despite": "-".join(str(pk) for pk in sorted(_despite(request))),
        "all_the_same": reverse("page_sign", args=[content.pk], query={DESPITE: keys}),
    }


def _despite(request: HttpRequest) -> set[int]:
    keys = request.POST.get(DESPITE) or request.GET.get(DESPITE) or ""
    return {int(key) for key in re.findall(r"[0-9]{1,9}", keys[:2000])}
