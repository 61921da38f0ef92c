"""What the public gets of any photograph: by the gallery's rule for cases, else by the library's own."""

from datetime import date

from content.gallery import photo_permission
from content.images.permission import Permission
from content.library.models import LibraryFile


def photograph_permission(token: str, on: date) -> Permission:
    """Return the permission of the photograph with this token; no search engine may list the clinic's people."""
    allowed = photo_permission.photograph_permission(token, on)
    if allowed.photo is not None:
        return allowed
    file = LibraryFile.objects.showable().filter(photo__token=token).select_related("photo").first()
    return Permission(photo=file.photo, was_public=True) if file else allowed
