"""What staff do with the photographs of a case: add, pair, crop, describe and remove them, each recorded."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from content.gallery.choices import View
from content.images import comparison, ingest, storage
from content.images.models import MAX_CUT, QUARTER_TURNS, Photo
from content.ledger.models import Event
from content.ledger.writer import record

from .approval import end_approval
from .models import Case, CasePhoto, EverPublic, Pair

MAX_BRIGHTNESS_DIFFERENCE = 0.06  # of the whole range: more is seen at a glance
MAX_WARMTH_DIFFERENCE = 0.04
EDITABLE_FIELDS = ("alt", "captured_on", "cut_left", "cut_top", "cut_right", "cut_bottom", "tilt", "turned")
MIN_CORRELATION = 0.55  # of the two pictures, small and grey


class PhotographRefusedError(Exception):
    """One sentence for staff; nothing was changed."""


@dataclass(frozen=True)
class Actor:
    """Who does something with photographs, and when."""

    actor: str
    now: datetime


def add(case: Case, file: ingest.Upload, who: Actor) -> CasePhoto:
    """Ingest an upload for `case`; raises PhotographRefusedError or UploadRefusedError, each naming the file."""
    photo = ingest.ingest(file, now=who.now)
    try:
        check_age(case, photo, file.name)
        check_new(photo, file.name)
        with transaction.atomic():
            case_photo = CasePhoto.objects.create(case=case, photo=photo)
            detail = {"case": case.code, "reference": str(case.consent or "")}
            record(Event.PHOTO_ADDED, photo.token, actor=who.actor, now=who.now, detail=detail)
    except BaseException:
        photo.delete()
        storage.delete(photo.token)
        raise
    return case_photo


def check_age(case: Case, photo: Photo, name: str | None) -> None:
    """Raise PhotographRefusedError for a photograph from before the person is known to have been 18."""
    if case.consent and photo.captured_on and photo.captured_on < case.consent.adult_on:
        raise PhotographRefusedError(
            f"“{ingest.display_name(name)}” is from {photo.captured_on:%-d %B %Y}, before the day on which the person "
            "is known to have been 18: choose a later photograph, or correct that day in the consent."
        )


def check_new(photo: Photo, name: str | None) -> None:
    """Raise PhotographRefusedError for a photograph that is here already, or was taken down by a withdrawal."""
    twins = Photo.objects.filter(sha256=photo.sha256).exclude(pk=photo.pk)
    for twin in CasePhoto.objects.filter(photo__in=twins).select_related("photo", "case__consent"):
        if twin.case.consent and twin.case.consent.withdrawn_at:
            raise PhotographRefusedError(
                f"“{ingest.display_name(name)}” was taken down because the person withdrew their consent. "
                "It can’t be put in again."
            )
        if not storage.is_outside_quarantine(twin.photo.token):
            continue  # its consent has ended and its file is in quarantine; a new consent may show it again
        raise PhotographRefusedError(
            f"“{ingest.display_name(name)}” is here already, in the case {twin.case.code}: use it from there."
        )


def pair(case: Case, view: View, before: Photo, after: Photo, who: Actor) -> Pair:
    """Pair two photographs of `case`; raises PhotographRefusedError."""
    with transaction.atomic():
        photos = {case_photo.photo_id for case_photo in CasePhoto.objects.filter(case=case, photo__in=[before, after])}
        if photos != {before.pk, after.pk} or before.pk == after.pk:
            raise PhotographRefusedError("Choose two different photographs of this case.")
        for photo in (before, after):
            if Pair.objects.filter(before=photo).exists() or Pair.objects.filter(after=photo).exists():
                raise PhotographRefusedError("One of the two is in a pair already: take that pair apart first.")
        new_pair = Pair.objects.create(case=case, view=view, before=before, after=after)
        end_approval(case, actor=who.actor, now=who.now, because="a pair was added")
    if not new_pair.has_matching_shapes:
        with suppress(PhotographRefusedError):  # `missing_items` reports it
            crop_to_match(new_pair, who)
    return new_pair


def unpair(pair: Pair, who: Actor) -> None:
    """Take a pair apart; both photographs stay with the case."""
    with transaction.atomic():
        pair.delete()
        end_approval(pair.case, actor=who.actor, now=who.now, because="a pair was taken apart")


def swap(old_pair: Pair, who: Actor) -> None:
    """Exchange the photographs before and after."""
    with transaction.atomic():
        before, after = old_pair.photos
        old_pair.delete()
        Pair.objects.create(case=old_pair.case, view=old_pair.view, before=after, after=before)
        end_approval(old_pair.case, actor=who.actor, now=who.now, because="a pair changed places")


def remove(case_photo: CasePhoto, who: Actor) -> None:
    """Delete a photograph with all its files; raises PhotographRefusedError if it is in a pair."""
    photo = case_photo.photo
    with transaction.atomic():
        if Pair.objects.filter(before=photo).exists() or Pair.objects.filter(after=photo).exists():
            raise PhotographRefusedError("It is in a pair: take that pair apart first.")
        case_photo.delete()
        photo.delete()
        was_public = EverPublic.objects.filter(name=photo.token).exists()
        detail = {"case": case_photo.case.code, "was_public": was_public}
        record(Event.PHOTO_REMOVED, photo.token, actor=who.actor, now=who.now, detail=detail)
        transaction.on_commit(lambda: storage.delete(photo.token))


def save_details(case: Case, photos: list[Photo], who: Actor) -> None:
    """Save the description, the date and the crop of `photos`, which a form has validated; all of them or none.

    Raises PhotographRefusedError if one could not be rendered; then the case is not public, as `missing_items` says.
    """
    recropped = []
    with transaction.atomic():
        for photo in photos:
            stored = Photo.objects.select_for_update().get(pk=photo.pk)
            changed = [name for name in EDITABLE_FIELDS if getattr(stored, name) != getattr(photo, name)]
            if not changed:
                continue
            end_approval(case, actor=who.actor, now=who.now, because="a photograph was changed")
            photo.save(update_fields=changed)
            detail = {"case": case.code, "changed": changed}
            record(Event.PHOTO_CHANGED, photo.token, actor=who.actor, now=who.now, detail=detail)
            if stored.cut != photo.cut:
                recropped.append(photo)
    try:
        ingest.rerender(recropped)
    except (ingest.RefusalReason, OSError):
        raise PhotographRefusedError(
            "It could not be drawn anew. Try it again, or tell whoever looks after the site."
        ) from None


def turn(case: Case, photo: Photo, degrees: int, who: Actor) -> None:
    """Turn a photograph of `case` with its crop, to `degrees` from how it came in; raises PhotographRefusedError."""
    if degrees not in QUARTER_TURNS:
        raise PhotographRefusedError("A photograph can be turned by quarters only.")
    while photo.turned != degrees:
        photo.turn_right()
    save_details(case, [photo], who)


def crop_to_match(case_pair: Pair, who: Actor) -> None:
    """Crop the longer sides of the two photographs evenly, until both have the same shape."""
    shapes = [photo.shown_size[0] / photo.shown_size[1] for photo in case_pair.photos]
    narrow = min(shapes)
    for photo, shape in zip(case_pair.photos, shapes, strict=True):
        width, height = photo.size
        if shape > narrow and height * narrow >= width * (100 - MAX_CUT) / 100:
            left, right = cut_evenly(photo.cut_left, photo.cut_right, width, photo.shown_size[1] * narrow)
            photo.cut_left, photo.cut_right = left, right
            save_details(case_pair.case, [photo], who)
    if not case_pair.has_matching_shapes:
        raise PhotographRefusedError(
            "Their shapes are too different to be cropped alike: use photographs of one shape."
        )


def cut_evenly(cut_low: Decimal, cut_high: Decimal, side: int, wanted: float) -> tuple[Decimal, Decimal]:
    """Return the hundredths to cut from both ends of `side` (pixels), so that about `wanted` pixels remain."""
    more = (100 - cut_low - cut_high) - round(Decimal(wanted / side * 100), 1)
    half = round(more / 2, 1)
    return cut_low + half, cut_high + more - half


def differences(case_pair: Pair) -> list[str]:
    """Return what differs between the two apart from the skin, in sentences for staff; [] if nothing stands out."""
    before, after = (
        storage.rendition_path(photo.token, *comparison.smallest_rendition(photo.shown_size[0]), photo.cut)
        for photo in case_pair.photos
    )
    try:
        difference = comparison.compare(before, after)
    except OSError:
        return ["The two photographs could not be compared."]
    sentences = []
    if abs(difference.brightness) > MAX_BRIGHTNESS_DIFFERENCE:
        sentences.append(f"The “after” photograph is {'brighter' if difference.brightness > 0 else 'darker'}.")
    if abs(difference.warmth) > MAX_WARMTH_DIFFERENCE:
        sentences.append(f"The “after” photograph is {'warmer' if difference.warmth > 0 else 'cooler'} in colour.")
    if difference.correlation < MIN_CORRELATION:
        sentences.append("The two are framed differently: another distance, angle or part of the body.")
    return sentences
