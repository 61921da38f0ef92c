"""The gate in front of every address that the CMS brings along: what is not listed as in use is refused."""

from collections.abc import Callable
from typing import Any

from cms.models import Page, PageContent
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest

from clinic_site.http.headers import is_staff_user
from clinic_site.http.whole_number import whole_number
from content.cms_adapter import endpoints, parameters
from content.cms_adapter.endpoints import Access
from content.reviews import rules

NO_EDITING = "This belongs to the editor of pages, which your account may not use. Nothing was changed."
NO_ADDING = "Your account may not make new pages. Nothing was changed."
NO_PUBLISHING = "This changes what readers see at once. Ask a colleague who may publish pages."
NO_SIGNING = "This changes pages with medical content, for readers at once. Ask a doctor."
SUPERUSER_ONLY = "These settings are for who looks after the whole site. Nothing was changed."
DISABLED = "This way to change pages is not used here: texts are changed in a draft of the page. Nothing was changed."
UNCLASSIFIED = "This address is not in use on this site. Nothing was changed."
INCOMPLETE = "Something was missing that this address needs. Nothing was changed. Reload the page and try again."
#: What an address takes, with the permission and what is said without it.
PERMISSIONS = {
    Access.EDITOR_OBJECT: ("cms.change_page", NO_EDITING),
    Access.EDITOR_HELPER: ("cms.change_page", NO_EDITING),
    Access.CREATE: ("cms.add_page", NO_ADDING),
    Access.IMMEDIATE: ("cms.publish_page", NO_PUBLISHING),
    Access.IMMEDIATE_SUBTREE: ("cms.publish_page", NO_PUBLISHING),
}
REFUSED = {Access.DISABLED: DISABLED, Access.UNCLASSIFIED: UNCLASSIFIED}  # for superusers too


class EndpointGateMiddleware:
    """Right after the staff's access: it knows that whoever comes to a staff address has a role and both factors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing is decided before the address is resolved."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 400 to a request that lacks what its address asks for; the view has changed nothing."""
        if not parameters.is_malformed(request, error):
            return None
        return HttpResponseBadRequest(INCOMPLETE, content_type="text/plain; charset=utf-8")

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Raise PermissionDenied or Http404 for what this person, or anybody, may not reach."""
        match = request.resolver_match
        if match is None:
            raise Http404
        access = endpoints.classify(match)
        key = endpoints.key_in(match, access)
        if key is not None and whole_number(key) is None:
            raise Http404  # "_31" is 1 to the admin: a way round what stands in front of its addresses
        if access in REFUSED:
            raise PermissionDenied(REFUSED[access])
        if access is Access.OVERRIDDEN or (access is Access.EDITOR_OBJECT and not endpoints.is_about_pages(match)):
            raise Http404
        if access is Access.SUPERUSER and not request.user.is_superuser:
            raise PermissionDenied(SUPERUSER_ONLY)
        if access in PERMISSIONS:
            _require_permission(request, *PERMISSIONS[access])
        if access is Access.IMMEDIATE_SUBTREE and not may_publish_subtree(request.user, int(str(key))):
            raise PermissionDenied(NO_SIGNING)


def _require_permission(request: HttpRequest, permission: str, refusal: str) -> None:
    if not is_staff_user(request) or not request.user.has_perm(permission):
        raise PermissionDenied(refusal)


def may_publish_subtree(user: Any, page_id: int) -> bool:
    """Whether this person may make live each live page that changes with this one: it, and those below it."""
    path = Page.objects.filter(pk=page_id).values_list("path", flat=True).first()
    live = PageContent.objects.filter(page__path__startswith=path) if path else PageContent.objects.none()
    return all(rules.may_publish(user, content) for content in live)
