"""What the public gets of a photograph, by the one rule of `CaseQuerySet.showable`."""

from datetime import date

from django.db.models import Q

from content.consent.wording import Scope
from content.images.permission import Permission

from .models import Case, EverPublic


def of_photograph(token: str, on: date) -> Permission:
    """The permission of the photograph with this token on the clinic's local date `on`."""
    shown = Case.objects.showable(on, Scope.WEBSITE).filter(
        Q(pairs__before__token=token) | Q(pairs__after__token=token)
    )
    for_search = shown.values_list("consent__for_search", flat=True).first()
    if for_search is not None:
        return Permission(may_show=True, may_be_searched=for_search, was_public=True)
    return Permission(was_public=was_public(token))


def was_public(name: str) -> bool:
    """Whether the public could once reach what this code or token names."""
    return EverPublic.objects.filter(name=name).exists()
