"""The pages on which staff put a case's photographs together, and a doctor approves it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from clinic_site.http.whole_number import whole_number
from content.gallery import approval, photographs, readiness
from content.gallery.choices import View
from content.gallery.models import Case, CasePhoto, Pair
from content.images import ingest
from content.staff.cases.forms import ApprovalForm, PairForm, PhotoForm
from content.staff.views import needs, page

FULL = "The server could not save this: its disk may be full. Nothing was changed; tell whoever looks after the site."


def who(request: HttpRequest) -> photographs.Who:
    """Who asks, now."""
    return photographs.Who(request.user.get_username(), timezone.now())


def _case(pk: int) -> Case:
    return get_object_or_404(Case.objects.select_related("consent", "treatment").with_pictures(), pk=pk)


@needs("view_case")
def photographs_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload, pair, describe and crop; each button is a POST of its own and says what it did."""
    case = _case(pk)
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
    return show_photographs(request, case)


def show_photographs(request: HttpRequest, case: Case, invalid: dict[int, PhotoForm] | None = None) -> HttpResponse:
    """The page, with the forms that were refused as they were filled in."""
    on = timezone.localdate()
    pairs = list(case.pairs.all())
    paired = {photo.pk for one in pairs for photo in one.photos}
    tray = [one.photo for one in case.case_photos.select_related("photo") if one.photo_id not in paired]
    in_pairs = [photo for one in pairs for photo in one.photos]
    forms = {photo.pk: PhotoForm(instance=photo, case=case, prefix=f"photo-{photo.pk}") for photo in in_pairs}
    forms |= invalid or {}
    by_day = sorted(tray, key=lambda photo: (photo.captured_on is None, photo.captured_on or on, photo.pk))
    dated = [photo for photo in by_day if photo.captured_on]
    first = PairForm(tray=tray, initial={"before": dated[0], "after": dated[-1]} if len(dated) > 1 else {})
    return page(
        request,
        "staff/case_photographs.html",
        f"Photographs: {case.title}",
        help="photographs",
        case=case,
        pairs=[(one, photographs.differences(one), [(p, forms[p.pk]) for p in one.photos]) for one in pairs],
        tray=by_day,
        pair_form=first,
        pair_actions=PAIR_ACTIONS,
        can_change=request.user.has_perm("content.change_case")
        and not (case.is_demo or (case.consent and case.consent.withdrawn_at)),
        **_standing(case),
    )


def _standing(case: Case) -> dict[str, Any]:
    on = timezone.localdate()
    return {
        "state": readiness.state(case, on),
        "missing": readiness.missing(case, on),
        "may_it": readiness.why_not(case, on, is_showable=case.is_showable(on)),
        "warning": readiness.warning(case, on),
    }


def upload(request: HttpRequest, case: Case) -> HttpResponse:
    """Take each file in by itself: one that is refused gets its sentence, the others are kept."""
    files = request.FILES.getlist("photographs")
    said: list[tuple[bool, str]] = [] if files else [(False, "Choose one or more photographs first.")]
    for file in files:
        try:
            kept = photographs.add(case, file, who(request))
        except (ingest.RefusedError, photographs.RefusedError) as refusal:
            said.append((False, str(refusal)))
        else:
            day = kept.photo.captured_on
            when = f"taken on {day:%-d %B %Y}" if day else "write the day it was taken"
            said.append((True, f"“{ingest.shown_name(file.name)}” is kept: {when}."))
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": [{"is_kept": is_kept, "sentence": sentence} for is_kept, sentence in said]})
    for is_kept, sentence in said:
        messages.add_message(request, messages.SUCCESS if is_kept else messages.ERROR, sentence)
    return redirect("case_photographs", pk=case.pk)


def put_together(request: HttpRequest, case: Case) -> HttpResponse:
    """Make a pair of two photographs."""
    form = PairForm(request.POST, tray=[one.photo for one in case.case_photos.select_related("photo")])
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
    else:
        chosen = form.cleaned_data
        _try(
            request,
            lambda: photographs.pair(case, View(chosen["view"]), chosen["before"], chosen["after"], who(request)),
            "The two are a pair now.",
        )
    return redirect("case_photographs", pk=case.pk)


def _try(request: HttpRequest, verb: Callable[[], Any], done: str) -> None:
    try:
        verb()
    except photographs.RefusedError as refusal:
        messages.error(request, str(refusal))
    except OSError:
        messages.error(request, FULL)
    else:
        messages.success(request, done)


