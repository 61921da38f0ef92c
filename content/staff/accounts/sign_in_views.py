"""Signing in, changing a password, and the page of a one-time link."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import SetPasswordMixin
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clinic_site.http.headers import is_staff_user
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import lockout, one_time_links, session
from content.staff.accounts.access_middleware import has_role
from content.staff.accounts.models import SignInLink
from content.staff.views import render_page

LINK_NOT_VALID = "This link was used already, or is older than a day. Ask the owner of the site for a new one."


class SignInForm(AdminAuthenticationForm):
    """Name and password."""

    def clean_username(self) -> str:
        """A name too long to be anybody's isn't looked for: PostgreSQL couldn't count the guess."""
        username = str(self.cleaned_data["username"])
        if len(username) > (self.username_field.max_length or 0):
            raise self.get_invalid_login_error()
        return username


class SignInView(LoginView):
    """The one sign-in: name and password; the second factor is asked for at the next address."""

    template_name = "admin/login.html"
    authentication_form = SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever is signed in already goes on."""
        if request.method == "GET" and is_staff_user(request) and has_role(request.user):
            return redirect(session.next_url(request))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; where no code is asked for, that is all of it."""
        reply = super().form_valid(form)
        if not settings.SECOND_FACTOR:
            session.complete_sign_in(self.request, form.get_user())
        return reply

    def get_form_kwargs(self) -> dict[str, Any]:
        """Its labels are like those of the other pages."""
        return {**super().get_form_kwargs(), "label_suffix": ""}

    def get_success_url(self) -> str:
        """Where the person was going."""
        return session.next_url(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the dress of the admin."""
        return super().get_context_data(**admin.site.each_context(self.request), title="Sign in", **kwargs)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """A signed-in person's new password; wrong guesses at the old one count like those at the sign-in."""
    name = request.user.get_username()
    if request.method == "POST" and lockout.is_locked(request, name):
        return lockout.lockout_response(request)
    reply: HttpResponse = admin.site.admin_view(admin.site.password_change)(request)
    if isinstance(reply, TemplateResponse):
        form = (reply.context_data or {})["form"]
        if form.has_error("old_password", "password_incorrect"):
            lockout.record_failure(request, name)
    elif request.method == "POST" and reply.status_code == HTTPStatus.FOUND:
        record(Event.PASSWORD_CHANGED, name[:80], actor=name, now=timezone.now())
    return reply


class LinkForm(SetPasswordMixin, forms.Form):
    """The code of a one-time link, and the new password twice."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="As it is printed under the link; capitals and hyphens don’t matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields("New password", "New password again")

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.now = now
        self.link: SignInLink | None = None
        self.fields["password2"].help_text = ""

    def clean_code(self) -> str:
        """Only of a link that is open."""
        self.link = one_time_links.find_open_link(self.cleaned_data["code"], now=self.now)
        if self.link is None:
            raise forms.ValidationError(LINK_NOT_VALID)
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        """Both passwords the same, and a good one for this person."""
        self.validate_passwords()
        if self.link:
            self.validate_password_for_user(self.link.user, "password2")
        return self.cleaned_data


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def redeem_link(request: HttpRequest) -> HttpResponse:
    """The page of a one-time link. Opening it changes nothing; sending a new password uses it up."""
    now = timezone.now()
    form = LinkForm(request.POST or None, initial={"code": request.GET.get("code", "")}, now=now)
    if request.method == "POST" and form.is_valid() and form.link:
        if one_time_links.redeem_link(form.link, form.cleaned_data["password1"], now=now):
            messages.success(request, f"Your password is set. Sign in as {form.link.user.get_username()}.")
            return redirect("admin:login")
        form.add_error("code", LINK_NOT_VALID)
    return render_page(request, "staff/redeem_link.html", "Set your password", form=form)
