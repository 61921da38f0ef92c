"""The CSP `<meta>` tag of visitors' pages: the hashes of a page's inline style and script, carried by the page itself.

nginx serves files and can't know a page's hashes, so its header has to allow inline code in general. A browser enforces
both policies, so the tag makes the whole as strict as the header that Django sends.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from clinic_site.assets.stylesheet import CSP_META
from clinic_site.http import headers

PLACEHOLDER = b"<!--policy-->"  # in the head, before anything that a policy applies to
PAGE_DIRECTIVES = ("script-src ", "style-src ")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class CspMetaMiddleware:
    """Replaces the placeholder in the head once `InlineStyleMiddleware` has noted the hashes; not for staff."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Replace the placeholder by the tag, or by nothing in a staff response, which has the header alone."""
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and PLACEHOLDER in response.content:
            tag = b"" if headers.is_staff_response(request) else csp_meta_tag(request).encode()
            response.content = response.content.replace(PLACEHOLDER, tag, 1)
            response["Content-Length"] = str(len(response.content))
        return response


def csp_meta_tag(request: HttpRequest) -> str:
    """Return the tag with the directives of the visitors' policy that differ from page to page."""
    policy = headers.content_security_policy(request, is_for_staff=False)
    directives = "; ".join(directive for directive in policy.split("; ") if directive.startswith(PAGE_DIRECTIVES))
    return f'<meta http-equiv="Content-Security-Policy" content="{directives}">'


def has_csp_meta(html: str) -> bool:
    """Return whether a page carries its policy before anything that the policy applies to."""
    tag = CSP_META.search(html)
    return tag is not None and not re.search(r"<(?:script|style|link|body)\b", html[: tag.start()])