def _pair(request: HttpRequest, case: Case) -> Pair:
    return get_object_or_404(Pair.objects.select_related("before", "after"), case=case, pk=_key(request, "pair"))


def _key(request: HttpRequest, name: str) -> int:
    """The number that was posted under this name; 0, which nothing has, where none was."""
    return whole_number(request.POST.get(name, "")) or 0


def take_apart(request: HttpRequest, case: Case) -> HttpResponse:
    """Part a pair."""
    _try(request, lambda: photographs.take_apart(_pair(request, case), who(request)), "The pair is taken apart.")
    return redirect("case_photographs", pk=case.pk)


def change_places(request: HttpRequest, case: Case) -> HttpResponse:
    """Swap before and after."""
    _try(request, lambda: photographs.change_places(_pair(request, case), who(request)), "They have changed places.")
    return redirect("case_photographs", pk=case.pk)


def crop_alike(request: HttpRequest, case: Case) -> HttpResponse:
    """Give both of a pair one shape."""
    _try(request, lambda: photographs.crop_alike(_pair(request, case), who(request)), "Both have one shape now.")
    return redirect("case_photographs", pk=case.pk)


def remove(request: HttpRequest, case: Case) -> HttpResponse:
    """Delete a photograph that is in no pair."""
    kept = get_object_or_404(CasePhoto.objects.select_related("photo", "case"), case=case, photo=_key(request, "photo"))
    _try(request, lambda: photographs.remove(kept, who(request)), "The photograph is deleted.")
    return redirect("case_photographs", pk=case.pk)


def describe(request: HttpRequest, case: Case) -> HttpResponse:
    """Save what was written beside photographs; what is refused stays as it was typed, and nothing is half-saved."""
    kept = [one.photo for one in case.case_photos.select_related("photo")]
    forms = {
        photo.pk: PhotoForm(request.POST, instance=photo, case=case, prefix=f"photo-{photo.pk}")
        for photo in kept
        if f"photo-{photo.pk}-alt" in request.POST
    }
    wrong = {pk: form for pk, form in forms.items() if not form.is_valid()}
    if wrong:
        messages.error(request, "Nothing was saved yet. Correct what is marked below.")
        return show_photographs(request, _case(case.pk), forms)
    changed = [form.instance for form in forms.values() if form.has_changed()]
    if changed:
        _try(request, lambda: photographs.describe(case, changed, who(request)), "Saved.")
    then = AFTERWARDS.get(request.POST.get("then", ""))
    return then(request, case) if then else redirect("case_photographs", pk=case.pk)


ACTIONS: dict[str, Callable[[HttpRequest, Case], HttpResponse]] = {
    "upload": upload,
    "pair": put_together,
    "apart": take_apart,
    "swap": change_places,
    "crop": crop_alike,
    "remove": remove,
    "describe": describe,
}


AFTERWARDS = {"swap": change_places, "crop": crop_alike, "apart": take_apart}
PAIR_ACTIONS = [("swap", "Swap before and after"), ("crop", "Crop both to one shape"), ("apart", "Take the pair apart")]


@needs("approve_case")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A doctor grades, vouches and approves; or takes the approval away."""
    case = _case(pk)
    form = ApprovalForm(request.POST or None, instance=case)
    if request.method == "POST" and request.POST.get("do") == "end":
        approval.end_approval(
            case, actor=request.user.get_username(), now=timezone.now(), because="a doctor took it down"
        )
        messages.success(request, "The case is off the website.")
        return redirect("case_approve", pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            approval.approve(
                form.instance,
                actor=request.user.get_username(),
                now=timezone.now(),
                on=timezone.localdate(),
                seen=request.POST.get("seen") or "nothing",
            )
        except approval.NotReadyError as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem)
        else:
            see = format_html('Approved. <a href="{}">See it.</a>', reverse("case", args=[case.code]))
            messages.success(request, see if case.is_showable(timezone.localdate()) else "Approved.")
            return redirect("case_approve", pk=pk)
    shown = _case(pk)
    return page(
        request,
        "staff/case_approve.html",
        f"Approval: {shown.title}",
        help="photographs",
        case=shown,
        form=form,
        seen=approval.fingerprint(shown),
        pairs=[(one, photographs.differences(one)) for one in shown.pairs.all()],
        **_standing(shown),
    )
