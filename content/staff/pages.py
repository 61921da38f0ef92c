"""What every page of the staff's own shares: who may see it, and the dress of the admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

StaffView = Callable[..., HttpResponseBase]


def needs(permission: str = "", app: str = "content") -> Callable[[StaffView], StaffView]:
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


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page in the dress of the admin; `help`, where it is given, is the topic of the guide that explains it."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context})
