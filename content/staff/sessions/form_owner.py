"""For whom a form was shown: told by its token, which belongs to one sign-in in one browser.

Each sign-in gives the browser a new secret for its forms' tokens. A signed cookie remembers, for the last few of them,
a digest of the secret and who signed in. So a form that comes after the session has ended names its person, and proves
that this site showed it to them in this browser: no other site knows a token, current or past.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.crypto import salted_hmac

COOKIE = "staff_forms"
SALT = "content.staff.sessions.form_owner"
MAX_AGE = 7 * 24 * 60 * 60  # seconds: longer than a form stands open over a weekend
MAX_SIGN_INS = 5
TOKEN_FIELD, SECRET_LENGTH = "csrfmiddlewaretoken", 32

SignIn = list[Any]  # the digest of a secret, and the key of the user


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser whose the forms are that it is shown from now on; the user is signed in completely."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return
    sign_in: SignIn = [_digest(secret), request.user.pk]
    earlier = _sign_ins(request)
    if sign_in in earlier:
        return
    others = [known for known in earlier if known[0] != sign_in[0]]
    response.set_cookie(
        COOKIE,
        signing.dumps([sign_in, *others][:MAX_SIGN_INS], salt=SALT),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def is_known(request: HttpRequest) -> bool:
    """Return whether somebody has signed in in this browser lately."""
    return bool(_sign_ins(request))


def owner_key(request: HttpRequest) -> int | None:
    """Return the key of the user to whom this browser was shown the form that was sent, or None."""
    secret = _secret_of(request.POST.get(TOKEN_FIELD, ""))
    digest = _digest(secret) if secret else ""
    return next((int(user) for known, user in _sign_ins(request) if known == digest), None)


def _sign_ins(request: HttpRequest) -> list[SignIn]:
    """Return the remembered sign-ins, the newest first; none if the cookie is missing, old or not ours."""
    try:
        sign_ins: list[SignIn] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return []
    return sign_ins


def _secret_of(token: str) -> str:
    """Return the secret inside a form's token, or "" if this is no token."""
    internals: Any = csrf  # Django has no public way to read a token
    try:
        internals._check_token_format(token)
    except csrf.InvalidTokenFormat:
        return ""
    return token if len(token) == SECRET_LENGTH else str(internals._unmask_cipher_token(token))


def _digest(secret: str) -> str:
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:32]
