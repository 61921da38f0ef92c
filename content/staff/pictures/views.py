"""The library: what is there, where it is used, putting in, replacing, deleting and taking down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from content.clinic.models import Clinician
from content.images import ingest
from content.library import choosing, pictures, taking_down
from content.library.models import LibraryFile, LibraryPicture, Portrait
from content.staff.pictures import drafts, usage
from content.staff.pictures.forms import AddForm, NameForm, ReplaceForm
from content.staff.views import render_page, staff_view

REFUSALS = (pictures.PictureRefusedError, ingest.UploadRefusedError)
DOWN = "“{}” is taken down. Nobody gets it any more."
LIVE_KEEPS = "Live pages keep the earlier photograph until a new version of them is made live."


@dataclass(frozen=True)
class Row:
    """A picture with its newest file, and where it is used."""

    picture: LibraryPicture
    file: LibraryFile
    pages: int
    is_portrait: bool


def actor_and_time(request: HttpRequest) -> pictures.Actor:
    """Return the signed-in user and the current time."""
    return pictures.Actor(request.user.get_username(), timezone.now())


def require(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied unless the user has this permission of `content`."""
    if not request.user.has_perm(f"content.{permission}"):
        raise PermissionDenied


@staff_view("view_librarypicture")
def index(request: HttpRequest) -> HttpResponse:
    """Show the library; a POST puts a picture in."""
    form = AddForm()
    if request.method == "POST":
        require(request, "add_librarypicture")
        form = AddForm(request.POST, request.FILES)
        if form.is_valid():
            name = form.cleaned_data["name"] or choosing.plain_stem(form.cleaned_data["upload"].name)
            if added := _try(form, lambda file: pictures.add(file, name, actor_and_time(request))):
                messages.success(request, f"“{added.picture.name}” is in the library. Pages can show it now.")
                return redirect("pictures")
    return render_page(
        request,
        "staff/pictures.html",
        "Pictures",
        help="pictures",
        form=form if request.user.has_perm("content.add_librarypicture") else None,
        rows=_rows(),
        taken_down=LibraryPicture.objects.exclude(taken_down_at=None).order_by("-taken_down_at"),
        clinicians=Clinician.objects.all() if request.user.has_perm("content.change_clinician") else [],
    )


def _rows() -> list[Row]:
    pages = usage.count_by_picture()
    portraits = set(Portrait.objects.values_list("picture", flat=True))
    files = LibraryFile.objects.showable().newest().select_related("picture", "photo").order_by("-pk")
    return [Row(file.picture, file, pages.get(file.picture_id, 0), file.picture_id in portraits) for file in files]


def _try(form: BaseForm, take_in: Callable[[Any], LibraryFile]) -> LibraryFile | None:
    """Return the file that `take_in` made of the form's upload, or None after telling the form why it didn't."""
    try:
        return take_in(form.cleaned_data["upload"])
    except REFUSALS as refusal:
        form.add_error("upload", str(refusal))
        return None


@staff_view("view_librarypicture")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one picture and where it is used; a POST replaces, renames or deletes it."""
    picture = get_object_or_404(LibraryPicture, pk=pk)
    if request.method != "POST":
        return _render(request, picture)
    action = ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise PermissionDenied
    permission, run = action
    require(request, permission)
    return run(request, picture)


def _render(request: HttpRequest, picture: LibraryPicture, **forms: BaseForm) -> HttpResponse:
    file = LibraryFile.objects.showable().filter(picture=picture).select_related("photo").order_by("pk").last()
    uses, portraits = usage.uses(picture), list(picture.portraits.select_related("clinician"))
    return render_page(
        request,
        "staff/picture.html",
        picture.name,
        help="pictures",
        picture=picture,
        file=file,
        uses=uses,
        portraits=portraits,
        is_unused=not uses and not portraits,
        name_form=forms.get("name_form") or NameForm(instance=picture),
        replace_form=forms.get("replace_form") or ReplaceForm(),
    )


def _replace(request: HttpRequest, picture: LibraryPicture) -> HttpResponse:
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid() and _try(form, lambda file: pictures.replace(picture, file, actor_and_time(request))):
        changed = drafts.update_drafts(picture, user=request.user)
        titles = ", ".join(f"“{content.title}”" for content in changed)
        now_in = (
            f" These drafts show the new one, and need a new signature if they had one: {titles}." if titles else ""
        )
        messages.success(request, f"“{picture.name}” has a new photograph.{now_in} {LIVE_KEEPS}")
        return redirect("picture", pk=picture.pk)
    return _render(request, picture, replace_form=form)


def _rename(request: HttpRequest, picture: LibraryPicture) -> HttpResponse:
    form = NameForm(request.POST, instance=LibraryPicture.objects.get(pk=picture.pk))
    if not form.is_valid():
        return _render(request, picture, name_form=form)
    pictures.rename(picture, form.cleaned_data["name"])
    messages.success(request, f"It is called “{picture.name}” now.")
    return redirect("picture", pk=picture.pk)


def _delete(request: HttpRequest, picture: LibraryPicture) -> HttpResponse:
    try:
        pictures.delete(picture, actor_and_time(request))
    except pictures.PictureRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("picture", pk=picture.pk)
    messages.success(request, f"“{picture.name}” is deleted.")
    return redirect("pictures")


ACTIONS: dict[str, tuple[str, Callable[[HttpRequest, LibraryPicture], HttpResponse]]] = {
    "replace": ("change_librarypicture", _replace),
    "rename": ("change_librarypicture", _rename),
    "delete": ("delete_librarypicture", _delete),
}


@staff_view("take_down_librarypicture")
def take_down_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the picture disappears; on POST, take it down for good."""
    picture = get_object_or_404(LibraryPicture, pk=pk)
    if request.method == "POST":
        taking_down.take_down(picture, actor=request.user.get_username(), now=timezone.now())
        messages.success(request, DOWN.format(picture.name))
        return redirect("picture", pk=picture.pk)
    if picture.taken_down_at:
        return redirect("picture", pk=picture.pk)
    uses, portraits = usage.uses(picture), list(picture.portraits.select_related("clinician"))
    return render_page(
        request,
        "staff/picture_take_down.html",
        f"Take “{picture.name}” down",
        help="pictures",
        picture=picture,
        file=picture.newest,
        live=[use for use in uses if use.state == "Live"],
        others=[use for use in uses if use.state != "Live"],
        portraits=portraits,
    )
