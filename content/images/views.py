"""The two addresses of a photograph: the original, for staff only, and a rendition, only while it may be public."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.ledger.models import Event
from content.ledger.writer import record

from . import permission, shelf
from .models import Photo
from .specs import BY_SUFFIX


@require_safe
@never_cache
def original(request: HttpRequest, token: str) -> FileResponse:
    """The original, to signed-in staff and on record; to everyone else the same 404 as a token that never was."""
    photo = Photo.objects.filter(token=token).first() if request.user.is_staff else None
    if photo is None or not shelf.original(token).exists():
        raise Http404
    record(Event.ORIGINAL_VIEWED, token, actor=request.user.get_username(), now=timezone.now())
    return _reply(shelf.original(token).open("rb"), "image/jpeg")


@require_safe
def rendition(request: HttpRequest, token: str, width: int, suffix: str) -> FileResponse:
    """One rendition while `is_public` says so; otherwise the same 404 as a token that never was."""
    if suffix not in BY_SUFFIX or not permission.is_public(token, timezone.localdate()):
        raise Http404
    try:
        file = shelf.rendition(token, width, suffix).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _reply(file, BY_SUFFIX[suffix].media_type)


def _reply(file: object, media_type: str) -> FileResponse:
    """The file, never to be kept by anyone: permission may end today."""
    response = FileResponse(file, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    return response
