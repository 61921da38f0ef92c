"""`{% review_stamp as … %}`: who has reviewed this page; `{% is_sample as … %}`: whether nobody has yet."""

from django import template
from django.template import Context

from clinic_site.page_cache import process_cache
from content.clinic import current as current_clinic
from content.cms_adapter.block_loading import SHOWN_KINDS
from content.pages import PublishedPage
from content.reviews import rules, stamp
from content.treatment import current as current_treatment

from .clinic import current_content

register = template.Library()
REQUEST_ATTRIBUTE = "_review"


def is_medical(context: Context) -> bool:
    """Return whether the version shown is medical; for a reader, from the blocks that are loaded anyway."""
    request, content = context["request"], current_content(context)
    if content is None:
        return False
    kinds = getattr(content, SHOWN_KINDS, None)
    if kinds is None:
        return rules.needs_signature(content)
    return rules.needs_signature_with(content, kinds, current_treatment.of_request(request))


@register.simple_tag(takes_context=True)
def review_stamp(context: Context) -> stamp.Stamp | None:
    """Return the stamp of the version shown, read once a request, or None if it was never signed."""
    request = context["request"]
    if not hasattr(request, REQUEST_ATTRIBUTE):
        content = current_content(context)
        key = REQUEST_ATTRIBUTE, content.pk if content else None
        found = process_cache.get_copy(request, key, lambda: stamp.of(content)) if is_medical(context) else None
        setattr(request, REQUEST_ATTRIBUTE, found)
    cached: stamp.Stamp | None = getattr(request, REQUEST_ATTRIBUTE)
    return cached


@register.simple_tag(takes_context=True)
def is_sample(context: Context) -> bool:
    """Return whether the page is marked as a sample: medical ones until signed, others as the clinic's record says."""
    is_gallery = isinstance(context.get("page"), PublishedPage)  # the view has read it
    if not is_gallery and is_medical(context):
        return review_stamp(context) is None
    return current_clinic.of_request(context["request"]).has_sample_content
