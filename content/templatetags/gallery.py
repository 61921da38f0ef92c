"""`{% gallery_results %}`: the page of cases that an address asks for; and a case in a patient's words."""

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from content.gallery import case_cards, course, facets, summaries
from content.gallery.choices import CAME_WITH, SEEN, BodyArea, Cause, SkinTone
from content.gallery.facets import LEVEL, Range, Results
from content.gallery.models import Case

register = template.Library()
TONES = {facets.slug(value): number for number, value in enumerate(SkinTone.values, 1)}


@register.simple_tag(takes_context=True)
def gallery_results(context: Context) -> Results:
    """The page of the gallery that this request asks for."""
    return facets.results(context["request"].GET, timezone.localdate())


@register.simple_tag(name="case_cards")
def rendered_cards(results: Results) -> list[SafeString]:
    """The cards of a page of the gallery, each rendered once until a case is changed."""
    for case in results.fresh:
        results.cards[case.pk, LEVEL] = case_cards.render(case, LEVEL)
    return [results.cards[key, LEVEL] for key in results.shown if (key, LEVEL) in results.cards]


@register.filter
def counted(results: Results) -> str:
    """How many cases the reader sees, of how many."""
    return summaries.counted(results)


@register.filter
def in_words(told: Range) -> str:
    """The honest range as a sentence."""
    return summaries.honest_range(told)


@register.filter
def said_of_samples(count: int, told: Range | None) -> str:
    """What that many sample cases are worth, beside the range of the clinic's own."""
    return summaries.samples(count, told)


@register.filter
def tone(skin: str) -> int:
    """The number of the swatch for a skin tone, as stored or as it stands in an address: 1 is the lightest."""
    return TONES[facets.slug(skin)]


@register.filter
def cause_in_words(case: Case) -> str:
    """“After pregnancy”."""
    return CAME_WITH[Cause(case.cause)].capitalize()


@register.filter
def seen_in_pictures(case: Case) -> str:
    """What the pictures of a covered case show: “the breast area”."""
    return SEEN[BodyArea(case.body_area)]


@register.filter
def in_short(case: Case) -> str:
    """The case in a sentence or two."""
    return course.in_short(case)


@register.filter
def in_weeks(number: int) -> str:
    """“1 week”, “5 weeks”."""
    return course.weeks(number)
