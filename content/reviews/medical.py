"""Which pages are medical: by their kind, by being named as a treatment's own page, or by a block that they hold."""

from collections.abc import Iterable

from cms.models import CMSPlugin, PageContent
from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from content.cms_adapter.block_loading import slot_names
from content.treatment.models import Treatment

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


def is_medical(content: PageContent) -> bool:
    """Whether this version is medical; asks the database unless its kind or `preload` tells."""
    if content.template in MEDICAL_TEMPLATES:
        return True
    preloaded: bool | None = getattr(content, _PRELOADED, None)
    return bool(_among([content])) if preloaded is None else preloaded


def preload(contents: Iterable[PageContent]) -> None:
    """Answer `is_medical` for all of these with two queries; only for versions that are read and not changed."""
    contents = list(contents)
    medical = _among(contents)
    for content in contents:
        setattr(content, _PRELOADED, content.pk in medical)


def is_medical_with(content: PageContent, kinds: Iterable[str], treatment: Treatment | None) -> bool:
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
