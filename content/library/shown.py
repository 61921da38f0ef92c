"""The pictures of the library that a page may show, read once a request."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache
from content.library.models import LibraryFile, Portrait

FILES_ATTRIBUTE = "_library_files"
PORTRAITS_ATTRIBUTE = "_portraits"


def files_of_request(request: HttpRequest) -> dict[int, LibraryFile]:
    """Return every file that may be shown, with its photograph, by its id.

    The process may cache them: taking one down invalidates the page cache, in the database's transaction and again
    with the journal.
    """
    files: dict[int, LibraryFile] | None = getattr(request, FILES_ATTRIBUTE, None)
    if files is None:
        files = process_cache.get_copy(request, FILES_ATTRIBUTE, _files)
        setattr(request, FILES_ATTRIBUTE, files)
    return files


def portraits_of_request(request: HttpRequest) -> dict[int, tuple[Portrait, LibraryFile]]:
    """Return each portrait that may be shown with its newest file, by the id of its clinician."""
    portraits: dict[int, tuple[Portrait, LibraryFile]] | None = getattr(request, PORTRAITS_ATTRIBUTE, None)
    if portraits is None:
        portraits = process_cache.get_copy(request, PORTRAITS_ATTRIBUTE, _portraits)
        setattr(request, PORTRAITS_ATTRIBUTE, portraits)
    return portraits


def _files() -> dict[int, LibraryFile]:
    return {file.pk: file for file in LibraryFile.objects.showable().select_related("photo")}


def _portraits() -> dict[int, tuple[Portrait, LibraryFile]]:
    files = LibraryFile.objects.showable().newest().filter(picture__portraits__isnull=False).select_related("photo")
    by_picture = {file.picture_id: file for file in files}
    portraits = Portrait.objects.filter(picture__in=by_picture) if by_picture else []
    return {portrait.clinician_id: (portrait, by_picture[portrait.picture_id]) for portrait in portraits}
