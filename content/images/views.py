"""The URLs of photographs: the original and a preview for staff, and renditions while they may be public."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.images import permission, render, storage
from content.ledger.models import Event
from content.ledger.writer import record

from .models import Photo
from .specs import BY_SUFFIX, FORMATS, Cut, widths_for

PREVIEW_WIDTH = 640  # pixels at most
WHOLE_SIDE = 1280  # pixels at most


@require_safe
@never_cache
def original(request: HttpRequest, token: str) -> FileResponse:
    """Return the original to staff who may see photographs, and record it; to anyone else 404."""
    photo = Photo.objects.filter(token=token).first() if request.user.has_perm("content.view_photo") else None
    if photo is None or not storage.original_path(token).exists():
        raise Http404
    record(Event.ORIGINAL_VIEWED, token, actor=request.user.get_username(), now=timezone.now())
    return _file_response(storage.original_path(token).open("rb"), "image/jpeg")


@require_safe
@never_cache
def preview(request: HttpRequest, token: str) -> FileResponse:
    """Return a small rendition to staff who may see photographs, whether or not it may be public."""
    photo = Photo.objects.filter(token=token).first() if request.user.has_perm("content.view_photo") else None
    if photo is None:
        raise Http404
    widths = [width for width in widths_for(photo.shown_size[0]) if width <= PREVIEW_WIDTH] or widths_for(
        photo.shown_size[0]
    )
    return _open_rendition(token, widths[-1], FORMATS[-1].suffix, photo.cut)


@require_safe
@never_cache
def whole(request: HttpRequest, token: str) -> FileResponse:
    """Return the whole picture, turned but not cropped, to staff who may crop it, and record it; to anyone else 404.

    It is `WHOLE_SIDE` pixels at most on its longer side. The stored original is a JPEG of our own, safe to decode here.
    """
    photo = Photo.objects.filter(token=token).first() if request.user.has_perm("content.change_case") else None
    if photo is None or not storage.original_path(token).exists():
        raise Http404
    record(Event.ORIGINAL_VIEWED, token, actor=request.user.get_username(), now=timezone.now())
    return _file_response(render.whole_picture(storage.original_path(token), photo.turned, WHOLE_SIDE), "image/jpeg")


@require_safe
def rendition(request: HttpRequest, token: str, width: str, suffix: str) -> HttpResponse | FileResponse:
    """Return a rendition while it may be shown; 410 if it once was public; else the same 404 as for no token."""
    allowed = permission.for_token(token, timezone.localdate())
    if allowed.photo is None and allowed.was_public:
        return gone()
    if allowed.photo is None or suffix not in BY_SUFFIX or int(width) not in widths_for(allowed.photo.shown_size[0]):
        raise Http404
    try:
        return rendition_response(token, int(width), suffix, allowed.photo.cut, may_be_searched=allowed.may_be_searched)
    except Http404:
        if permission.for_token(token, timezone.localdate()).photo is None:  # withdrawn since the first check
            return gone()
        raise


def rendition_response(token: str, width: int, suffix: str, cut: Cut, *, may_be_searched: bool) -> FileResponse:
    """Return one rendition of a photograph that may be shown; raises Http404 if there is no such file."""
    response = _open_rendition(token, width, suffix, cut)
    if not may_be_searched:
        response["X-Robots-Tag"] = "noindex, noimageindex"
    return response


def gone() -> HttpResponse:
    """Return the 410 response for what is no longer public."""
    response = HttpResponse("This picture is no longer shown.\n", content_type="text/plain", status=410)
    response["Cache-Control"] = "no-store"
    return response


def _open_rendition(token: str, width: int, suffix: str, cut: Cut) -> FileResponse:
    try:
        file = storage.rendition_path(token, width, suffix, cut).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _file_response(file, BY_SUFFIX[suffix].media_type)


def _file_response(file: object, media_type: str) -> FileResponse:
    """Return the file with no-store: permission may end today."""
    response = FileResponse(file, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    return response
