"""The page on which staff upload, pair, describe and crop a case's photographs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from clinic_site.http.whole_number import whole_number
from content.gallery import photographs, readiness
from content.gallery.choices import View
from content.gallery.models import Case, CasePhoto, Pair
from content.images import ingest
from content.images.models import Photo
from content.staff.cases.forms import PairForm, PhotoForm
from content.staff.views import render_page, staff_view

DISK_FULL = (
    "The server could not save this: its disk may be full. Nothing was changed; tell whoever looks after the site."
)


def actor_and_time(request: HttpRequest) -> photographs.Actor:
    """Return the signed-in user and the current time."""
    return photographs.Actor(request.user.get_username(), timezone.now())


def case_or_404(pk: int) -> Case:
    """Return the case with its consent, treatment and pictures, or raise 404."""
    return get_object_or_404(Case.objects.select_related("consent", "treatment").with_pictures(), pk=pk)


@staff_view("view_case")
def manage_photographs(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the photographs; a POST runs one action and says what it did."""
    case = case_or_404(pk)
    if request.method == "POST":
        if not request.user.has_perm("content.change_case"):
            raise PermissionDenied
        if case.consent and case.consent.withdrawn_at:
            raise PermissionDenied("The person has withdrawn their consent: nothing of this case can be changed.")
        if case.is_demo:
            raise PermissionDenied("This is a sample: its pictures are drawn, and stay as they are.")
        action = ACTIONS.get(request.POST.get("do", ""))
        if action is None:
            raise PermissionDenied
        return action(request, case)
    return render_photographs(request, case)


def render_photographs(request: HttpRequest, case: Case, submitted: dict[int, PhotoForm] | None = None) -> HttpResponse:
    """Render the page; `submitted` holds forms as they were filled in, by photograph id."""
    on = timezone.localdate()
    pairs = list(case.pairs.all())
    paired = {photo.pk for pair in pairs for photo in pair.photos}
    case_photos = case.case_photos.select_related("photo")
    tray = [case_photo.photo for case_photo in case_photos if case_photo.photo_id not in paired]
    in_pairs = [photo for pair in pairs for photo in pair.photos]
    forms = {photo.pk: PhotoForm(instance=photo, case=case, prefix=f"photo-{photo.pk}") for photo in in_pairs}
    forms |= submitted or {}
    by_day = sorted(tray, key=lambda photo: (photo.captured_on is None, photo.captured_on or on, photo.pk))
    dated = [photo for photo in by_day if photo.captured_on]
    pair_form = PairForm(photos=tray, initial={"before": dated[0], "after": dated[-1]} if len(dated) > 1 else {})
    return render_page(
        request,
        "staff/case_photographs.html",
        f"Photographs: {case.title}",
        help="photographs",
        case=case,
        pairs=[
            (pair, photographs.differences(pair), [(photo, forms[photo.pk]) for photo in pair.photos]) for pair in pairs
        ],
        tray=by_day,
        pair_form=pair_form,
        pair_actions=PAIR_ACTIONS,
        can_change=request.user.has_perm("content.change_case")
        and not (case.is_demo or (case.consent and case.consent.withdrawn_at)),
        **readiness_context(case),
    )


def readiness_context(case: Case) -> dict[str, Any]:
    """Return the context of `staff/case_readiness.html`: the case's state, and what keeps it from being shown."""
    on = timezone.localdate()
    return {
        "state": readiness.state(case, on),
        "missing": readiness.missing_items(case, on),
        "may_it": readiness.showable_sentence(case, on, is_showable=case.is_showable(on)),
        "warning": readiness.expiry_warning(case, on),
    }


def upload(request: HttpRequest, case: Case) -> HttpResponse:
    """Store each file by itself: a refused one gets a sentence, and the others are stored all the same."""
    files = request.FILES.getlist("photographs")
    results: list[tuple[bool, str]] = [] if files else [(False, "Choose one or more photographs first.")]
    for file in files:
        try:
            case_photo = photographs.add(case, file, actor_and_time(request))
        except (ingest.UploadRefusedError, photographs.PhotographRefusedError) as refusal:
            results.append((False, str(refusal)))
        else:
            day = case_photo.photo.captured_on
            when = f"taken on {day:%-d %B %Y}" if day else "write the day it was taken"
            kept = f"“{ingest.display_name(file.name)}” is kept: {when}."
            results.append((True, " ".join([kept, *case_photo.photo.upload_notes])))
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": [{"is_kept": is_stored, "sentence": sentence} for is_stored, sentence in results]})
    for is_stored, sentence in results:
        messages.add_message(request, messages.SUCCESS if is_stored else messages.ERROR, sentence)
    return redirect("case_photographs", pk=case.pk)


def create_pair(request: HttpRequest, case: Case) -> HttpResponse:
    """Make a pair of two photographs."""
    form = PairForm(request.POST, photos=_photos(case))
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
    else:
        chosen = form.cleaned_data
        _run_and_report(
            request,
            lambda: photographs.pair(
                case, View(chosen["view"]), chosen["before"], chosen["after"], actor_and_time(request)
            ),
            "The two are a pair now.",
        )
    return redirect("case_photographs", pk=case.pk)


