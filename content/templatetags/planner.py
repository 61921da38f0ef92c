"""`{% planner_page as … %}`: the planner's form and the plan that this request asks for."""

from django import template
from django.template import Context
from django.utils import timezone

from content.planner import page, summaries
from content.planner.forms import PlanForm
from content.planner.page import PlannerPage
from content.treatment import current

register = template.Library()


@register.simple_tag(takes_context=True)
def planner_page(context: Context) -> PlannerPage | None:
    """Return the planner's page for this request, or None while no treatment is stored."""
    request = context["request"]
    treatment = current.of_request(request)
    if treatment is None:
        return None
    data = request.GET if PlanForm.has_query(request.GET) else None
    return page.of_request(request, PlanForm(data, on=timezone.localdate(), treatment=treatment), treatment)


register.filter("in_words_day", summaries.format_day)
