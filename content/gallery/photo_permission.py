"""What the public gets of a photograph, by the one rule of `CaseQuerySet.showable`."""

from datetime import date

from django.db.models import Q

from content.gallery.models import Case, EverPublic, Pair
from content.images.permission import Permission


def photograph_permission(token: str, on: date) -> Permission:
    """The permission of the photograph with this token on the clinic's local date `on`."""
    shown = (
        Pair.objects.filter(Q(before__token=token) | Q(after__token=token), case__in=Case.objects.showable(on))
        .select_related("before", "after", "case__consent")
        .first()
    )
    if shown is None or shown.case.consent is None:
        return Permission(was_public=was_public(token))
    photo = shown.before if shown.before.token == token else shown.after
    may_be_searched = shown.case.consent.for_search and not shown.case.has_cover
    return Permission(photo=photo, may_be_searched=may_be_searched, was_public=True)


def was_public(name: str) -> bool:
    """Whether the public could once reach what this code or token names."""
    return EverPublic.objects.filter(name=name).exists()
