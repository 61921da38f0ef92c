"""`{% review as stamp %}`: who has reviewed this page; `{% is_sample as … %}`: whether nobody has yet."""

from django import template
from django.template import Context

from clinic_site.page_cache import process_cache
from content.clinic import current as current_clinic
from content.pages import PublishedPage
from content.reviews import rules, stamp

from .clinic import current_content

register = template.Library()
REQUEST_ATTRIBUTE = "_review"


@register.simple_tag(takes_context=True)
def review_stamp(context: Context) -> stamp.Stamp | None:
    """The stamp of the version shown, read once a request."""
    request = context["request"]
    if not hasattr(request, REQUEST_ATTRIBUTE):
        content = current_content(context)
        key = REQUEST_ATTRIBUTE, content.pk if content else None
        setattr(request, REQUEST_ATTRIBUTE, process_cache.get_copy(request, key, lambda: stamp.of(content)))
    found: stamp.Stamp | None = getattr(request, REQUEST_ATTRIBUTE)
    return found


@register.simple_tag(takes_context=True)
def is_sample(context: Context) -> bool:
    """Whether the page says that it is a sample: a medical one until it is signed, others as the clinic says."""
    is_list = isinstance(context.get("page"), PublishedPage)  # of the gallery, which its view has read already
    content = None if is_list else current_content(context)
    if content is not None and rules.needs_signature(content):
        return review_stamp(context) is None
    return current_clinic.of_request(context["request"]).has_sample_content
