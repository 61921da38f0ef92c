"""Stands in front of Django: hands a visitor who asks for a published page the file of it, while that is true."""

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from clinic_site.page_cache import build_id, store

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

MAX_REMEMBERED = 2000  # replies, hosts and accepted encodings that a process remembers
MAX_QUERY_LENGTH = 1000  # one that is longer is Django's
ENCODINGS = ("br", "gzip")  # smallest first
NOT_MODIFIED_HEADERS = {
    "Cache-Control",
    "ETag",
    "Vary",
}  # of a 304: the rest stands as it was, in the copy that the reader has
ZERO_WEIGHT = re.compile(r"q=0(\.0*)?")


class PreparedResponse(NamedTuple):
    """A reply as it goes out, and its strong ETag."""

    etag: str
    headers: list[tuple[str, str]]
    body: list[bytes]
    not_modified_headers: list[tuple[str, str]]  # the headers of a 304


class PageCacheApplication:
    """A WSGI application: the tree while it is true, and `behind` for everything else."""

    def __init__(self, django_application: Application) -> None:
        self.django_application = django_application
        self.build_id = build_id.current()
        store.invalidate_other_builds(self.build_id)
        self.allowed_hosts: dict[str, bool] = {}
        self.accepted_encodings: dict[str, tuple[str, ...]] = {}
        self.cache_name = ""
        self.cache: store.PageCache | None = None
        self.responses: dict[tuple[str, str], PreparedResponse] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from the tree, or have Django answer."""
        reply = self.prepared_response(environ)
        if reply is None:
            return self.django_application(environ, start_response)
        kept = environ.get("HTTP_IF_NONE_MATCH")
        if kept and etag_matches(kept, reply.etag):
            start_response("304 Not Modified", list(reply.not_modified_headers))
            return []
        start_response("200 OK", list(reply.headers))
        return reply.body if environ["REQUEST_METHOD"] == "GET" else []

    def prepared_response(self, environ: Environ) -> PreparedResponse | None:
        """What is kept for this request; None where Django has to answer it."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "sessionid" in environ.get("HTTP_COOKIE", ""):
            return None
        tree = self.current_cache()
        if tree is None or not self.may_be_cached(environ, tree):
            return None
        encodings = self.encodings_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = environ["PATH_INFO"], encodings[0] if encodings else ""
        found = self.responses.get(key)
        if found is None:
            found = prepare_response(tree, key[0], encodings)
            if found is None:
                return None
            if len(self.responses) >= MAX_REMEMBERED:
                self.responses = {}
            self.responses[key] = found
        return found

    def current_cache(self) -> store.PageCache | None:
        """The open tree, if it is of this day and was made by this very code."""
        name = store.active_name()
        if not name:
            return None
        if name != self.cache_name:
            self.cache, self.responses = store.load(name), {}
            self.cache_name = name
        tree = self.cache
        if tree is None or tree.build_id != self.build_id or not tree.is_current(timezone.now()):
            return None
        return tree

    def may_be_cached(self, environ: Environ, tree: store.PageCache) -> bool:
        """Whether the request asks this site for a page as it is, with nothing in its address that means something."""
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
        return len(query) <= MAX_QUERY_LENGTH and names.isdisjoint(tree.query_parameters)

    def is_allowed_host(self, host: str) -> bool:
        """Whether this is one of the site's own hosts; Django refuses any other."""
        known = self.allowed_hosts.get(host)
        if known is None:
            domain, _ = split_domain_port(host)
            known = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
            if len(self.allowed_hosts) < MAX_REMEMBERED:
                self.allowed_hosts[host] = known
        return known

    def encodings_for(self, accepts: str) -> tuple[str, ...]:
        """The encodings that a reader takes, smallest first."""
        known = self.accepted_encodings.get(accepts)
        if known is None:
            known = parse_accept_encoding(accepts)
            if len(self.accepted_encodings) < MAX_REMEMBERED:
                self.accepted_encodings[accepts] = known
        return known


def prepare_response(tree: store.PageCache, path: str, encodings: tuple[str, ...]) -> PreparedResponse | None:
    """The reply that the tree keeps for this address, in the smallest encoding that is taken and kept."""
    told = tree.response(path)
    if told is None:
        return None
    encoding = next((one for one in encodings if one in told.encodings), "")
    try:
        body = tree.body(path, encoding)
    except OSError:
        return None
    said = hashlib.sha256(f"{told.sha256}{told.headers}".encode()).hexdigest()[:32]  # of all that a 304 lets stand
    etag = f'"{said}{"-" if encoding else ""}{encoding}"'
    headers = [*told.headers, ("Vary", "Accept-Encoding"), ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return PreparedResponse(etag, headers, [body], [one for one in headers if one[0] in NOT_MODIFIED_HEADERS])


def parse_accept_encoding(accepts: str) -> tuple[str, ...]:
    """Those of our encodings that an Accept-Encoding header takes: by name, or by `*`, and not with a weight of 0."""
    is_taken = {}
    for part in accepts.lower().split(","):
        name, _, weight = part.partition(";")
        is_taken[name.strip()] = not ZERO_WEIGHT.fullmatch("".join(weight.split()))
    return tuple(one for one in ENCODINGS if is_taken.get(one, is_taken.get("*", False)))


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag."""
    return (
        if_none_match == etag
        or if_none_match.strip() == "*"
        or etag in (one.strip().removeprefix("W/") for one in if_none_match.split(","))
    )
