"""What all staff views share: the permission check, the version looked up by id, and the admin's layout."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from cms.models import PageContent
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content.reviews import gate, rules

StaffView = Callable[..., HttpResponseBase]


def staff_view(permission: str = "", app: str = "content") -> Callable[[StaffView], StaffView]:
    """Restrict a view to staff with this permission of `app` ("": to all staff), to GET, HEAD and POST, uncached."""

    def wrap(view: StaffView) -> StaffView:
        @require_http_methods(["GET", "HEAD", "POST"])
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_staff or (permission and not request.user.has_perm(f"{app}.{permission}")):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        setattr(guarded, "staff_permission", f"{app}.{permission}" if permission else "")  # noqa: B010  read by `refusals`
        return guarded

    return wrap


def content_or_404(pk: int) -> PageContent:
    """Return any version of a page, live or not, by its primary key."""
    content: PageContent = get_object_or_404(PageContent.admin_manager.select_related("page"), pk=pk)
    return content


def require_publisher(request: HttpRequest, content: PageContent) -> None:
    """Raise PermissionDenied, with a sentence that says who may publish this page, unless this user may."""
    if not rules.may_publish(request.user, content):
        raise PermissionDenied(gate.who_may_publish(content))


def is_in_window(request: HttpRequest) -> bool:
    """Return whether the page is shown in a window of the editor, which has no room for the head of staff's pages."""
    return request.headers.get("Sec-Fetch-Dest") == "iframe"


def render_page(
    request: HttpRequest, template: str, title: str, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """Render a template in the admin's layout; `help` in the context is the slug of the guide topic to link to."""
    values = {**admin.site.each_context(request), "title": title, **context}
    return render(request, template, values, status=status)
