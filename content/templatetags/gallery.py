"""`{% gallery_results %}`: the page of cases that an address asks for; and a case in a patient's words."""

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from content.gallery import case_cards, course, facets, summaries
from content.gallery.choices import AREA_PHRASES, CAUSE_PHRASES, BodyArea, Cause, SkinTone
from content.gallery.facets import OutcomeRange
from content.gallery.models import Case
from content.gallery.results import CARD_HEADING_LEVEL, Results, results_for

register = template.Library()
SWATCH_NUMBERS = {facets.slug(value): number for number, value in enumerate(SkinTone.values, 1)}


@register.simple_tag(takes_context=True)
def gallery_results(context: Context) -> Results:
    """The page of the gallery that this request asks for."""
    return results_for(context["request"].GET, timezone.localdate())


@register.simple_tag(name="case_cards")
def rendered_cards(results: Results) -> list[SafeString]:
    """The cards of a page of the gallery, each rendered once until a case is changed."""
    for case in results.uncached_cases:
        results.cards[case.pk, CARD_HEADING_LEVEL] = case_cards.render(case, CARD_HEADING_LEVEL)
    return [
        results.cards[key, CARD_HEADING_LEVEL] for key in results.case_ids if (key, CARD_HEADING_LEVEL) in results.cards
    ]


@register.filter
def result_count(results: Results) -> str:
    """How many cases the reader sees, of how many."""
    return summaries.count_sentence(results)


@register.filter
def range_in_words(told: OutcomeRange) -> str:
    """The honest range as a sentence."""
    return summaries.outcome_range_sentence(told)


@register.filter
def samples_note(count: int, told: OutcomeRange | None) -> str:
    """What that many sample cases are worth, beside the range of the clinic's own."""
    return summaries.samples_sentence(count, told)


@register.filter
def tone_number(skin: str) -> int:
    """The number of the swatch for a skin tone, as stored or as it stands in an address: 1 is the lightest."""
    return SWATCH_NUMBERS[facets.slug(skin)]


@register.filter
def cause_phrase(case: Case) -> str:
    """“After pregnancy”."""
    return CAUSE_PHRASES[Cause(case.cause)].capitalize()


@register.filter
def covered_areas(case: Case) -> str:
    """What the pictures of a covered case show: “the breast area”."""
    return AREA_PHRASES[BodyArea(case.body_area)]


@register.filter
def case_summary(case: Case) -> str:
    """The case in a sentence or two."""
    return course.summary(case)


@register.filter
def weeks(number: int) -> str:
    """“1 week”, “5 weeks”."""
    return course.weeks_text(number)
