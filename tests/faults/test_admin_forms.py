"""Every form of the admin is opened and sent by each role, with and without the right, in each state of its record."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from lxml import html

from content.gallery.withdrawal import withdraw
from content.ledger import writer
from content.ledger.models import Entry, Event
from content.models import Case, Clinic, Clinician, Consent, Treatment
from content.staff.accounts import roles
from tests.factories import DAY, NOON, CaseFactory, ConsentFactory, attesting_clinician, author
from tests.rendering import text_of
from tests.sizes import IS_FULL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

RIGHTS = {"none": (), "view": ("view",), "change": ("view", "add", "change", "delete")}
SUPERUSER = "superuser"
Records = dict[str, Model]


def consents() -> Records:
    """A consent in each of its states."""
    made = {
        "in force": ConsentFactory(),
        "without its scan": ConsentFactory(form=""),
        "about to end": ConsentFactory(expires_on=DAY + timedelta(days=3)),
        "expired": ConsentFactory(expires_on=DAY - timedelta(days=1)),
        "sample": ConsentFactory(is_demo=True, form=""),
        "sample, expired": ConsentFactory(is_demo=True, expires_on=DAY - timedelta(days=1)),
        "withdrawn": ConsentFactory(),
        "ever public": CaseFactory().consent,
    }
    made["renewed"] = ConsentFactory(renews=made["in force"])
    withdraw(made["withdrawn"], actor="nina", now=NOON)
    return made


def cases() -> Records:
    """A case in each of its states."""
    made = {
        "without a consent": CaseFactory(consent=None, approved_at=None, attested_by=None),
        "without pictures": CaseFactory(approved_at=None, pairs=0),
        "waiting": CaseFactory(approved_at=None),
        "approved": CaseFactory(),
        "consent expired": CaseFactory(consent__expires_on=DAY - timedelta(days=1)),
        "sample": CaseFactory(is_demo=True),
        "withdrawn": CaseFactory(),
    }
    withdraw(made["withdrawn"].consent, actor="nina", now=NOON)
    return made


def clinicians() -> Records:
    """A clinician in each of their states."""
    return {
        "real": Clinician.objects.create(shown_name="Dr B. Real", title="Dermatologist"),
        "with a sign-in": Clinician.objects.create(shown_name="Dr C. Real", title="Dermatologist", user=author()),
        "vouches for a case": CaseFactory().attested_by,
        "sample": attesting_clinician(is_sample=True),
    }


def treatments() -> Records:
    """A treatment with its page, and one without."""
    first = Treatment.objects.get()
    values = {field.name: getattr(first, field.name) for field in Treatment._meta.concrete_fields}
    return {
        "with its page": first,
        "without": Treatment.objects.create(**{**values, "id": None, "name": "B", "page": None}),
    }


def entries() -> Records:
    """An entry of the ledger, which has one state."""
    writer.record(Event.SIGNED_IN, "nina", actor="nina", now=NOON)
    return {"written": Entry.objects.order_by("-pk")[0]}


RECORDS: dict[type[Model], Callable[[], Records]] = {
    Case: cases,
    Clinic: lambda: {"the one": Clinic.objects.get()},
    Clinician: clinicians,
    Consent: consents,
    Entry: entries,
    Treatment: treatments,
}
#: Pages of ours beside the admin's own, by the record that they are about.
BESIDE = {
    Case: ("case_photographs", "case_approve"),
    Consent: ("consent_withdraw", "consent_receipt", "consent_signed_form", "consent_everything"),
}


def person(role: str, permissions: frozenset[str]) -> User:
    """Somebody in this role with these permissions, which Django then doesn't ask the database for."""
    if role == SUPERUSER:
        return author()
    user = User.objects.get_or_create(username=f"a-{role or 'nobody'}".lower(), defaults={"is_staff": True})[0]
    user.groups.set(Group.objects.filter(name=role))
    user._perm_cache = set(permissions)  # type: ignore[attr-defined]  # where Django remembers them
    return user


