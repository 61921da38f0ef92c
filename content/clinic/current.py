"""The clinic of this request and its people, each read once."""

from django.http import HttpRequest

from clinic_site.page_cache import process_cache

from .models import Clinic, Clinician

KEPT = "_clinic"
KEPT_PEOPLE = "_clinicians"


def of_request(request: HttpRequest) -> Clinic:
    """The clinic's record; an unsaved one with a telling name where none is stored yet."""
    clinic: Clinic | None = getattr(request, KEPT, None)
    if clinic is None:
        clinic = process_cache.own(request, KEPT, lambda: Clinic.objects.first() or Clinic(name="Our clinic"))
        setattr(request, KEPT, clinic)
    return clinic


def people_of_request(request: HttpRequest) -> list[Clinician]:
    """The clinic's people in the order of their names."""
    people: list[Clinician] | None = getattr(request, KEPT_PEOPLE, None)
    if people is None:
        people = process_cache.own(request, KEPT_PEOPLE, lambda: list(Clinician.objects.all()))
        setattr(request, KEPT_PEOPLE, people)
    return people
