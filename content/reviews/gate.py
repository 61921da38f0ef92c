"""The gate before publishing, which toolbar, page tree and admin ask, and the CMS itself when Python publishes.

The list of its checks is in `content/apps.py` (`_register_rules`); who may publish what is in `rules`.
What else stops the button itself (no draft any more, changed while it was read, address taken) is in `go_live`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from cms.models import PageContent
from djangocms_versioning.constants import OPERATION_PUBLISH
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation, pre_version_operation

from content.cms_adapter import versioning

from . import rules
from .models import Reopened, Request

PublishCheck = Callable[[PageContent], str]

UNSIGNED = "No doctor has signed this page as it reads now. A doctor reads it and signs it; then it can go live."
NOT_ALLOWED = "You can’t make this page live. {}"
WHO_SIGNS = "A doctor reads it, signs it and publishes it: ask for that with “Ask the doctor”."
WHO_PUBLISHES = "A nurse or the owner does that: ask with “Ask a nurse”."

_seeding: ContextVar[bool] = ContextVar("first_content", default=False)
_passed: ContextVar[int | None] = ContextVar("passed", default=None)
_publish_checks: list[PublishCheck] = []


def register_check(check: PublishCheck) -> None:
    """Add a check: a function that returns in a sentence why a version can't go live, or ""."""
    if check not in _publish_checks:
        _publish_checks.append(check)


@contextmanager
def seeding() -> Iterator[None]:
    """Within this block pages go live unsigned, and say so: the seed makes up no signature."""
    token = _seeding.set(True)
    try:
        yield
    finally:
        _seeding.reset(token)


def is_seeding() -> bool:
    """Whether the seed is running."""
    return _seeding.get()


@contextmanager
def passed(content: PageContent) -> Iterator[None]:
    """Within this block `content_problems` returns [] for this version, without running the checks again.

    Only for a caller that got [] from it and has held the version and the facts locked since.
    """
    token = _passed.set(content.pk)
    try:
        yield
    finally:
        _passed.reset(token)


def content_problems(content: PageContent) -> list[str]:
    """Return why this version can't be signed or go live, apart from its signature; [] if it can."""
    if _passed.get() == content.pk:
        return []
    return [problem for check in _publish_checks if (problem := check(content))]


def problems(content: PageContent) -> list[str]:
    """Return why nobody can make this version live as it is; [] if somebody can."""
    sentences = content_problems(content)
    if rules.needs_signature(content) and rules.valid_signature(content) is None:
        sentences.append(UNSIGNED)
    return sentences


def problems_for(user: Any, content: PageContent) -> list[str]:
    """Return why this person can't make this version live, a missing permission first; [] if they can."""
    return problems(content) if rules.may_publish(user, content) else [who_may_publish(content)]


def who_may_publish(content: PageContent) -> str:
    """Return in a sentence who can make this kind of page live."""
    return NOT_ALLOWED.format(WHO_SIGNS if rules.needs_signature(content) else WHO_PUBLISHES)


def connect_receivers() -> None:
    """Check every way in which a version goes live or is taken offline."""
    versioning.require_to_publish(_may_publish, _is_ready)
    versioning.require_to_unpublish(_may_publish)
    pre_version_operation.connect(_refuse_unready, sender=PageContent, dispatch_uid="gate")
    post_version_operation.connect(_close_requests, sender=PageContent, dispatch_uid="gate")


def _may_publish(version: Version, user: Any) -> None:
    if isinstance(version.content, PageContent) and not rules.may_publish(user, version.content):
        raise ConditionFailed(who_may_publish(version.content))


def _is_ready(version: Version, user: Any) -> None:
    if isinstance(version.content, PageContent) and (sentences := problems(version.content)):
        raise ConditionFailed(sentences[0])


def _refuse_unready(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Raise ConditionFailed if code publishes a version that has problems."""
    if operation == OPERATION_PUBLISH and not _seeding.get() and (sentences := problems(obj.content)):
        raise ConditionFailed(sentences[0])


def _close_requests(sender: type[PageContent], operation: str, obj: Version, **kwargs: Any) -> None:
    """Once a version is live, delete its request for review and the mark that its page was reopened."""
    if operation == OPERATION_PUBLISH:
        Request.objects.filter(content=obj.content).delete()
        Reopened.objects.filter(page=obj.content.page).delete()
