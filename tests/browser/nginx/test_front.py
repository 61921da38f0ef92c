"""When nginx must not read the tree, and what it does with everything else."""

import json
import re
import shutil
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bench.withdrawal import Reception
from tests.browser.conftest import Site, free_port
from tests.browser.nginx.conftest import Nginx, ask, in_front_of, wait_for_tree
from tests.browser.test_server import STRAY, raw

pytestmark = pytest.mark.full


def is_from_disk(nginx: Nginx, path: str = "/about/", **headers: str) -> bool:
    """Whether nginx answered from the tree; its ETag is another than gunicorn's."""
    reply = ask(nginx.url, path, **headers)
    assert reply.status == 200, path
    return re.fullmatch(r'"[0-9a-f]{1,8}-[0-9a-f]+"', reply.headers["etag"]) is not None


def test_staff_and_queries_are_django_s(nginx: Nginx) -> None:
    assert is_from_disk(nginx)
    assert is_from_disk(nginx, Cookie="theme=dark; csrftoken=x")
    assert is_from_disk(nginx, "/about/?")
    for cookie in ("sessionid=abc", "a=b; sessionid=abc", "sessionid=", "x=1;sessionid=2"):
        assert not is_from_disk(nginx, Cookie=cookie), cookie
    for query in ("?q=1", "?x", "?sessionid", "?edit", "?%00", "??"):
        assert not is_from_disk(nginx, "/about/" + query), query


def test_other_methods_are_django_s(nginx: Nginx) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        for path in ("/about/", "/robots.txt", "/static/css/site.css"):
            wanted = ask(nginx.site.url, path, method, b"a=b")
            assert ask(nginx.url, path, method, b"a=b").status == wanted.status, (method, path)
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": nginx.url, "Host": nginx.url[7:]}
    assert ask(nginx.url, "/was-this-clear/", "POST", b"page=x", **form).status not in {404, 405, 502, 503}


