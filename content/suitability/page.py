"""The CMS page that asks the questions: its live version alone, as patients read it."""

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
    """The live page, the blocks of questions on it, and what to ask the clinic; all with facts in words."""

    page: PublishedPage
    blocks: list[SimpleNamespace]
    questions_to_ask: list[SimpleNamespace]

    def questions_block(self, asked: str) -> SimpleNamespace:
        """The questions that the reader was asked; where they stand there no more, those that do now."""
        return next((one for one in self.blocks if one.asked == asked), self.blocks[0])


def of_request(request: HttpRequest) -> SuitabilityPage | None:
    """What the page that sent the form asks, else what the first page of its kind does; None where none is live.

    The request is then that page's: its stamp, its facts and the footer ask for it.
    """
    pages = published_pages(request)
    live = {one.page_id: one for one in PageContent.objects.filter(template=TEMPLATE).select_related("page")}
    sent_by = request.POST.get("page", "")
    page = next((one for one in pages.values() if one.page_id in live and str(one.page_id) == sent_by), None)
    page = page or next((one for one in pages.values() if one.page_id in live), None)
    if page is None:
        return None
    setattr(request, "current_page", live[page.page_id].page)  # noqa: B010  the CMS's own name
    treatment = current.of_request(request)
    slots = {slot.slot: slot.pk for slot in live[page.page_id].get_placeholders()}
    blocks, to_ask = (
        [
            block.display_fields(treatment)
            for block in kind.objects.filter(placeholder=slots.get(slot)).order_by("position")
        ]
        for kind, slot in ((RightForMe, SLOT), (QuestionsToAsk, "suitability_more"))
    )
    asked = [block for block in blocks if block.questions]  # without a question everybody would be told to book
    return SuitabilityPage(page, asked, to_ask) if asked else None


def live_page_ids() -> list[int]:
    """The pages that ask; what they ask comes and goes with the lists of who should wait."""
    return list(PageContent.objects.filter(template=TEMPLATE).values_list("page_id", flat=True))
