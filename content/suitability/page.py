"""The published CMS page that asks the questions."""

from dataclasses import dataclass
from types import SimpleNamespace

from cms.models import PageContent
from django.http import HttpRequest

from content.blocks.questions_to_ask import QuestionsToAsk
from content.blocks.right_for_me import SLOT, RightForMe
from content.pages import PublishedPage, published_pages
from content.treatment import current

TEMPLATE = "pages/suitability.html"


@dataclass(frozen=True)
class SuitabilityPage:
    """The published page, its blocks of questions and of questions to ask the clinic, with facts substituted."""

    page: PublishedPage
    blocks: list[SimpleNamespace]
    questions_to_ask: list[SimpleNamespace]

    def questions_block(self, digest: str) -> SimpleNamespace:
        """Return the block whose `asked` is the digest that the form sent, or the first if it has changed since."""
        return next((block for block in self.blocks if block.asked == digest), self.blocks[0])


def of_request(request: HttpRequest) -> SuitabilityPage | None:
    """Return the page that sent the form, else the first of its kind, or None if none is published.

    Sets the request's current page to it, from which the sign-off stamp, the facts and the footer are taken.
    """
    pages = published_pages(request)
    contents = PageContent.objects.filter(template=TEMPLATE).select_related("page")
    live = {content.page_id: content for content in contents}
    sent_by = request.POST.get("page", "")
    candidates = [page for page in pages.values() if page.page_id in live]
    page = next((page for page in candidates if str(page.page_id) == sent_by), next(iter(candidates), None))
    if page is None:
        return None
    current.set_page(request, live[page.page_id].page)
    treatment = current.of_request(request)
    slots = {slot.slot: slot.pk for slot in live[page.page_id].get_placeholders()}
    blocks, to_ask = (
        [
            block.display_fields(treatment)
            for block in kind.objects.filter(placeholder=slots.get(slot)).order_by("position")
        ]
        for kind, slot in ((RightForMe, SLOT), (QuestionsToAsk, "suitability_more"))
    )
    asking = [block for block in blocks if block.questions]  # a block without questions would let everybody book
    return SuitabilityPage(page, asking, to_ask) if asking else None


def live_page_ids() -> list[int]:
    """Return the ids of the published pages that ask: they change with the “Who should wait” lists."""
    return list(PageContent.objects.filter(template=TEMPLATE).values_list("page_id", flat=True))
