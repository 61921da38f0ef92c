"""Published pages and static files at nginx: the same as from gunicorn, in every encoding, and as strict in a browser."""

import json
import re

import pytest
from playwright.sync_api import Browser

from clinic_site.http.headers import VISITOR_CSP
from tests.browser.nginx.conftest import Nginx, Reply, ask, wait_for_tree

pytestmark = pytest.mark.full
ENCODINGS = {"br": "gzip, deflate, br", "gzip": "gzip, br;q=0", "": "identity"}
POLICY, ROBOTS = "content-security-policy", "x-robots-tag"  # a page says these itself, where they differ


def addresses(nginx: Nginx) -> list[str]:
    wait_for_tree(nginx.site)
    told = (nginx.site.var / "published" / "open" / "told").resolve(strict=True)
    names = (str(file.relative_to(told)).removesuffix(".json") for file in told.rglob("*.json"))
    return sorted("/" + name.removesuffix("index.html") for name in names)


def without(reply: Reply, *names: str) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name not in names}


def test_every_published_address_answers_as_from_gunicorn(nginx: Nginx) -> None:
    paths = addresses(nginx)
    assert {"/", "/search/", "/sitemap.xml", "/robots.txt", "/site.webmanifest", "/before-and-after/"} <= set(paths)
    seen: dict[tuple[str, str], bytes] = {}
    for path in paths:
        for encoding, accepts in ENCODINGS.items():
            wanted = ask(nginx.site.url, path, Accept_Encoding=accepts)
            got = ask(nginx.url, path, Accept_Encoding=accepts)
            assert (got.status, got.body) == (200, wanted.body), path
            assert got.headers.get("content-encoding", "") == encoding
            assert without(got, "etag", POLICY) == without(wanted, "etag", POLICY, ROBOTS), path
            if ROBOTS in wanted.headers:
                said = ask(nginx.url, path, Accept_Encoding="identity").body.decode()
                assert f'<meta name="robots" content="{wanted.headers[ROBOTS]}">' in said
            assert got.headers["vary"] == "Accept-Encoding"
            etag = got.headers["etag"]
            assert re.fullmatch(r'"[0-9a-f]+-[0-9a-f]+"', etag), "strong, and nginx's own: not asked of gunicorn"
            assert seen.setdefault((path, etag), got.body) == got.body
            head = ask(nginx.url, path, "HEAD", Accept_Encoding=accepts)
            assert (head.status, head.headers, head.body) == (200, got.headers, b"")
            unchanged = ask(nginx.url, path, Accept_Encoding=accepts, If_None_Match=f'"other", W/{etag}')
            assert (unchanged.status, unchanged.body) == (304, b"")
            gone = ("content-type", "content-length", "content-encoding")
            assert unchanged.headers == without(got, *gone)
            assert ask(nginx.url, path, Accept_Encoding=accepts, If_None_Match=wanted.headers["etag"]).status == 200
    assert len({etag for _, etag in seen}) == len(seen) == 3 * len(paths)


def test_page_and_header_together_are_the_policy_that_gunicorn_sends(nginx: Nginx) -> None:
    for path in addresses(nginx):
        strict = ask(nginx.site.url, path).headers[POLICY]
        reply = ask(nginx.url, path)
        if not path.endswith("/"):
            assert reply.headers[POLICY] == strict == VISITOR_CSP
            continue
        (inside,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', reply.body.decode())
        of_both = dict(one.split(" ", 1) for one in reply.headers[POLICY].split("; "))
        loose = "'self' 'unsafe-inline'"
        assert (of_both["script-src"], of_both["style-src"]) == (loose, loose)
        of_both |= dict(one.split(" ", 1) for one in inside.split("; "))
        assert of_both == dict(one.split(" ", 1) for one in strict.split("; ")), path
        assert strict.count("'sha256-") == 2


BAD = (
    b"<script>document.documentElement.dataset.ran = 'script'</script>"
    b"<style>main { outline: 7px solid red }</style>"
    b"<p id='marked' style='outline: 7px solid red' onclick='document.documentElement.dataset.ran = \"click\"'>x</p>"
    b"<img src='/nothing.png' onerror='document.documentElement.dataset.ran = \"image\"'>"
    b"<base href='https://elsewhere.example/'>"
)


@pytest.fixture
def injected(still: Nginx) -> str:
    """The address of a page from nginx whose file holds what an attacker would have put there."""
    page = still.today / "about" / "index.html"
    html = page.read_bytes()
    assert html.count(b"</main>") == 1
    page.write_bytes(html.replace(b"</main>", BAD + b"</main>"))
    for suffix in (".gz", ".br"):
        page.with_name(page.name + suffix).unlink()
    return f"{still.url}/about/"


def test_what_is_injected_into_a_page_from_nginx_does_not_run(chromium: Browser, nginx: Nginx, injected: str) -> None:
    for url in (f"{nginx.url}/contact/", injected):
        page = chromium.new_context().new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        assert page.evaluate("getComputedStyle(document.querySelector('main')).outlineWidth") != "7px"
        if url == injected:
            page.locator("#marked").click()
            assert page.evaluate("getComputedStyle(document.querySelector('#marked')).outlineWidth") != "7px"
            assert len([one for one in said if "Content Security Policy" in one]) >= 4
        else:
            assert said == []
        assert page.evaluate("document.documentElement.dataset.ran") is None
        assert page.evaluate("document.baseURI") == url
        page.context.close()


def test_static_files_come_from_the_disk_and_are_kept_for_ever(nginx: Nginx) -> None:
    names = json.loads((nginx.site.var / "static-files.json").read_text())["paths"]
    for name in ("css/site.css", "js/site.js", "img/icon.svg", "css/alone.css"):
        for accepts in ("gzip, br", "gzip", "identity"):  # gunicorn's whitenoise reads no weights
            wanted = ask(nginx.site.url, f"/static/{names[name]}", Accept_Encoding=accepts)
            got = ask(nginx.url, f"/static/{names[name]}", Accept_Encoding=accepts)
            assert (got.status, got.body) == (200, wanted.body)
            own = ("etag", "last-modified", "content-type", "x-frame-options")
            assert without(got, *own) == without(wanted, *own)
            assert "immutable" in got.headers["cache-control"]
            assert "etag" not in got.headers
    plain = ask(nginx.url, "/static/css/alone.css")
    assert (plain.status, plain.headers["cache-control"]) == (200, "max-age=3600, public")
    for stray in (
        "css/",
        "",
        "../site.sqlite3",
        "css/../../secret-key",
        "..%2fsecret-key",
        "css/.hidden.0123456789ab.css",
    ):
        assert ask(nginx.url, f"/static/{stray}").status == 404, stray
