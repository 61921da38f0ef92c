"""Links to other pages of the site, each with a line that says what is there."""

from types import SimpleNamespace
from typing import Any

from cms.models import Page
from cms.plugin_pool import plugin_pool
from django.db import models
from django.http import HttpRequest

from content.pages import published_pages

from .base import Block, BlockPlugin, Section


class TopicLinks(Section):
    """A list of links; each link is a child block."""

    intro = models.TextField("introduction", max_length=600, blank=True)


class TopicLink(Block):
    """A link to a page by foreign key: it follows the page's URL, and is hidden while the page isn't published."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+", help_text="The page it leads to.")
    text = models.CharField(
        "words of the link", max_length=80, blank=True, help_text="Leave empty to use the page’s own title."
    )
    description = models.CharField(
        "what is there", max_length=160, blank=True, help_text="For example: What to do, what to avoid, when to call"
    )

    def __str__(self) -> str:
        return self.text or str(self.page)


@plugin_pool.register_plugin
class TopicLinksPlugin(BlockPlugin):
    """Links to other pages."""

    model = TopicLinks
    name = "Links to pages"
    allow_children = True
    child_classes = ["TopicLinkPlugin"]
    allowed_slots = [
        "home_hero",
        "home_body",
        "treatment_next",
        "topic_body",
        "topic_closing",
        "planner_changes",
        "suitability_more",
        "clinic_body",
    ]
    advice = (
        "Patients want to go straight to their own question. Save this, then add one link for each page. "
        "For example: “Looking after your skin afterwards” · “What to do, what to avoid and when to call”."
    )

    def extra_context(self, request: HttpRequest, instance: TopicLinks, block: SimpleNamespace) -> dict[str, Any]:
        """Return whether any link leads to a published page; the list is hidden otherwise."""
        links = [child.page_id for child in instance.child_plugin_instances or [] if isinstance(child, TopicLink)]
        return {"has_links": any(page_id in published_pages(request) for page_id in links)}


@plugin_pool.register_plugin
class TopicLinkPlugin(BlockPlugin):
    """One link inside a list of links."""

    model = TopicLink
    name = "Link to a page"
    render_template = "components/row.html"
    require_parent = True
    parent_classes = ["TopicLinksPlugin"]
    allowed_slots = TopicLinksPlugin.allowed_slots
    advice = (
        "Patients want to know what they will find before they tap. "
        "For example: “Your session, step by step” · “From numbing cream to going home”."
    )

    def extra_context(self, request: HttpRequest, instance: TopicLink, block: SimpleNamespace) -> dict[str, Any]:
        """Return the published page that it leads to, or None."""
        return {"target": published_pages(request).get(instance.page_id)}
