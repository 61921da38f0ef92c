"""The running site from outside: files, headers, logs, weight."""

import base64
import gzip
import hashlib
import json
import re
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from clinic_site.http.headers import VISITOR_CSP
from tests.browser.conftest import Site

TREATMENT = "/microneedling-for-stretch-marks/"
STRAY = [
    "/.git/config", "/.git/HEAD", "/.env", "/.gitignore", "/manage.py", "/requirements.txt", "/pyproject.toml", "/README.md",
    "/site.sqlite3", "/var/site.sqlite3", "/var/secret-key", "/secret-key", "/staff-sign-in.txt", "/var/staff-sign-in.txt",
    "/clinic_site/settings.py", "/content/seed/clinic.toml", "/static/", "/static/css/", "/static/../manage.py",
    "/static/../../manage.py", "/static/%2e%2e/manage.py", "/static/%2e%2e%2f%2e%2e%2fmanage.py", "/static/..%5cmanage.py",
    "/static//etc/passwd", "//etc/passwd", "/..//..//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/media/", "/static/staticfiles.json/",
    "/static/staticfiles.json", "/static/static-files.json", "/static-files.json", "/static/.collected", "/static-files.stamp",
    "/static/.collected/", "/%00", "/a%00b", "/static/css/site.css%00", "/%0d%0aSet-Cookie:x", "/..;/manage.py",
]  # fmt: skip


def raw(site: Site, request: str) -> bytes:
    """What the server answers to these very bytes."""
    where = urlsplit(site.url)
    with socket.create_connection((str(where.hostname), int(where.port or 80)), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def get(site: Site, path: str, **headers: str) -> urllib.request.addinfourl:
    request = urllib.request.Request(
        site.url + path, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )
    return urllib.request.urlopen(request, timeout=10)


@pytest.mark.parametrize("path", STRAY)
def test_no_stray_file_is_served(site: Site, path: str) -> None:
    """Asked as raw bytes, so that no client tidies the address first."""
    answer = raw(site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ")[1] == b"404", answer[:200]
    assert b"root:x:" not in answer
    assert b"SECRET_KEY" not in answer


def test_fixed_names_are_there(site: Site) -> None:
    assert get(site, "/favicon.ico").headers["Content-Type"] in {"image/x-icon", "image/vnd.microsoft.icon"}
    assert "Disallow: /admin/" in get(site, "/robots.txt").read().decode()
    assert "text/css" in get(site, "/static/css/alone.css").headers["Content-Type"]


def test_static_files_have_the_headers_of_pages_and_are_kept_for_ever(site: Site) -> None:
    script = get(site, "/plan-your-sessions/").read().decode().split('fetchpriority="low" src="')[1].split('"')[0]
    response = get(site, script, Accept_Encoding="br")
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"] == VISITOR_CSP
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", [TREATMENT, "/", "/no-such-page/"])
def test_policy_takes_the_page_s_own_style_and_script_and_no_other(site: Site, path: str) -> None:
    try:
        page = get(site, path)
    except urllib.error.HTTPError as error:
        page = error
    text = page.read().decode()
    for source, inside in (
        ("style-src", "<style>(.*?)</style>"),
        ("script-src", '<script type="module">(.*?)</script>'),
    ):
        (said,) = re.findall(inside, text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(said.encode()).digest()).decode()
        (allowed,) = re.findall(f"{source} ([^;]*);", page.headers["Content-Security-Policy"])
        assert allowed == f"'self' 'sha256-{digest}'"
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    for address in re.findall(r'url\("([^"]+)"\)', style):
        assert "immutable" in get(site, address).headers["Cache-Control"]


def test_treatment_page_weighs_at_most_30_kb_without_pictures(site: Site) -> None:
    html = get(site, TREATMENT, Accept_Encoding="gzip").read()  # larger than brotli's
    text = gzip.decompress(html).decode()
    assert text.count("<style>") == text.count('<script type="module">') == 1
    assert '<link rel="stylesheet"' not in text
    assert "<script src" not in text
    assert 'type="module" src' not in text
    assert len(html) <= 30 * 1024


def test_logs_hold_neither_query_strings_nor_referrers_nor_addresses(site: Site) -> None:
    get(
        site, "/about/?secret=typed-by-a-patient", Referer="https://elsewhere.example/my-illness", User_Agent="Marker/1"
    )
    with pytest.raises(urllib.error.HTTPError):
        get(site, "/nothing/?secret=typed-by-a-patient", Referer="https://elsewhere.example/my-illness")
    log = site.log.read_text()
    assert "GET /about/ 200" in log
    for private in ("typed-by-a-patient", "elsewhere.example", "Marker/1"):
        assert private not in log


def test_the_server_prints_where_it_is_but_never_the_password(site: Site) -> None:
    name, password = site.sign_in()
    log = site.log.read_text()
    assert f"{site.url}/" in log
    assert "staff-sign-in.txt" in log
    assert name == "owner"
    assert len(password) >= 16
    assert password not in log
    assert (site.var / "staff-sign-in.txt").stat().st_mode & 0o077 == 0


def test_no_client_moves_the_site_with_a_header_of_its_own(site: Site) -> None:
    for name in ("SCRIPT_NAME", "Script-Name", "PATH_INFO"):
        answer = raw(site, f"GET /about/ HTTP/1.1\r\nHost: localhost\r\n{name}: /about\r\nConnection: close\r\n\r\n")
        assert answer.split(b" ")[1] in {b"200", b"400"}, name
        assert b"Home" not in answer.split(b"<h1>")[-1].split(b"</h1>")[0]


def test_no_byte_of_a_request_forges_a_line_of_the_log(site: Site) -> None:
    raw(
        site,
        "GET /x%0a[22/Nov/2026]%20GET%20/admin/FORGED%20200 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )
    raw(site, "GET /?SECRETBAD=\xe9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    raw(site, "GET /\x01?SECRETBAD HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    log = site.log.read_text()
    assert [line for line in log.splitlines() if "FORGED" in line and "/x" not in line] == []
    assert "SECRETBAD" not in log


def test_readyz_does_not_wait_for_a_writer(site: Site) -> None:
    writer = sqlite3.connect(site.var / "site.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        begin = time.monotonic()
        answers = [json.loads(get(site, "/readyz").read()) for _ in range(4)]
        assert answers == [{"read": True, "edit": False}] * 4
        assert time.monotonic() - begin < 5
        assert get(site, "/about/").status == 200
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert json.loads(get(site, "/readyz").read()) == {"read": True, "edit": True}
