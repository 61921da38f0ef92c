"""Requests as gunicorn passes them on: what the page cache answers, and what Django would render in its place."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from clinic_site.page_cache import store, wsgi_app
from clinic_site.page_cache.wsgi_app import PageCacheApplication
from content.publishing import internal_client, page_cache_builder


@dataclass(frozen=True)
class Got:
    """A response as it is sent."""

    status: int
    headers: dict[str, str]
    body: bytes


def environ(url: str, **more: str) -> dict[str, Any]:
    """Return the WSGI environ of a GET without a cookie."""
    path, _, query = url.partition("?")
    request = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    return request | more


def nobody(request: dict[str, Any], start_response: Any) -> list[bytes]:
    """Stand in for Django, and answer only that Django was asked."""
    start_response("599 Django was asked", [])
    return []


def from_cache(url: str, application: wsgi_app.PageCacheApplication | None = None, **more: str) -> Got | None:
    """Return the cached response, or None if Django must render it."""
    started: list[Any] = []
    body = (application or PageCacheApplication(nobody))(environ(url, **more), lambda *args: started.extend(args))
    status = int(started[0][:3])
    return None if status == 599 else Got(status, dict(started[1]), b"".join(body))


def render_now(url: str) -> tuple[int, bytes]:
    """Return status and body as Django renders them now."""
    response = internal_client.get(url)
    return response.status_code, getattr(response, "content", b"")


def rebuild_cache(*urls: str) -> list[str]:
    """Rebuild the cache as the tick does, or of these URLs alone, which is faster; return every cached path."""
    every = page_cache_builder.cacheable_urls
    page_cache_builder.cacheable_urls = (lambda on: iter(urls)) if urls else every
    try:
        page_cache_builder.rebuild(on=timezone.localdate())
    finally:
        page_cache_builder.cacheable_urls = every
    cache = store.load(store.active_name())
    return cache.paths() if cache else []
