"""A visitor at the front of the site: what the published tree hands out, and what Django would say in its place."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from clinic_site.page_cache import store, wsgi_app
from clinic_site.page_cache.wsgi_app import PageCacheApplication
from content.publishing import internal_client, page_cache_builder


@dataclass(frozen=True)
class Got:
    """A reply on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


def environ(url: str, **more: str) -> dict[str, Any]:
    """A GET without a cookie, as gunicorn hands it over."""
    path, _, query = url.partition("?")
    asked = {
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
    return asked | more


def nobody(asked: dict[str, Any], start_response: Any) -> list[bytes]:
    """In Django's place: says only that it was asked."""
    start_response("599 Django was asked", [])
    return []


def from_tree(url: str, door: wsgi_app.PageCacheApplication | None = None, **more: str) -> Got | None:
    """What the tree hands out; None where Django has to answer."""
    said: list[Any] = []
    body = (door or PageCacheApplication(nobody))(environ(url, **more), lambda *told: said.extend(told))
    status = int(said[0][:3])
    return None if status == 599 else Got(status, dict(said[1]), b"".join(body))


def fresh(url: str) -> tuple[int, bytes]:
    """What a render of this moment says."""
    response = internal_client.get(url)
    return response.status_code, getattr(response, "content", b"")


def made(*urls: str) -> list[str]:
    """Renew the tree as the tick does, or with these addresses alone, which is faster; every address that it keeps."""
    every = page_cache_builder.cacheable_urls
    page_cache_builder.cacheable_urls = (lambda on: iter(urls)) if urls else every
    try:
        page_cache_builder.rebuild(on=timezone.localdate())
    finally:
        page_cache_builder.cacheable_urls = every
    tree = store.load(store.active_name())
    return tree.paths() if tree else []
