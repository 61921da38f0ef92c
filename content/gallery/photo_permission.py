"""What the public gets of a photograph, by the rule `CaseQuerySet.showable` in `gallery/models.py`."""

from datetime import date

from django.db.models import Q

from content.gallery.models import Case, EverPublic, Pair
from content.images.permission import Permission


def photograph_permission(token: str, on: date) -> Permission:
    """Return the permission of the photograph with this token on the clinic's local date `on`."""
    pair = (
        Pair.objects.filter(Q(before__token=token) | Q(after__token=token), case__in=Case.objects.showable(on))
        .select_related("before", "after", "case__consent")
        .first()
    )
    if pair is None or pair.case.consent is None:
        return Permission(was_public=was_public(token))
    photo = pair.before if pair.before.token == token else pair.after
    may_be_searched = pair.case.consent.for_search and not pair.case.has_cover
    return Permission(photo=photo, may_be_searched=may_be_searched, was_public=True)


def was_public(name: str) -> bool:
    """Return whether what this code or token names was ever public."""
    return EverPublic.objects.filter(name=name).exists()
