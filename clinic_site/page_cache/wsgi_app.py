"""A WSGI application in front of Django that serves published pages from the page cache while they are current."""

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from clinic_site.page_cache import build_id, store
from clinic_site.page_cache.entries import PageCache

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

MAX_REMEMBERED = 2000  # responses, hosts and accepted encodings that a process holds in memory
MAX_QUERY_LENGTH = 1000  # longer queries are left to Django
ENCODINGS = ("br", "gzip")  # smallest first
#: The headers of a 304; the others stay as they are in the reader's copy.
NOT_MODIFIED_HEADERS = {"Cache-Control", "ETag", "Vary"}
ZERO_WEIGHT = re.compile(r"q=0(\.0*)?")


class PreparedResponse(NamedTuple):
    """A response as it is sent, and its strong ETag."""

    etag: str
    headers: list[tuple[str, str]]
    body: list[bytes]
    not_modified_headers: list[tuple[str, str]]


class PageCacheApplication:
    """Serves from the page cache while it is current, and from `django_application` otherwise."""

    def __init__(self, django_application: Application) -> None:
        self.django_application = django_application
        self.build_id = build_id.current()
        store.invalidate_other_builds(self.build_id)
        self.allowed_hosts: dict[str, bool] = {}
        self.accepted_encodings: dict[str, tuple[str, ...]] = {}
        self.cache_name = ""
        self.cache: PageCache | None = None
        self.responses: dict[tuple[str, str], PreparedResponse] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from the page cache, or let Django answer."""
        response = self.prepared_response(environ)
        if response is None:
            return self.django_application(environ, start_response)
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if if_none_match and etag_matches(if_none_match, response.etag):
            start_response("304 Not Modified", list(response.not_modified_headers))
            return []
        start_response("200 OK", list(response.headers))
        return response.body if environ["REQUEST_METHOD"] == "GET" else []

    def prepared_response(self, environ: Environ) -> PreparedResponse | None:
        """Return the cached response for this request, or None if Django must render it."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "sessionid" in environ.get("HTTP_COOKIE", ""):
            return None
        cache = self.current_cache()
        if cache is None or not self.may_be_cached(environ, cache):
            return None
        encodings = self.encodings_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = environ["PATH_INFO"], encodings[0] if encodings else ""
        response = self.responses.get(key)
        if response is None:
            response = prepare_response(cache, key[0], encodings)
            if response is None:
                return None
            if len(self.responses) >= MAX_REMEMBERED:
                self.responses = {}
            self.responses[key] = response
        return response

    def current_cache(self) -> PageCache | None:
        """Return the active page cache if it is of today and of this build, else None."""
        name = store.active_name()
        if not name:
            return None
        if name != self.cache_name:
            self.cache, self.responses = store.load(name), {}
            self.cache_name = name
        cache = self.cache
        if cache is None or cache.build_id != self.build_id or not cache.is_current(timezone.now()):
            return None
        return cache

    def may_be_cached(self, environ: Environ, cache: PageCache) -> bool:
        """Return whether this is a request to this site for a page that the query parameters don't change."""
        if environ.get("SCRIPT_NAME") or not self.is_allowed_host(environ.get("HTTP_HOST", "")):
            return False
        if settings.SECURE_SSL_REDIRECT and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return False
        if not store.is_cacheable(environ["PATH_INFO"]):
            return False
        query = environ.get("QUERY_STRING", "")
        if not query:
            return True
        names = {name for name, _ in parse_qsl(query[:MAX_QUERY_LENGTH], keep_blank_values=True)}
        return len(query) <= MAX_QUERY_LENGTH and names.isdisjoint(cache.query_parameters)

    def is_allowed_host(self, host: str) -> bool:
        """Return whether the Host header names this site; Django refuses any other."""
        is_allowed = self.allowed_hosts.get(host)
        if is_allowed is None:
            domain, _ = split_domain_port(host)
            is_allowed = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
            if len(self.allowed_hosts) < MAX_REMEMBERED:
                self.allowed_hosts[host] = is_allowed
        return is_allowed

    def encodings_for(self, accept_encoding: str) -> tuple[str, ...]:
        """Return the encodings that an Accept-Encoding header takes, smallest first."""
        encodings = self.accepted_encodings.get(accept_encoding)
        if encodings is None:
            encodings = parse_accept_encoding(accept_encoding)
            if len(self.accepted_encodings) < MAX_REMEMBERED:
                self.accepted_encodings[accept_encoding] = encodings
        return encodings


def prepare_response(cache: PageCache, path: str, encodings: tuple[str, ...]) -> PreparedResponse | None:
    """Return the cached response for `path` in the smallest accepted encoding; None where there is none."""
    cached = cache.response(path)
    if cached is None:
        return None
    encoding = next((name for name in encodings if name in cached.digests), "")
    try:
        body = cache.body(path, cached, encoding)
    except OSError:
        return None
    # The ETag covers the headers too: a 304 leaves them as they are in the reader's copy.
    digest = hashlib.sha256(f"{cached.digests['']}{cached.headers}".encode()).hexdigest()[:32]
    etag = f'"{digest}{"-" if encoding else ""}{encoding}"'
    headers = [*cached.headers, ("Vary", "Accept-Encoding"), ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return PreparedResponse(etag, headers, [body], [header for header in headers if header[0] in NOT_MODIFIED_HEADERS])


def parse_accept_encoding(accept_encoding: str) -> tuple[str, ...]:
    """Return those of ENCODINGS that the header accepts, by name or by `*`, with a weight above 0."""
    is_accepted = {}
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        is_accepted[name.strip()] = not ZERO_WEIGHT.fullmatch("".join(weight.split()))
    return tuple(name for name in ENCODINGS if is_accepted.get(name, is_accepted.get("*", False)))


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Return whether an If-None-Match header names this ETag."""
    return (
        if_none_match == etag
        or if_none_match.strip() == "*"
        or etag in (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    )
