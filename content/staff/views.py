"""What every page of the staff's own shares: who may see it, which version it is about, and the dress of the admin."""

from collections.abc import Callable
from functools import wraps
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
    """A page for staff with this permission of `app`, or for all staff; never kept by a browser; GET and POST only."""

    def wrap(view: StaffView) -> StaffView:
        @require_http_methods(["GET", "HEAD", "POST"])
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_staff or (permission and not request.user.has_perm(f"{app}.{permission}")):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def content_or_404(pk: int) -> PageContent:
    """Any version of a page, by its number."""
    found: PageContent = get_object_or_404(PageContent.admin_manager.select_related("page"), pk=pk)
    return found


def require_publisher(request: HttpRequest, content: PageContent) -> None:
    """Raise PermissionDenied with the sentence that says who can, for someone who may not publish such a page."""
    if not rules.may_publish(request.user, content):
        raise PermissionDenied(gate.who_may_publish(content))


def render_page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page in the dress of the admin; `help`, where it is given, is the topic of the guide that explains it."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context})
