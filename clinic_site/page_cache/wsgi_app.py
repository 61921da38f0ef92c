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

MOST = 2000  # replies, hosts and accepted encodings that a process remembers
LONGEST_QUERY = 1000  # one that is longer is Django's
IN_ORDER = ("br", "gzip")  # smallest first
UNCHANGED = {"Cache-Control", "ETag", "Vary"}  # of a 304: the rest stands as it was, in the copy that the reader has
NONE = re.compile(r"q=0(\.0*)?")


class Reply(NamedTuple):
    """A reply as it goes out, and its strong ETag."""

    etag: str
    headers: list[tuple[str, str]]
    body: list[bytes]
    unchanged: list[tuple[str, str]]  # the headers of a 304


class Front:
    """A WSGI application: the tree while it is true, and `behind` for everything else."""

    def __init__(self, behind: Application) -> None:
        self.behind = behind
        self.release = build_id.word()
        store.close_other(self.release)
        self.hosts: dict[str, bool] = {}
        self.accepted: dict[str, tuple[str, ...]] = {}
        self.name = ""
        self.tree: store.Tree | None = None
        self.replies: dict[tuple[str, str], Reply] = {}

    def __call__(self, asked: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from the tree, or have Django answer."""
        reply = self.reply(asked)
        if reply is None:
            return self.behind(asked, start_response)
        kept = asked.get("HTTP_IF_NONE_MATCH")
        if kept and matches(kept, reply.etag):
            start_response("304 Not Modified", list(reply.unchanged))
            return []
        start_response("200 OK", list(reply.headers))
        return reply.body if asked["REQUEST_METHOD"] == "GET" else []

    def reply(self, asked: Environ) -> Reply | None:
        """What is kept for this request; None where Django has to answer it."""
        if asked["REQUEST_METHOD"] not in {"GET", "HEAD"} or "sessionid" in asked.get("HTTP_COOKIE", ""):
            return None
        tree = self.true_tree()
        if tree is None or not self.is_plain(asked, tree):
            return None
        encodings = self.encodings(asked.get("HTTP_ACCEPT_ENCODING", ""))
        key = asked["PATH_INFO"], encodings[0] if encodings else ""
        found = self.replies.get(key)
        if found is None:
            found = made(tree, key[0], encodings)
            if found is None:
                return None
            if len(self.replies) >= MOST:
                self.replies = {}
            self.replies[key] = found
        return found

    def true_tree(self) -> store.Tree | None:
        """The open tree, if it is of this day and was made by this very code."""
        name = store.open_name()
        if not name:
            return None
        if name != self.name:
            self.tree, self.replies = store.read(name), {}
            self.name = name
        tree = self.tree
        if tree is None or tree.release != self.release or not tree.is_of(timezone.now()):
            return None
        return tree

    def is_plain(self, asked: Environ, tree: store.Tree) -> bool:
        """Whether the request asks this site for a page as it is, with nothing in its address that means something."""
        if asked.get("SCRIPT_NAME") or not self.is_ours(asked.get("HTTP_HOST", "")):
            return False
        if settings.SECURE_SSL_REDIRECT and asked.get("HTTP_X_FORWARDED_PROTO") != "https":
            return False
        if not store.is_keepable(asked["PATH_INFO"]):
            return False
        query = asked.get("QUERY_STRING", "")
        if not query:
            return True
        names = {name for name, _ in parse_qsl(query[:LONGEST_QUERY], keep_blank_values=True)}
        return len(query) <= LONGEST_QUERY and names.isdisjoint(tree.asks)

    def is_ours(self, host: str) -> bool:
        """Whether this is one of the site's own hosts; Django refuses any other."""
        known = self.hosts.get(host)
        if known is None:
            domain, _ = split_domain_port(host)
            known = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
            if len(self.hosts) < MOST:
                self.hosts[host] = known
        return known

    def encodings(self, accepts: str) -> tuple[str, ...]:
        """The encodings that a reader takes, smallest first."""
        known = self.accepted.get(accepts)
        if known is None:
            known = accepted(accepts)
            if len(self.accepted) < MOST:
                self.accepted[accepts] = known
        return known


def made(tree: store.Tree, path: str, encodings: tuple[str, ...]) -> Reply | None:
    """The reply that the tree keeps for this address, in the smallest encoding that is taken and kept."""
    told = tree.told(path)
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
    return Reply(etag, headers, [body], [one for one in headers if one[0] in UNCHANGED])


def accepted(accepts: str) -> tuple[str, ...]:
    """Those of our encodings that an Accept-Encoding header takes: by name, or by `*`, and not with a weight of 0."""
    is_taken = {}
    for part in accepts.lower().split(","):
        name, _, weight = part.partition(";")
        is_taken[name.strip()] = not NONE.fullmatch("".join(weight.split()))
    return tuple(one for one in IN_ORDER if is_taken.get(one, is_taken.get("*", False)))


def matches(asked: str, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag."""
    return asked == etag or asked.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in asked.split(","))