def permissions_of(role: str, model: type[Model], right: str) -> frozenset[str]:
    """The permissions of a role, with this right to the model in place of its own."""
    own = roles.permissions(role) if role in roles.ROLES else frozenset()
    name = model._meta.model_name
    given = {f"content.{verb}_{name}" for verb in RIGHTS[right]}
    return (own - {f"content.{verb}_{name}" for verb in RIGHTS["change"]}) | given


def requests(model: type[Model], record: Model | None) -> Iterator[tuple[str, str]]:
    """The method and address of each form, of this record or, without one, of the model."""
    base = f"admin:content_{model._meta.model_name}"
    if record is None:
        yield from product(("get", "post"), [reverse(f"{base}_changelist"), reverse(f"{base}_add")])
        return
    for name in ("change", "delete", "history"):
        yield "get", reverse(f"{base}_{name}", args=[record.pk])
    yield "post", reverse(f"{base}_change", args=[record.pk])
    for name in BESIDE.get(model, ()):
        yield "get", reverse(name, args=[record.pk])
    if model is Case:
        yield from (("post", reverse(name, args=[record.pk])) for name in BESIDE[Case])


def answer(user: User, method: str, url: str) -> Any:
    """What the view at this address answers to a request without fields; whatever it changed is taken back."""
    request: Any = getattr(RequestFactory(), method)(url)
    request.user, request.session, request._dont_enforce_csrf_checks = user, SessionStore(), True
    request._messages, request.resolver_match = FallbackStorage(request), resolve(url)
    match = request.resolver_match
    with transaction.atomic():
        try:
            reply = match.func(request, *match.args, **match.kwargs)
            if hasattr(reply, "render"):
                reply.render()
        except (PermissionDenied, Http404) as refusal:
            return HttpResponse(status=403 if isinstance(refusal, PermissionDenied) else 404)
        except Exception as error:
            return HttpResponse(f"{type(error).__name__}: {error}", status=500)
        finally:
            transaction.set_rollback(True)
    return reply


def everyone(turn: int) -> Iterator[tuple[str, str]]:
    """Each right with every role in a full run, else with one role in turn; and a superuser, who has every right."""
    names = [*roles.ROLES, ""]
    for number, right in enumerate(RIGHTS):
        yield from ((role, right) for role in (names if IS_FULL else [names[(turn + number) % len(names)]]))
    yield SUPERUSER, "change"


def test_every_model_that_the_admin_shows_is_among_these() -> None:
    ours = {model for model in admin.site._registry if model._meta.app_label == "content"}
    assert ours == set(RECORDS)


@pytest.mark.slow
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_no_form_fails_for_any_role_right_or_state(model: type[Model]) -> None:
    states: dict[str, Model | None] = {"": None, **RECORDS[model]()}
    failed, wrong = [], []
    for turn, (state, record) in enumerate(states.items()):
        for role, right in everyone(turn):
            user = person(role, permissions_of(role, model, right))
            for method, url in requests(model, record):
                reply = answer(user, method, url)
                if reply.status_code >= 500:
                    failed.append((role, right, state, method, url, reply.content.decode()[:200]))
                elif record and method == "get" and url.endswith("/change/"):
                    expected = 403 if right == "none" else 200
                    wrong += [(role, right, state, reply.status_code)] if reply.status_code != expected else []
    assert failed == []
    assert wrong == []


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_a_form_without_the_right_to_change_shows_what_is_stored_and_no_box(model: type[Model]) -> None:
    name = model._meta.model_name
    user = person("Nurse", permissions_of("Nurse", model, "view") | {f"content.add_{name}"})
    for state, record in RECORDS[model]().items():
        page = html.fromstring(answer(user, "get", reverse(f"admin:content_{name}_change", args=[record.pk])).content)
        form = page.get_element_by_id(f"{name}_form")
        boxes = {box.get("name") for box in form.iter("input", "select", "textarea")}
        assert boxes <= {"csrfmiddlewaretoken"}, state
        rows = [text_of(row) for row in form.find_class("form-row")]
        assert len(rows) > 2, state
        assert not [row for row in rows if row.startswith(("Opened as", "Signed form"))], state
