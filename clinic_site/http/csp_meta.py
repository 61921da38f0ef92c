"""The policy inside every page for visitors: the hashes of its style and script, carried by the page itself.

nginx hands out files and can't know a page's hashes: its header has to allow what stands inside pages. A browser takes
only what both policies allow, so this one makes the whole as strict as the header that Django sends.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from clinic_site.assets.stylesheet import CSP_META
from clinic_site.http import headers

PLACEHOLDER = b"<!--policy-->"  # in the head, before anything that a policy is about
PAGE_DIRECTIVES = ("script-src ", "style-src ")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class CspMetaMiddleware:
    """Fills the mark in the head, once `StyleMiddleware` has noted the hashes; staff's pages have the header alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put the tag in place of the mark."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and PLACEHOLDER in response.content:
            inside = b"" if headers.is_staff_response(request) else csp_meta_tag(request).encode()
            response.content = response.content.replace(PLACEHOLDER, inside, 1)
            response["Content-Length"] = str(len(response.content))
        return response


def csp_meta_tag(request: HttpRequest) -> str:
    """The part of a visitor's policy that differs from page to page."""
    whole = headers.content_security_policy(request, is_for_staff=False)
    said = "; ".join(one for one in whole.split("; ") if one.startswith(PAGE_DIRECTIVES))
    return f'<meta http-equiv="Content-Security-Policy" content="{said}">'


def has_csp_meta(html: str) -> bool:
    """Whether a page carries its policy, before anything else that a browser acts on."""
    found = CSP_META.search(html)
    return found is not None and not re.search(r"<(?:script|style|link|body)\b", html[: found.start()])
