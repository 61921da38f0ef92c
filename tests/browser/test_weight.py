"""What a page costs a patient: its bytes, and whether it holds still while it loads."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site

TREATMENT = "/microneedling-for-stretch-marks/"
CODE = re.compile(r"/before-and-after/\w{10}/")
SCREENS = [(390, 2), (1280, 1)]  # width in CSS pixels, device pixels each: a phone and a desk
MOVED = """() => new Promise(done => {
    let moved = 0;
    const add = seen => seen.getEntries().forEach(e => moved += e.value);
    new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(moved), 200);
})"""
SCROLL = """async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 800) {
        scrollTo({top: y, behavior: 'instant'});
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    const shown = [...document.images].filter(one => one.checkVisibility() && !one.naturalWidth);
    const ends = ['load', 'error'];  // one that is broken is complained of in the console
    await Promise.all(shown.map(one => one.complete
        || new Promise(done => ends.forEach(end => one.addEventListener(end, done)))));
}"""


@dataclass
class Traffic:
    """Replies that reached the browser over the network, and their bytes as they travelled, headers included."""

    sizes: list[float] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Count what this page loads from now on."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: self.sizes.append(event["encodedDataLength"]))


def scrolled(page: Page) -> None:
    """Read the page to its end, until all its pictures are there."""
    page.evaluate(SCROLL)


@pytest.mark.parametrize(("width", "density"), SCREENS)
def test_treatment_page_is_light(chromium: Browser, site: Site, width: int, density: int) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 844}, device_scale_factor=density
    )
    page, traffic = context.new_page(), Traffic()
    traffic.follow(page)
    page.goto(TREATMENT, wait_until="networkidle")
    asked, before = len(traffic.sizes), sum(traffic.sizes)
    scrolled(page)
    after = sum(traffic.sizes)
    context.close()
    assert asked <= 8
    assert before <= 60 * 1024
    assert after <= 140 * 1024


@pytest.mark.parametrize(("width", "density"), SCREENS)
def test_case_holds_still_while_its_pictures_load(chromium: Browser, site: Site, width: int, density: int) -> None:
    """As the other pages do, of which `test_pages.py` asks it."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 844}, device_scale_factor=density
    )
    page = context.new_page()
    page.goto("/before-and-after/")
    links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.pathname)")
    page.goto(next(path for path in links if CODE.fullmatch(path)), wait_until="networkidle")
    scrolled(page)
    moved = page.evaluate(MOVED)
    context.close()
    assert round(moved, 3) == 0  # as Lighthouse says it: 0.000
