"""Which pages need a signature, whether it is valid, who may sign and publish, and when a page is due."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cms.models import CMSPlugin, PageContent
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from content.cms_adapter.block_loading import slot_names
from content.reviews import signed_document
from content.treatment.models import Treatment

from .models import Reopened, SignOff

MEDICAL_TEMPLATES = frozenset(
    {"pages/planner.html", "pages/suitability.html", "pages/topic.html", "pages/treatment.html"}
)

#: The one list of the kinds of block, by the plugin's name: whether a doctor has to sign a page that holds one. What
#: tells patients of the treatment, its results and risks, or what to do, is medical; so is a kind that isn't listed.
IS_MEDICAL = {
    "AreaAdvicePlugin": True,
    "BodyAreasPlugin": True,
    "CalloutPlugin": False,
    "CareCardPlugin": True,
    "CaseGalleryPlugin": True,
    "ContactPlugin": False,
    "DoAndDontPlugin": True,
    "KeyFactsPlugin": True,
    "MechanismPlugin": True,
    "OptionsTablePlugin": True,
    "PicturePlugin": False,
    "ProsePlugin": False,
    "QuestionsPlugin": False,
    "QuestionsToAskPlugin": True,
    "RecoveryTimelinePlugin": True,
    "RightForMePlugin": True,
    "SessionSpacingPlugin": True,
    "SessionStepsPlugin": True,
    "SourcesPlugin": True,
    "TopicLinkPlugin": False,
    "TopicLinksPlugin": False,
    "WhoShouldWaitPlugin": True,
}
GENERAL_KINDS = frozenset(kind for kind, is_medical in IS_MEDICAL.items() if not is_medical)

_PRELOADED = "_is_medical"
SIGN_PERMISSION = "sign_page"


def needs_signature(content: PageContent) -> bool:
    """Whether this version is medical, and so goes live only with a doctor's signature.

    By its kind, by being named as a treatment's own page, or by a block; asks the database unless `preload` did.
    """
    if content.template in MEDICAL_TEMPLATES:
        return True
    preloaded: bool | None = getattr(content, _PRELOADED, None)
    return bool(_among([content])) if preloaded is None else preloaded


def preload(contents: Iterable[PageContent]) -> None:
    """Answer `needs_signature` for all of these with two queries; only for versions that are read and not changed."""
    contents = list(contents)
    medical = _among(contents)
    for content in contents:
        setattr(content, _PRELOADED, content.pk in medical)


def needs_signature_with(content: PageContent, kinds: Iterable[str], treatment: Treatment | None) -> bool:
    """The same without a query, for a page whose shown kinds of block and nearest treatment are loaded."""
    is_named = treatment is not None and treatment.page_id == content.page_id
    return content.template in MEDICAL_TEMPLATES or is_named or bool(set(kinds) - GENERAL_KINDS)


def _among(contents: list[PageContent]) -> set[int]:
    """Return the keys of those versions that are medical."""
    others = {content.pk: content for content in contents if content.template not in MEDICAL_TEMPLATES}
    medical = {content.pk for content in contents if content.pk not in others}
    if not others:
        return medical
    named = set(Treatment.objects.exclude(page=None).values_list("page_id", flat=True))
    medical |= {pk for pk, content in others.items() if content.page_id in named}
    shown = (
        CMSPlugin.objects.filter(
            language=settings.LANGUAGE_CODE,
            placeholder__content_type=ContentType.objects.get_for_model(PageContent),
            placeholder__object_id__in=others,
        )
        .exclude(plugin_type__in=GENERAL_KINDS)
        .order_by()
        .values_list("placeholder__object_id", "placeholder__slot")
        .distinct()
    )
    return medical | {pk for pk, slot in shown if slot in slot_names(others[pk].template)}


def may_sign(user: Any) -> bool:
    """Whether this person may sign: by a group or a permission of their own, not just as a superuser.

    A signature says that a clinician has read the page, so it also takes a clinician's record (`Clinician.user`).
    """
    if not (user.is_active and user.is_staff) or getattr(user, "clinician", None) is None:
        return False
    granted = Permission.objects.filter(codename=SIGN_PERMISSION, content_type__app_label="content")
    return granted.filter(group__user=user).exists() or granted.filter(user=user).exists()


def may_publish(user: Any, content: PageContent, *, is_signer: bool | None = None) -> bool:
    """Whether this person may make this kind of page live; for a medical one they must be allowed to sign.

    `is_signer` is the result of `may_sign`, if the caller has it already.
    """
    if not (user.is_active and user.is_staff and user.has_perm("cms.publish_page")):
        return False
    if not needs_signature(content):
        return True
    return may_sign(user) if is_signer is None else is_signer


def last_signature(content: PageContent) -> SignOff | None:
    """Return the newest signature of this version, valid or not, or None."""
    return SignOff.objects.filter(content_id=content.pk).order_by("-pk").first()


def valid_signature(content: PageContent) -> SignOff | None:
    """Return the newest signature of this version if it covers exactly what the version says now, else None."""
    signed = last_signature(content)
    if signed is None or signed.fingerprint != signed_document.fingerprint(signed_document.build(content)):
        return None
    return signed


def is_due(signed: SignOff, on: date) -> bool:
    """Whether the page is due for review on the clinic's local date `on`."""
    return signed.due_on <= on


def ever_signed(contents: list[PageContent]) -> list[int]:
    """Return the keys of those versions that were ever signed, whether or not the signature is still valid."""
    keys = [content.pk for content in contents]
    return list(SignOff.objects.filter(content_id__in=keys).values_list("content_id", flat=True).distinct())


def newest_signatures(content_ids: list[int]) -> dict[int, SignOff]:
    """Return the newest signature of each version that has one, without its document."""
    signatures = SignOff.objects.filter(content_id__in=content_ids).order_by("pk").defer("document")
    return {signed.content_id: signed for signed in signatures}


def live_pages() -> list[PageContent]:
    """Return the live versions of all pages that need a signature, in the order of the page tree."""
    live = list(PageContent.objects.select_related("page").order_by("page__path"))
    preload(live)
    return [content for content in live if needs_signature(content)]


def due(on: date) -> list[tuple[PageContent, SignOff]]:
    """Return the live medical pages due for review on that day with their signatures, the longest overdue first."""
    live = {content.pk: content for content in live_pages()}
    newest = newest_signatures(list(live))
    pages = [(live[pk], signed) for pk, signed in newest.items() if is_due(signed, on)]
    return sorted(pages, key=lambda pair: pair[1].due_on)


def reopened() -> list[Reopened]:
    """Return the live pages whose signature is no longer valid, the one waiting longest first."""
    return list(Reopened.objects.select_related("page").order_by("since", "pk"))
