"""The clinic of this request, read once."""

from django.http import HttpRequest

from .models import Clinic

KEPT = "_clinic"


def of_request(request: HttpRequest) -> Clinic:
    """The clinic's record; an unsaved one with a telling name where none is stored yet."""
    clinic: Clinic | None = getattr(request, KEPT, None)
    if clinic is None:
        clinic = Clinic.objects.first() or Clinic(name="Our clinic")
        setattr(request, KEPT, clinic)
    return clinic
