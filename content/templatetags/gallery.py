"""Tags for the gallery: its results for a request, and a case in a patient's words."""

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from content.gallery import case_cards, course, facets, summaries
from content.gallery.choices import AREA_PHRASES, CAUSE_PHRASES, BodyArea, Cause, SkinTone
from content.gallery.facets import CARD_HEADING_LEVEL, OutcomeRange, Results
from content.gallery.models import Case

register = template.Library()
SWATCH_NUMBERS = {facets.slug(value): number for number, value in enumerate(SkinTone.values, 1)}


@register.simple_tag(takes_context=True)
def gallery_results(context: Context) -> Results:
    """Return the page of the gallery that this request asks for."""
    return facets.results(context["request"].GET, timezone.localdate())


@register.simple_tag(name="case_cards")
def rendered_cards(results: Results) -> list[SafeString]:
    """Return the cards of a page of the gallery, each rendered once until its case changes."""
    for case in results.uncached_cases:
        results.cards[case.pk, CARD_HEADING_LEVEL] = case_cards.render(case, CARD_HEADING_LEVEL)
    return [
        results.cards[key, CARD_HEADING_LEVEL] for key in results.case_ids if (key, CARD_HEADING_LEVEL) in results.cards
    ]


@register.filter
def result_count(results: Results) -> str:
    """Return a sentence with how many cases are shown, of how many."""
    return summaries.count_sentence(results)


@register.filter
def range_in_words(outcomes: OutcomeRange) -> str:
    """Return the range of outcomes as a sentence."""
    return summaries.outcome_range_sentence(outcomes)


@register.filter
def samples_note(count: int, outcomes: OutcomeRange | None) -> str:
    """Return a sentence on what that many sample cases are worth beside the clinic's own range."""
    return summaries.samples_sentence(count, outcomes)


@register.filter
def tone_number(skin: str) -> int:
    """Return the number of a skin tone's swatch, 1 being the lightest; `skin` is a stored value or its slug."""
    return SWATCH_NUMBERS[facets.slug(skin)]


@register.filter
def cause_phrase(case: Case) -> str:
    """Return the cause in words, such as “After pregnancy”."""
    return CAUSE_PHRASES[Cause(case.cause)].capitalize()


@register.filter
def covered_areas(case: Case) -> str:
    """Return what the pictures of a covered case show, such as “the breast area”."""
    return AREA_PHRASES[BodyArea(case.body_area)]


@register.filter
def case_summary(case: Case) -> str:
    """Return the case in a sentence or two."""
    return course.summary(case)


@register.filter
def weeks(number: int) -> str:
    """Return “1 week”, “5 weeks”."""
    return course.weeks_text(number)
