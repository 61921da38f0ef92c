"""The page “That is not allowed”: who may do what was refused, and the way back to the start page."""

from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch

from clinic_site.http.headers import is_staff_user

PERSONS = {"Doctor": "a doctor", "Nurse": "a nurse", "Owner": "the owner", "Reception": "the reception"}
NOBODY = "Your account may not do this. Ask the owner of the site if you need it."
ADMIN_VERBS = {"add": "add", "change": "view", "changelist": "view", "delete": "delete", "history": "view"}


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the sentence of the refusal or, if it has none, who may open this address."""
    is_staff = is_staff_user(request)
    sentence = str(exception) or (who_may(request.resolver_match) if is_staff else "") or NOBODY
    return render(request, "403.html", {"sentence": sentence, "is_staff": is_staff}, status=403)


def who_may(match: ResolverMatch | None) -> str:
    """Return in a sentence which roles have the permission that this address takes; "" if that is unknown."""
    app, _, codename = _permission(match).partition(".")
    codenames = {codename, codename.replace("view_", "change_")}  # who may change a record may look at it
    granted = Group.objects.filter(
        permissions__codename__in=codenames, permissions__content_type__app_label=app
    ).distinct()
    persons = [PERSONS[name] for name in granted.order_by("name").values_list("name", flat=True) if name in PERSONS]
    if not codename or not persons:
        return ""
    whom = " or ".join([", ".join(persons[:-1]), persons[-1]] if persons[1:] else persons)
    return f"This is for {whom}. Ask if you need something done there."


def _permission(match: ResolverMatch | None) -> str:
    """Return the permission as `app.codename` that a view of ours, or a page of the admin, takes; "" if unknown."""
    if match is None:
        return ""
    named: str = getattr(match.func, "staff_permission", "")
    app, _, rest = (match.url_name or "").partition("_")
    model, _, verb = rest.rpartition("_")
    if named or match.namespace != "admin" or verb not in ADMIN_VERBS:
        return named
    return f"{app}.{ADMIN_VERBS[verb]}_{model}"
