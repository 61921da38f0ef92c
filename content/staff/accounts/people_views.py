"""The pages on which the owner manages the accounts of staff."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from content.staff.accounts import one_time_links, people, qr_code, usernames
from content.staff.accounts.people_forms import NewPersonForm, PersonForm
from content.staff.views import render_page, staff_view


@staff_view("manage_people")
def index(request: HttpRequest) -> HttpResponse:
    """List all accounts."""
    return render_page(
        request,
        "staff/people.html",
        "People",
        help="people",
        people=people.all_accounts(),
        twins=usernames.case_twins(),
    )


@staff_view("manage_people")
def add(request: HttpRequest) -> HttpResponse:
    """Add an account, then show its person's page, where the one-time link is made."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = request.user.get_username()
        user = people.add(**form.cleaned_data, actor=actor, now=timezone.now())
        messages.success(request, f"{user.first_name} has an account. Give them a one-time link to set a password.")
        return redirect("person", pk=user.pk)
    return render_page(request, "staff/person_add.html", "Add a person", help="people", form=form)


@staff_view("manage_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change a person's name and roles, with buttons for a link and for deactivation."""
    user = get_object_or_404(people.managed_accounts(), pk=pk)
    is_self = user.pk == request.user.pk
    initial = {"name": user.first_name, "roles": user.groups.all(), "clinician": getattr(user, "clinician", None)}
    form = PersonForm(request.POST or None, person=user, is_self=is_self, initial=initial)
    if request.method == "POST" and form.is_valid():
        people.change(user, **form.cleaned_data, actor=request.user.get_username(), now=timezone.now())
        messages.success(request, "Saved.")
        return redirect("person", pk=pk)
    title = user.first_name or user.username
    return render_page(request, "staff/person.html", title, help="people", form=form, person=user, is_self=is_self)


@staff_view("manage_people")
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate or reactivate the account."""
    user, actor = _somebody_else(request, pk), request.user.get_username()
    if request.POST.get("do") == "shut":
        people.deactivate(user, actor=actor, now=timezone.now())
        messages.success(request, "Shut. From now on nobody gets in with this account.")
    elif request.POST.get("do") == "open":
        people.reactivate(user, actor=actor, now=timezone.now())
        messages.success(request, "Open again, with the password and the telephone from before.")
    return redirect("person", pk=pk)


@staff_view("manage_people")
def give_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a one-time link and show it once, to be printed and handed over."""
    user = _somebody_else(request, pk)
    if not user.is_active:
        messages.error(request, "This account is shut. Open it again first.")
        return redirect("person", pk=pk)
    has_lost_telephone = request.POST.get("has_lost_telephone") == "on"
    now = timezone.now()
    code = one_time_links.create_link(
        user, actor=request.user.get_username(), now=now, has_lost_telephone=has_lost_telephone
    )
    address = request.build_absolute_uri(reverse("sign_in_link"))
    return render_page(
        request,
        "staff/person_link.html",
        f"A link for {user.first_name or user.username}",
        person=user,
        code=code,
        address=address,
        until=now + one_time_links.LIFETIME,
        has_lost_telephone=has_lost_telephone,
        picture=qr_code.data_uri(f"{address}?code={code}"),
    )


def _somebody_else(request: HttpRequest, pk: int) -> User:
    """Return the person that a POST is about; raise 404 on GET, PermissionDenied if it is the user themselves."""
    if request.method != "POST":
        raise Http404
    user = get_object_or_404(people.managed_accounts(), pk=pk)
    if user.pk == request.user.pk:
        raise PermissionDenied("Nobody does this for themselves. Ask another owner.")
    return user