def test_an_address_that_only_looks_like_a_page_is_django_s(nginx: Nginx) -> None:
    for path in ("//about/", "/about//", "/./about/", "/x/../about/", "/%61bout/", "/about/%2e/", "/about/index.html",
                 "/about/index.html.br", "/ABOUT/", "/about", "/about;x/", "/about/%3fq"):  # fmt: skip
        wanted = raw(nginx.site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").split(b" ")[1]
        front = Site(nginx.url, nginx.site.var, nginx.site.log)
        got = raw(front, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert got.split(b" ")[1] == wanted, path


@pytest.mark.parametrize("path", STRAY)
def test_no_stray_file_is_served(nginx: Nginx, path: str) -> None:
    front = Site(nginx.url, nginx.site.var, nginx.site.log)
    answer = raw(front, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ")[1] in {b"404", b"400"}, answer[:200]
    for private in (b"root:x:", b"SECRET_KEY", b"SQLite format"):
        assert private not in answer
    assert b"Server: nginx\r\n" in answer


def test_no_other_host_is_answered(nginx: Nginx) -> None:
    front = Site(nginx.url, nginx.site.var, nginx.site.log)
    assert raw(front, "GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n") == b""


def test_another_day_than_the_tree_s_is_django_s(still: Nginx) -> None:
    assert is_from_disk(still)
    today = still.today
    for link in today.parent.glob(f"{today.name}[+-]*"):
        link.rename(link.with_name(link.name.replace(today.name, "2999-01-01")))
    assert not is_from_disk(still)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Kolkata", "America/New_York", "Etc/GMT+12"])
def test_nginx_in_another_time_zone_reads_nothing(nginx: Nginx, tmp_path: Path, zone: str) -> None:
    """Its midnight is not the clinic's: it would read yesterday's pages for hours."""
    with in_front_of(nginx.site, tmp_path / "nginx", zone) as elsewhere:
        assert not is_from_disk(elsewhere)


def test_a_tree_that_is_closed_cut_short_or_deleted_is_not_missed(still: Nginx) -> None:
    published = still.site.var / "published"
    link = (published / "open").readlink()
    (published / "open").unlink()
    assert not is_from_disk(still)
    (published / "open").symlink_to(link)
    assert is_from_disk(still)
    for file in (still.today / "about").iterdir():
        file.unlink()
    assert not is_from_disk(still)
    assert is_from_disk(still, "/contact/")
    shutil.rmtree(published / link)
    assert not is_from_disk(still, "/contact/")
    shutil.rmtree(published)
    assert not is_from_disk(still, "/contact/")


def test_with_gunicorn_gone_published_pages_are_still_read(nginx: Nginx, tmp_path: Path) -> None:
    dead = Site(f"http://127.0.0.1:{free_port()}", nginx.site.var, nginx.site.log)
    with in_front_of(dead, tmp_path / "nginx") as alone:
        for path in ("/", "/about/", "/before-and-after/", "/sitemap.xml"):
            assert is_from_disk(alone, path)
        gallery = ask(alone.url, "/before-and-after/").body.decode()
        (photograph, *_) = re.findall(r"/photographs/[0-9a-f]{32}/\d+\.\w+", gallery)
        assert ask(nginx.url, photograph).status == 200
        for path in (photograph, "/search/?q=secret-word", "/staff/", "/nothing/"):
            reply = ask(alone.url, path)
            assert reply.status == 503, path
            assert b"try again in a minute" in reply.body
            assert reply.headers["cache-control"] == "no-store"
            assert reply.headers["content-security-policy"].startswith("default-src 'none'")
        assert "secret-word" not in alone.logs()


def test_a_log_line_holds_nothing_typed_and_nobody(nginx: Nginx) -> None:
    front = Site(nginx.url, nginx.site.var, nginx.site.log)
    ask(nginx.url, "/about/", Referer="https://typed.example/", User_Agent="typed-agent", X_Forwarded_For="203.0.113.9")
    for path in ("/about/?typed-query", "/search/?q=typed-query", "/static/typed.css?typed-query", "/contact/#typed"):
        ask(nginx.url, path)
    raw(front, "GET /x%0aFORGED HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    raw(front, "GET /?typed\xe9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    raw(front, "GET /\x01?typed HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    raw(front, "BAD?typed\r\n\r\n")
    log = nginx.logs()
    assert "GET /about/ 200" in log
    for private in ("typed-", "?", "#", "127.0.0.1", "203.0.113.9", "\nFORGED"):
        assert private not in log.replace("/static/typed.css", ""), private


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers and the number of bytes that arrived."""

    def do_POST(self) -> None:
        length = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        body = json.dumps([[name.lower(), value] for name, value in self.headers.items()] + [["length", length]])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    do_GET = do_POST  # noqa: N815  the name that the server looks for

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def echo(nginx: Nginx, tmp_path: Path) -> Iterator[Nginx]:
    """nginx in front of a server that says what it was sent."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    with in_front_of(Site(url, nginx.site.var, nginx.site.log), tmp_path) as started:
        yield started
    server.shutdown()
    server.server_close()


def test_nobody_forges_where_a_request_comes_from(echo: Nginx) -> None:
    forged = {
        "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https", "X_Forwarded_Protocol": "ssl",
        "X_Forwarded_Ssl": "on", "X_Forwarded_Host": "elsewhere.example", "Forwarded": "for=203.0.113.9",
    }  # fmt: skip
    told = json.loads(ask(echo.url, "/staff/", **forged).body)
    said = {name: value for name, value in told if "forwarded" in name or name == "host"}
    assert said == {
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
        "host": echo.url.removeprefix("http://"),
    }


def test_with_tls_switched_on_all_is_https(echo: Nginx, still: Nginx, tmp_path: Path) -> None:
    backend = Site(echo.site.url, still.site.var, echo.site.log)
    with in_front_of(backend, tmp_path / "tls", has_tls=True) as secure:
        plain = ask(secure.url, "/about/?a=b")
        assert (plain.status, plain.headers["location"]) == (301, "https://127.0.0.1/about/?a=b")
        (port,) = set(re.findall(r"listen 127.0.0.1:(\d+) ssl", (secure.folder / "site.conf").read_text()))
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        url = f"https://localhost:{port}"
        for path in ("/about/", "/robots.txt"):
            with urllib.request.urlopen(f"{url}{path}", context=trusting) as kept:
                assert kept.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
                assert kept.headers["ETag"]
        with urllib.request.urlopen(f"{url}/staff/", context=trusting) as reply:
            assert ["x-forwarded-proto", "https"] in json.loads(reply.read())


def test_bodies_are_taken_up_to_what_django_takes(echo: Nginx) -> None:
    def sent(path: str, size: int) -> int:
        return ask(echo.url, path, "POST", b"x" * size).status

    assert sent("/was-this-clear/words/", 2_700_000) == 200
    assert sent("/was-this-clear/words/", 4_000_000) == 413
    assert sent("/admin/content/case/1/photographs/", 33_000_000) == 200
    assert sent("/admin/content/case/1/photographs/", 70_000_000) == 413


def test_two_hundred_slow_readers_hold_nobody_up(nginx: Nginx) -> None:
    where = ("127.0.0.1", nginx.port)
    slow = [socket.create_connection(where, timeout=10) for _ in range(200)]
    try:
        for number, connection in enumerate(slow):
            method = "GET" if number % 2 else "POST"
            end = "" if number % 2 else "Content-Length: 1000\r\n\r\nhalf"
            connection.sendall(f"{method} /was-this-clear/ HTTP/1.1\r\nHost: localhost\r\n{end}".encode())
        for path in ("/about/", "/livez"):
            taken = []
            for _ in range(300):
                begin = time.perf_counter()
                assert ask(nginx.url, path).status == 200
                taken.append(time.perf_counter() - begin)
            assert sorted(taken)[296] < 0.1, path
    finally:
        for connection in slow:
            connection.close()


def test_a_withdrawal_is_felt_at_once(nginx: Nginx) -> None:
    """Of the tree, of the pages and of the pictures; it is for good."""
    wait_for_tree(nginx.site)
    pages = re.findall(r"/before-and-after/[0-9a-z]{10}/", ask(nginx.url, "/before-and-after/").body.decode())
    code = pages[0].split("/")[2]
    addresses = [f"/before-and-after/{code}/"]
    photographs = set(re.findall(r"/photographs/[0-9a-f]{32}/\d+\.\w+", ask(nginx.url, addresses[0]).body.decode()))
    addresses += sorted(photographs)[:4]
    assert all(ask(nginx.url, path).status == 200 for path in addresses)
    assert is_from_disk(nginx, addresses[0])
    told: list[str] = []
    code_of_the_withdrawal = (
        "import time\nfrom django.utils import timezone\nfrom content.models import Case\n"
        "from content.gallery.withdrawal import withdraw\n"
        f"withdraw(Case.objects.get(code='{code}').consent, actor='test', now=timezone.now())\nprint('AT', time.time())"
    )
    withdrawing = threading.Thread(target=lambda: told.append(nginx.site.shell(code_of_the_withdrawal)))
    withdrawing.start()
    last_shown = 0.0
    while withdrawing.is_alive():
        begin = time.time()
        is_shown = any(ask(nginx.url, path).status != 410 for path in addresses)
        is_listed = any(code in ask(nginx.url, path).body.decode() for path in ("/before-and-after/", "/sitemap.xml"))
        last_shown = begin if is_shown or is_listed else last_shown
    at = float(next(line for line in told[0].splitlines() if line.startswith("AT")).split()[1])
    assert last_shown < at + 1
    assert [ask(nginx.url, path).status for path in addresses] == [410] * len(addresses)
    wait_for_tree(nginx.site)
    assert is_from_disk(nginx)
    assert ask(nginx.url, addresses[0]).status == 410
    assert code not in ask(nginx.url, "/before-and-after/").body.decode()


MARK = "mark7f3a"
POISON = [
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: {MARK}.example\r\nX-Host: {MARK}\r\nForwarded: host={MARK}",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: {MARK}\r\nX-Forwarded-Prefix: /{MARK}\r\nScript-Name: /{MARK}",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nX-Original-URL: /{MARK}/\r\nX-Rewrite-URL: /{MARK}/\r\nX-HTTP-Method-Override: POST",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: {MARK}\r\nUser-Agent: {MARK}\r\nReferer: http://{MARK}.example/",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken={MARK}; messages={MARK}; django_language={MARK}",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://{MARK}.example\r\nRange: bytes=0-9\r\nAccept-Encoding: {MARK}",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"{MARK}\"\r\nIf-Match: \"{MARK}\"\r\nIf-Modified-Since: {MARK}",
    f"GET {{path}}?{MARK}={MARK}&utm_source={MARK} HTTP/1.1\r\nHost: localhost",
    f"GET {{path}}?q={MARK}&area={MARK}&first={MARK}&page={MARK} HTTP/1.1\r\nHost: localhost",
    f"GET {{path}};{MARK} HTTP/1.1\r\nHost: localhost",
    f"GET {{path}}%3f{MARK} HTTP/1.1\r\nHost: localhost",
    f"GET {{path}}%2e%2e/{MARK} HTTP/1.1\r\nHost: localhost",
    f"GET /{{path}}?{MARK} HTTP/1.1\r\nHost: localhost",
    f"GET http://{MARK}.example{{path}} HTTP/1.1\r\nHost: localhost",
    f"GET {{path}} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nq={MARK}",
    f"HEAD {{path}}?{MARK} HTTP/1.1\r\nHost: localhost",
    f"POST {{path}} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nq={MARK}",
]  # fmt: skip
READ = ["/", "/about/", "/before-and-after/", "/plan-your-sessions/", "/sitemap.xml", "/before-and-after/?area=thighs"]


def test_what_one_client_sends_the_next_never_sees(still: Nginx) -> None:
    servers = {url: Site(url, still.site.var, still.site.log) for url in (still.url, still.site.url)}
    clean = {(url, path): ask(url, path) for url in servers for path in READ}
    assert {reply.status for reply in clean.values()} == {200}
    for url, server in servers.items():
        for path in READ:
            for poison in POISON:
                head, _, body = poison.format(path=path.split("?")[0]).partition("\r\n\r\n")
                raw(server, f"{head}\r\nConnection: close\r\n\r\n{body}")
                reply = ask(url, path)
                assert (reply.status, reply.body) == (200, clean[url, path].body), poison
                assert MARK not in f"{reply.headers}{reply.body!r}", poison


def test_staff_and_readers_who_alternate_never_see_each_other_s_page(nginx: Nginx) -> None:
    front = Site(nginx.url, nginx.site.var, nginx.site.log)
    reception = Reception(front)
    wait_for_tree(nginx.site)
    for url in (nginx.url, nginx.site.url):
        first = ask(url, "/about/")
        assert b"cms-toolbar" not in first.body
        cookie = "; ".join(f"{one.name}={one.value}" for one in reception.jar)
        for _ in range(5):
            staff = ask(url, "/about/", Cookie=cookie, If_None_Match=first.headers["etag"])
            assert staff.status == 200
            assert b"cms-toolbar" in staff.body
            assert "no-store" in staff.headers["cache-control"]
            assert ask(url, "/about/") == first
