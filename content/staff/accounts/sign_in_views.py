"""Signing in, changing a password, and redeeming a one-time link."""

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

from clinic_site import disk_room
from clinic_site.http.headers import is_staff_user
from content.ledger.models import Event
from content.ledger.writer import record
from content.staff.accounts import lockout, one_time_links, session, usernames
from content.staff.accounts.access_middleware import has_role
from content.staff.accounts.models import SignInLink
from content.staff.views import is_in_window, render_page

LINK_NOT_VALID = "This link was used already, or is older than a day. Ask the owner of the site for a new one."


class SignInForm(AdminAuthenticationForm):
    """User name and password."""

    def clean_username(self) -> str:
        """Return the name as its account spells it; refuse one that is longer than any, or than a failure can store."""
        username = str(self.cleaned_data["username"])
        if len(username) > (self.username_field.max_length or 0):
            raise self.get_invalid_login_error()
        user = usernames.find(username)
        return user.username if user else username


class SignInView(LoginView):
    """Sign in with name and password; the middleware then asks for the second factor."""

    template_name = "admin/login.html"
    authentication_form = SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Redirect whoever is signed in already."""
        if request.method == "GET" and is_staff_user(request) and has_role(request.user):
            return redirect(session.next_url(request))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; without a second factor the sign-in is complete here. On a full disk it uses the room set aside."""
        disk_room.use_reserve()  # somebody may have to withdraw a consent
        reply = super().form_valid(form)
        if not settings.SECOND_FACTOR:
            session.complete_sign_in(self.request, form.get_user())
        return reply

    def get_form_kwargs(self) -> dict[str, Any]:
        """Write labels without a colon, as on the other pages."""
        return {**super().get_form_kwargs(), "label_suffix": ""}

    def get_success_url(self) -> str:
        """Return where the person was going."""
        return session.next_url(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the context of the admin's layout."""
        values = {**admin.site.each_context(self.request), "title": "Sign in", "is_popup": is_in_window(self.request)}
        return super().get_context_data(**values, **kwargs)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the user's password; wrong old passwords count towards the lockout."""
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
        """Find the open link of this code."""
        self.link = one_time_links.find_open_link(self.cleaned_data["code"], now=self.now)
        if self.link is None:
            raise forms.ValidationError(LINK_NOT_VALID)
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        """Check that the passwords match and satisfy the password rules for this person."""
        self.validate_passwords()
        if self.link:
            self.validate_password_for_user(self.link.user, "password2")
        return self.cleaned_data


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def redeem_link(request: HttpRequest) -> HttpResponse:
    """Show the form of a one-time link; only sending a new password uses the link up."""
    now = timezone.now()
    form = LinkForm(request.POST or None, initial={"code": request.GET.get("code", "")}, now=now)
    if request.method == "POST" and form.is_valid() and form.link:
        if one_time_links.redeem_link(form.link, form.cleaned_data["password1"], now=now):
            messages.success(request, f"Your password is set. Sign in as {form.link.user.get_username()}.")
            return redirect("admin:login")
        form.add_error("code", LINK_NOT_VALID)
    return render_page(request, "staff/redeem_link.html", "Set your password", form=form)
