"""The clinic of this request and its people, each read once."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Clinic, Clinician

CLINIC_ATTRIBUTE = "_clinic"
CLINICIANS_ATTRIBUTE = "_clinicians"


def of_request(request: HttpRequest) -> Clinic:
    """The clinic's record; an unsaved one with a telling name where none is stored yet."""
    clinic: Clinic | None = getattr(request, CLINIC_ATTRIBUTE, None)
    if clinic is None:
        clinic = process_cache.get_copy(
            request, CLINIC_ATTRIBUTE, lambda: Clinic.objects.first() or Clinic(name="Our clinic")
        )
        setattr(request, CLINIC_ATTRIBUTE, clinic)
    return clinic


def clinicians_of_request(request: HttpRequest) -> list[Clinician]:
    """The clinic's people in the order of their names."""
    people: list[Clinician] | None = getattr(request, CLINICIANS_ATTRIBUTE, None)
    if people is None:
        people = process_cache.get_copy(request, CLINICIANS_ATTRIBUTE, lambda: list(Clinician.objects.all()))
        setattr(request, CLINICIANS_ATTRIBUTE, people)
    return people
