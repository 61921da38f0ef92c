"""A page brings the parts of the style that it needs: it looks as it would with the whole of it."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import FINISH, Site, violations
from tests.browser.test_pages import PAGES

PLAN = "/plan-your-sessions/?first=2027-01-11&sessions=4&from1=2027-02-01&to1=2027-02-20&sun1=on"
STATES = [
    *(path for path in PAGES if path not in {"/about/", "/privacy/", "/your-photographs/"}),  # blocks of other pages
    PLAN,
    "/plan-your-sessions/?first=1",
    "/before-and-after/?sessions=11&skin=deepest",
    "/before-and-after/?area=no-such",
    "/search/?q=strech",
    "/search/?q=zzzzzz",
    "/microneedling-for-stretch-marks/aftercare/?area=thighs&size=large",
    "/no-such-page/",
]
ON_PAPER = ["/", "/microneedling-for-stretch-marks/", STATES[-2], PLAN, "/is-it-right-for-me/"]
LOOKS = """() => window.looks = [...document.querySelectorAll('body, body *')].filter(one => one.checkVisibility()).map(one => {
    const said = one.localName + '.' + one.className + ' ';
    return said + ['', '::before', '::after'].map(part => {
        const look = getComputedStyle(one, part);
        const isShown = !part || look.content != 'none';
        return isShown && [...look].map(name => look.getPropertyValue(name)).join(';');
    }).join('|');
})"""
COMPARE = f"""() => {{
    const before = window.looks, after = ({LOOKS})();
    if (before.length != after.length) return [`${{before.length}} elements were shown and ${{after.length}} are`];
    return before.filter((look, at) => look != after[at]).map(look => look.split(' ')[0]);
}}"""
WHOLE = """href => new Promise(done => {
    document.querySelector('style').remove();
    const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href});
    link.onload = () => requestAnimationFrame(() => requestAnimationFrame(done));
    document.head.append(link);
})"""
QUIET = """() => new Promise(done => {
    let timer = setTimeout(done, 500);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 500); });
    watch.observe(document.body, {subtree: true, childList: true, attributes: true});
})"""


def whole_stylesheet(site: Site) -> str:
    """The address of the built stylesheet."""
    (built,) = (site.var / "static/css").glob("site.????????????.css")
    return f"/static/css/{built.name}"


def different(page: Page, site: Site) -> list[str]:
    """The elements that look otherwise once the page, at rest, has the whole stylesheet."""
    page.evaluate(QUIET)
    page.evaluate(FINISH)
    assert page.evaluate(f"({LOOKS})().length") > 10
    page.evaluate(WHOLE, whole_stylesheet(site))
    page.evaluate(FINISH)
    found: list[str] = page.evaluate(COMPARE)
    return found


@pytest.mark.parametrize(
    ("path", "media"), [*((path, "screen") for path in STATES), *((path, "print") for path in ON_PAPER)]
)
def test_page_looks_as_it_would_with_the_whole_stylesheet(chromium: Browser, site: Site, path: str, media: str) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.emulate_media(media="print" if media == "print" else "screen", reduced_motion="reduce")
    page.goto(path)
    found = different(page, site)
    context.close()
    assert found == []


def test_what_a_script_brings_into_a_page_has_its_style(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto("/plan-your-sessions/")
    page.get_by_label("First session").fill("2027-01-11")
    page.locator("#id_sessions_6").check()
    page.wait_for_selector("[data-swap=answer] .judge")
    assert different(page, site) == []

    page.goto("/before-and-after/?sessions=11&skin=deepest")
    page.locator("[data-clear]").first.click()
    page.wait_for_selector(".card")
    assert different(page, site) == []

    page.locator(".card a").first.click()
    page.locator("picture-zoom button").first.click()
    page.wait_for_selector("dialog[open]")
    assert different(page, site) == []
    context.close()


POPOVER = {":popover-open": ":no-such-state", " popover ": " ", " popovertarget=": " data-target="}


def as_old_phones_read_it(route: Route) -> None:
    """Take out of a page what a browser without popovers passes over."""
    reply = route.fetch()
    html = reply.text()
    for word, other in POPOVER.items():
        assert word in html
        html = html.replace(word, other)
    route.fulfill(response=reply, body=html)


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_without_popovers_shows_the_menu_and_no_button_that_does_nothing(
    chromium: Browser, site: Site, width: int
) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": width, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.route("**/", as_old_phones_read_it)
    page.goto("/")
    expect(page.locator(".menu-btn")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    logo = page.locator(".brand").bounding_box()
    assert logo is not None
    for link in page.locator(".menu a").all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] >= logo["y"] + logo["height"]
    assert violations(page) == []
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")
    context.close()