def _photos(case: Case) -> list[Photo]:
    return [case_photo.photo for case_photo in case.case_photos.select_related("photo")]


def _run_and_report(request: HttpRequest, action: Callable[[], Any], success: str) -> None:
    try:
        action()
    except photographs.PhotographRefusedError as refusal:
        messages.error(request, str(refusal))
    except OSError:
        messages.error(request, DISK_FULL)
    else:
        messages.success(request, success)


def _pair(request: HttpRequest, case: Case) -> Pair:
    return get_object_or_404(Pair.objects.select_related("before", "after"), case=case, pk=_posted_id(request, "pair"))


def _posted_id(request: HttpRequest, name: str) -> int:
    """Return the id posted under this name, or 0, which no record has."""
    return whole_number(request.POST.get(name, "")) or 0


def dissolve_pair(request: HttpRequest, case: Case) -> HttpResponse:
    """Take a pair apart."""
    _run_and_report(
        request, lambda: photographs.unpair(_pair(request, case), actor_and_time(request)), "The pair is taken apart."
    )
    return redirect("case_photographs", pk=case.pk)


def swap_pair(request: HttpRequest, case: Case) -> HttpResponse:
    """Swap before and after."""
    swap = partial(photographs.swap, _pair(request, case), actor_and_time(request))
    _run_and_report(request, swap, "They have changed places.")
    return redirect("case_photographs", pk=case.pk)


def crop_pair(request: HttpRequest, case: Case) -> HttpResponse:
    """Crop both photographs of a pair to one shape."""
    _run_and_report(
        request,
        lambda: photographs.crop_to_match(_pair(request, case), actor_and_time(request)),
        "Both have one shape now.",
    )
    return redirect("case_photographs", pk=case.pk)


def turn_photograph(request: HttpRequest, case: Case) -> HttpResponse:
    """Turn a photograph to the degrees posted, which pressing twice doesn't change."""
    case_photo = get_object_or_404(case.case_photos, photo=_posted_id(request, "photo"))
    return _turn(request, case, case_photo.photo, _posted_id(request, "to"))


def turn_in_pair(request: HttpRequest, case: Case) -> HttpResponse:
    """Turn a photograph of a pair, likewise."""
    side = request.POST["then"].removeprefix("turn-")
    return _turn(request, case, getattr(_pair(request, case), side), _posted_id(request, f"{side}-to"))


def _turn(request: HttpRequest, case: Case, photo: Photo, degrees: int) -> HttpResponse:
    turn = partial(photographs.turn, case, photo, degrees, actor_and_time(request))
    _run_and_report(request, turn, "It is turned to the right.")
    return redirect("case_photographs", pk=case.pk)


def delete_photograph(request: HttpRequest, case: Case) -> HttpResponse:
    """Delete a photograph that is in no pair."""
    case_photo = get_object_or_404(
        CasePhoto.objects.select_related("photo", "case"), case=case, photo=_posted_id(request, "photo")
    )
    remove = partial(photographs.remove, case_photo, actor_and_time(request))
    _run_and_report(request, remove, "The photograph is deleted.")
    return redirect("case_photographs", pk=case.pk)


def save_descriptions(request: HttpRequest, case: Case) -> HttpResponse:
    """Save the descriptions if all are valid, else none; then run the pair action that was pressed, if any."""
    forms = {
        photo.pk: PhotoForm(request.POST, instance=photo, case=case, prefix=f"photo-{photo.pk}")
        for photo in _photos(case)
        if f"photo-{photo.pk}-alt" in request.POST
    }
    invalid = {pk: form for pk, form in forms.items() if not form.is_valid()}
    if invalid:
        messages.error(request, "Nothing was saved yet. Correct what is marked below.")
        return render_photographs(request, case_or_404(case.pk), forms)
    changed = [form.instance for form in forms.values() if form.has_changed()]
    if changed:
        _run_and_report(request, lambda: photographs.save_details(case, changed, actor_and_time(request)), "Saved.")
    pair_action = PAIR_HANDLERS.get(request.POST.get("then", ""))
    return pair_action(request, case) if pair_action else redirect("case_photographs", pk=case.pk)


ACTIONS: dict[str, Callable[[HttpRequest, Case], HttpResponse]] = {
    "upload": upload,
    "pair": create_pair,
    "apart": dissolve_pair,
    "swap": swap_pair,
    "crop": crop_pair,
    "turn": turn_photograph,
    "remove": delete_photograph,
    "describe": save_descriptions,
}


PAIR_HANDLERS = {
    "swap": swap_pair,
    "crop": crop_pair,
    "apart": dissolve_pair,
    "turn-before": turn_in_pair,
    "turn-after": turn_in_pair,
}
PAIR_ACTIONS = [("swap", "Swap before and after"), ("crop", "Crop both to one shape"), ("apart", "Take the pair apart")]
