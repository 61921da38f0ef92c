"""Social cards: the picture that other sites show of a page or a case, drawn on request."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cms.models import Page
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from PIL import Image

from clinic_site.atomic_file import replacing
from content.clinic import current as current_clinic
from content.consent.wording import Scope
from content.gallery.models import Case
from content.gallery.photo_permission import was_public
from content.gallery.views import NOINDEX
from content.images import storage
from content.images.models import Photo
from content.images.specs import FORMATS, widths_for
from content.images.views import gone
from content.pages import PublishedPage, published_pages
from content.publishing import social_card_drawing, url_history
from content.treatment import current as current_treatment
from content.treatment.tokens import substitute

IMMUTABLE = "public, max-age=31536000, immutable"  # the URL changes with every word on the card
MIN_PICTURE_WIDTH = 540  # pixels that a picture is wide on a card


@dataclass(frozen=True)
class SocialCard:
    """The text on the card of a page."""

    page_id: int
    title: str
    clinic: str

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change with anything drawn."""
        drawing = social_card_drawing.VERSION, social_card_drawing.machine_fonts()
        return hashlib.sha256(repr((*drawing, self.title, self.clinic)).encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        """The URL of the card."""
        return reverse("page_card", args=[self.page_id, self.digest])


def for_page(request: HttpRequest, page: PublishedPage) -> SocialCard:
    """Return the card of a published page; the request's treatment is the page's own."""
    title = substitute(page.title, current_treatment.of_request(request))
    return SocialCard(page.page_id, title, current_clinic.of_request(request).full_name)


@require_safe
def page_card(request: HttpRequest, page_id: str, digest: str) -> HttpResponse:
    """Return the card of a live page; redirect if its words have changed; 410 or 404 where no page is now."""
    page = published_pages(request).get(int(page_id))
    if page is None:
        if url_history.was_ever_public(int(page_id)):
            return gone()
        raise Http404
    current_treatment.set_page(request, Page(pk=page.page_id, path=page.tree_path))
    card = for_page(request, page)
    if card.digest != digest:
        response: HttpResponse = redirect(card.url)
        response["Cache-Control"] = "no-cache"
        return response
    return HttpResponse(_cached_png(card), content_type="image/png", headers={"Cache-Control": IMMUTABLE})


def _cached_png(card: SocialCard) -> bytes:
    """Return the drawing from the disk, or draw it; a full disk only means that it is drawn again."""
    file = Path(settings.VAR_DIR) / "cards" / f"{card.digest}.png"
    with suppress(OSError):
        return file.read_bytes()
    drawn = social_card_drawing.draw_title_card(card.title, card.clinic)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as out:
            out.write(drawn)
    return drawn


@require_safe
def case_card(request: HttpRequest, code: str) -> HttpResponse:
    """Return the card of a showable case: text only, unless its pictures may be on social media. Never stored."""
    on = timezone.localdate()
    case = Case.objects.showable(on).filter(code=code).select_related("consent").with_pictures().first()
    if case is None:
        if was_public(code):
            return gone()
        raise Http404
    clinic = current_clinic.of_request(request).full_name
    response = HttpResponse(
        _draw_case(case, clinic, on), content_type="image/png", headers={"Cache-Control": "no-store"}
    )
    if not (case.consent and case.consent.for_search):
        response["X-Robots-Tag"] = NOINDEX
    return response


def shows_pictures(case: Case, on: date) -> bool:
    """Return whether the card of a showable case may hold its pictures: never covered ones; a sample's may."""
    return not case.has_cover and (case.is_demo or case.is_showable(on, Scope.SOCIAL))


def _draw_case(case: Case, clinic: str, on: date) -> bytes:
    title = f"Before and after: {case.title}"
    if not shows_pictures(case, on):
        return social_card_drawing.draw_title_card(title, clinic)
    try:
        before, after = (_open_rendition(photo) for photo in case.pairs.all()[0].photos)
    except OSError:  # withdrawn meanwhile
        return social_card_drawing.draw_title_card(title, clinic)
    return social_card_drawing.draw_case_card(before, after, title=title, clinic=clinic, is_drawn=case.is_demo)


def _open_rendition(photo: Photo) -> Image.Image:
    """Return the smallest rendition that is large enough; raises OSError."""
    widths = widths_for(photo.shown_size[0])
    width = next((width for width in widths if width >= MIN_PICTURE_WIDTH), widths[-1])
    picture = Image.open(storage.rendition_path(photo.token, width, FORMATS[-1].suffix, photo.cut))
    picture.load()
    return picture
