"""Practice pages: each person can make, change, send for sign-off and discard one without any effect for readers."""

from datetime import datetime
from typing import Any

from cms.api import add_plugin, create_page
from cms.models import Page, PageContent
from cms.operations import CHANGE_PLUGIN
from cms.signals import post_placeholder_operation
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save, pre_delete
from django.utils import timezone
from djangocms_versioning.models import Version

from content.pages import TOPIC
from content.reviews import draft_locks
from content.reviews.draft_locks import display_name
from content.reviews.models import Request
from content.reviews.practice import PracticePage, Practised, Step

PRACTICE_BLOCKS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "topic_body",
        "ProsePlugin",
        {
            "heading": "Words to change",
            "body": "<p>Your skin may feel warm. It calms down in [[days-to-settle]].</p>",
        },
    ),
    (
        "topic_body",
        "DoAndDontPlugin",
        {
            "heading": "Rows to change",
            "intro": "Take one row out, or write another.",
            "do_rows": [{"text": "wear loose cotton"}, {"text": "keep the area clean"}],
            "dont_rows": [{"text": "pick the area"}, {"text": "use perfume there"}],
        },
    ),
]


def practice_version(user: Any) -> PageContent | None:
    """Return the newest version of this user's practice page, or None."""
    return PageContent.admin_manager.filter(page__practice__made_by=user).order_by("-pk").first()


def create_practice_page(user: Any, *, now: datetime) -> None:
    """Create this user's practice page unless there is one."""
    try:
        with transaction.atomic():
            if not PracticePage.objects.filter(made_by=user).exists():
                PracticePage.objects.create(page=_page(user, now), made_by=user, made_at=now)
                record_step(user, Step.MADE, now=now)
    except IntegrityError:
        return  # pressed twice: the other press made it


def start_over(user: Any, *, now: datetime) -> None:
    """Delete the practice page and its recorded steps, and create another."""
    with transaction.atomic():
        for page in Page.objects.filter(practice__made_by=user):
            for version in Version.objects.filter_by_grouper(page).order_by("-pk"):
                version.delete()
        Practised.objects.filter(person=user).delete()
        create_practice_page(user, now=now)


def record_step(user: Any, step: Step, *, now: datetime) -> None:
    """Record that this step was done, if it wasn't before."""
    Practised.objects.get_or_create(person=user, step=step, defaults={"done_at": now})


def _page(user: Any, now: datetime) -> Page:
    page: Page = create_page(
        f"Practice page of {display_name(user)}"[:80],
        TOPIC,
        settings.LANGUAGE_CODE,
        slug=f"practice-{user.pk}",
        meta_description="Nobody but staff can see this page. Change it as you like.",
        created_by=user,
    )
    draft = PageContent.admin_manager.get(page=page)
    draft.rescan_placeholders()
    slots = {slot.slot: slot for slot in draft.get_placeholders()}
    for slot, kind, values in PRACTICE_BLOCKS:
        add_plugin(slots[slot], kind, settings.LANGUAGE_CODE, **values)
    draft_locks.acquire_if_free(draft, user=user, now=now)
    return page


def connect_receivers() -> None:
    """Record steps when practice pages are changed, sent for sign-off or deleted."""
    post_placeholder_operation.connect(on_block_changed, dispatch_uid="practice")
    post_save.connect(on_review_requested, sender=Request, dispatch_uid="practice")
    pre_delete.connect(on_practice_page_deleted, sender=PracticePage, dispatch_uid="practice")


def on_block_changed(sender: Any, operation: str, request: Any, **kwargs: Any) -> None:
    """Record a changed block; the CMS's signal carries no time, so the clock is read here."""
    if operation == CHANGE_PLUGIN:
        content = kwargs["placeholder"].source
        own_pages = PracticePage.objects.filter(made_by=request.user)
        if isinstance(content, PageContent) and own_pages.filter(page_id=content.page_id).exists():
            record_step(request.user, Step.CHANGED, now=timezone.now())


def on_review_requested(sender: Any, instance: Request, **kwargs: Any) -> None:
    """Record a sign-off request by the page's own person."""
    practice_page = PracticePage.objects.filter(page_id=instance.content.page_id).select_related("made_by").first()
    if practice_page and practice_page.made_by.get_username() == instance.asked_by:
        record_step(practice_page.made_by, Step.ASKED, now=instance.asked_at)


def on_practice_page_deleted(sender: Any, instance: PracticePage, origin: Any = None, **kwargs: Any) -> None:
    """Record that the page was discarded with its last version, unless the person's account is deleted."""
    if getattr(origin, "model", type(origin)) is Page:  # the CMS deletes a page as a list of one
        record_step(instance.made_by, Step.DISCARDED, now=timezone.now())
