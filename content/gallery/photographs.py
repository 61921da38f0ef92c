"""The photographs of a case as staff handle them: added, paired, cropped, described, taken out; each on record."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from content.gallery.choices import View
from content.images import comparison, ingest, storage
from content.images.models import MAX_CUT, Photo
from content.ledger.models import Event
from content.ledger.writer import record

from .approval import end_approval
from .models import Case, CasePhoto, EverPublic, Pair

MAX_BRIGHTNESS_DIFFERENCE = 0.06  # of the whole range: seen at a glance
MAX_WARMTH_DIFFERENCE = 0.04
EDITABLE_FIELDS = ("alt", "captured_on", "cut_left", "cut_top", "cut_right", "cut_bottom")
MIN_CORRELATION = 0.55  # correlation of the two pictures, small and grey


class PhotographRefusedError(Exception):
    """One sentence for staff; nothing was changed."""


@dataclass(frozen=True)
class Actor:
    """Who does something with photographs, and when."""

    actor: str
    now: datetime


def add(case: Case, file: ingest.Upload, who: Actor) -> CasePhoto:
    """Take one upload in for `case`; raises RefusedError or `ingest.UploadRefusedError`, each naming the file."""
    photo = ingest.ingest(file, now=who.now)
    try:
        check_age(case, photo, file.name)
        check_new(photo, file.name)
        with transaction.atomic():
            kept = CasePhoto.objects.create(case=case, photo=photo)
            detail = {"case": case.code, "reference": str(case.consent or "")}
            record(Event.PHOTO_ADDED, photo.token, actor=who.actor, now=who.now, detail=detail)
    except BaseException:
        photo.delete()
        storage.delete(photo.token)
        raise
    return kept


def check_age(case: Case, photo: Photo, name: str | None) -> None:
    """Raise RefusedError for a photograph from before the person is known to have been 18."""
    if case.consent and photo.captured_on and photo.captured_on < case.consent.adult_on:
        raise PhotographRefusedError(
            f"“{ingest.display_name(name)}” is from {photo.captured_on:%-d %B %Y}, before the day on which the person "
            "is known to have been 18: choose a later photograph, or correct that day in the consent."
        )


def check_new(photo: Photo, name: str | None) -> None:
    """Raise RefusedError for a photograph that is here already, or that was taken down because of its consent."""
    twins = Photo.objects.filter(sha256=photo.sha256).exclude(pk=photo.pk)
    for twin in CasePhoto.objects.filter(photo__in=twins).select_related("photo", "case__consent"):
        if twin.case.consent and twin.case.consent.withdrawn_at:
            raise PhotographRefusedError(
                f"“{ingest.display_name(name)}” was taken down because the person withdrew their consent. "
                "It can’t be put in again."
            )
        if not storage.is_outside_quarantine(twin.photo.token):
            continue  # its consent had ended, and with it the file went; a new consent may show it again
        raise PhotographRefusedError(
            f"“{ingest.display_name(name)}” is here already, in the case {twin.case.code}: use it from there."
        )


def pair(case: Case, view: View, before: Photo, after: Photo, who: Actor) -> Pair:
    """Put two photographs of `case` together; raises RefusedError."""
    with transaction.atomic():
        photos = {one.photo_id for one in CasePhoto.objects.filter(case=case, photo__in=[before, after])}
        if photos != {before.pk, after.pk} or before.pk == after.pk:
            raise PhotographRefusedError("Choose two different photographs of this case.")
        for photo in (before, after):
            if Pair.objects.filter(before=photo).exists() or Pair.objects.filter(after=photo).exists():
                raise PhotographRefusedError("One of the two is in a pair already: take that pair apart first.")
        made = Pair.objects.create(case=case, view=view, before=before, after=after)
        end_approval(case, actor=who.actor, now=who.now, because="a pair was added")
    if not made.has_matching_shapes:
        with suppress(PhotographRefusedError):  # the list of what is missing says so
            crop_to_match(made, who)
    return made


def unpair(pair: Pair, who: Actor) -> None:
    """Part the two photographs; both stay with the case."""
    with transaction.atomic():
        pair.delete()
        end_approval(pair.case, actor=who.actor, now=who.now, because="a pair was taken apart")


def swap(made: Pair, who: Actor) -> None:
    """Make the photograph before the one after, and the other way round."""
    with transaction.atomic():
        before, after = made.photos
        made.delete()
        Pair.objects.create(case=made.case, view=made.view, before=after, after=before)
        end_approval(made.case, actor=who.actor, now=who.now, because="a pair changed places")


def remove(case_photo: CasePhoto, who: Actor) -> None:
    """Delete a photograph that is in no pair, with all its files; raises RefusedError where it is in one."""
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
    """Save the words, the day and the crop of `photos`, which a form has checked; all of them or none.

    Raises RefusedError where a crop could not be made; then it is not public, and `standing.missing` says so.
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
            "The crop could not be made. Try it again, or tell whoever looks after the site."
        ) from None


def crop_to_match(made: Pair, who: Actor) -> None:
    """Cut the longer sides of the two photographs evenly, until both have the same shape."""
    shapes = [photo.shown_size[0] / photo.shown_size[1] for photo in made.photos]
    narrow = min(shapes)
    for photo, shape in zip(made.photos, shapes, strict=True):
        if shape > narrow and photo.height * narrow >= photo.width * (100 - MAX_CUT) / 100:
            left, right = cut_evenly(photo.cut_left, photo.cut_right, photo.width, photo.shown_size[1] * narrow)
            photo.cut_left, photo.cut_right = left, right
            save_details(made.case, [photo], who)
    if not made.has_matching_shapes:
        raise PhotographRefusedError(
            "Their shapes are too different to be cropped alike: use photographs of one shape."
        )


def cut_evenly(cut_low: int, cut_high: int, side: int, wanted: float) -> tuple[int, int]:
    """The hundredths to cut from both ends of `side` (pixels), so that about `wanted` pixels stay in its middle."""
    more = (100 - cut_low - cut_high) - round(wanted / side * 100)
    return cut_low + more // 2, cut_high + more - more // 2


def differences(made: Pair) -> list[str]:
    """What differs between the two apart from the skin, in sentences for staff; [] where nothing stands out."""
    before, after = (
        storage.rendition_path(photo.token, *comparison.smallest_rendition(photo.shown_size[0]), photo.cut)
        for photo in made.photos
    )
    try:
        seen = comparison.compare(before, after)
    except OSError:
        return ["The two photographs could not be compared."]
    found = []
    if abs(seen.brightness) > MAX_BRIGHTNESS_DIFFERENCE:
        found.append(f"The “after” photograph is {'brighter' if seen.brightness > 0 else 'darker'}.")
    if abs(seen.warmth) > MAX_WARMTH_DIFFERENCE:
        found.append(f"The “after” photograph is {'warmer' if seen.warmth > 0 else 'cooler'} in colour.")
    if seen.correlation < MIN_CORRELATION:
        found.append("The two are framed differently: another distance, angle or part of the body.")
    return found
