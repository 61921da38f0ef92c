"""Reading a form that was sent by somebody who is signed in no more."""

from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from clinic_site.http.origin_check import is_same_origin
from content.staff.sessions import form_owner
from content.staff.sessions.interrupted import SentForm
from content.staff.sessions.repeatable import CONFIRMATIONS

KEPT_FIELD = "_kept"  # the token of what is being sent again
AGAIN_FIELD = "_again"  # says that the form is sent again, so that it never sends itself twice
OWN_FIELDS = frozenset({form_owner.TOKEN_FIELD, KEPT_FIELD, AGAIN_FIELD})


class NameFilesHandler(FileUploadHandler):
    """Notes the names of files and passes over their bytes: nobody is signed in whose files they could be."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.names: list[str] = []

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Note the name, and skip the file."""
        self.names.append(file_name)
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Required by the base class; never called."""

    def file_complete(self, file_size: int) -> None:
        """Required by the base class; never called."""


def may_be_ours(request: HttpRequest) -> bool:
    """Return whether a page of this site sent the form, by pressing its button, in a browser that staff used lately.

    Nothing of the form is read yet.
    """
    mode = request.headers.get("Sec-Fetch-Mode")
    is_page = mode in {None, "navigate"} and "X-Requested-With" not in request.headers
    return is_page and is_same_origin(request) and form_owner.is_known(request)


def owner(request: HttpRequest) -> User | None:
    """Return the member of staff to whom the form was shown, or None."""
    return User.objects.filter(pk=form_owner.owner_key(request) or 0, is_active=True, is_staff=True).first()


def read(request: HttpRequest, file_names: list[str]) -> SentForm:
    """Return the form without its token, and without the ticks that confirm something."""
    left_out = OWN_FIELDS | CONFIRMATIONS
    fields = [(name, str(value)) for name, group in request.POST.lists() if name not in left_out for value in group]
    return SentForm(request.get_full_path(), fields, file_names)


def page_of(request: HttpRequest) -> str:
    """Return the address of the page that the form stood on."""
    start = f"{request.scheme}://{request.get_host()}/"
    referrer = request.headers.get("Referer", "")
    return referrer[len(start) - 1 :] if referrer.startswith(start) else request.get_full_path()
