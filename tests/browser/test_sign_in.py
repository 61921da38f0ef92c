"""From a link on paper to a session with both factors, in Chromium: the owner and a new nurse."""

import re
import time
from base64 import b32decode
from collections.abc import Iterator

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, running, violations, watched

CHOSEN = "a sentence of her own"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that asks for codes, as one on a real host does."""
    with running(tmp_path_factory.mktemp("sign-in"), SECOND_FACTOR="1") as started:
        yield started


def browser_on(chromium: Browser, site: Site, width: int = 1280, scheme: str = "light") -> Page:
    """A new browser of this width."""
    context = chromium.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    return context.new_page()


def type_password(page: Page, name: str, password: str) -> None:
    """Name and password, at whatever address one was sent there from."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def set_up_telephone(page: Page) -> TOTP:
    """Through the guide; what the telephone then reckons with."""
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    assert page.evaluate("document.querySelector('main img, form img').naturalWidth") > 100
    secret = page.locator(".sign-in-secret").inner_text().replace(" ", "")
    telephone = TOTP(b32decode(secret))
    page.get_by_label("Code").fill(shown(telephone))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".recovery-codes code")).to_have_count(10)
    return telephone


def shown(telephone: TOTP, steps: int = 0) -> str:
    """The six digits of now, or of some half minutes later."""
    telephone.time = time.time() + 30 * steps
    return f"{telephone.token():06d}"


def sample(site: Site, role: str) -> tuple[str, str]:
    """Name and password of the sample sign-in with this role."""
    return f"sample-{role}", site.password(role)


def no_violation(page: Page) -> None:
    """Neither axe nor the width finds fault with the page as it stands."""
    page.wait_for_load_state("networkidle")  # a press may still be on its way to the next page
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    low = page.evaluate(
        "[...document.querySelectorAll('main :is(button, input:not([type=hidden], [type=checkbox]), select, .button)')]"
        ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    )
    assert low == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), pytest.param(1280, "dark", marks=pytest.mark.full)])
def test_a_new_nurse_comes_in_with_a_link_on_paper(chromium: Browser, own: Site, width: int, scheme: str) -> None:
    owner, name = browser_on(chromium, own, width, scheme), f"nina.{scheme}"
    complaints = watched(owner, own)
    own.shell(
        "from django.contrib.auth.models import User; from content.staff.accounts import second_factor; "
        "from django.utils import timezone; second_factor.reset(User.objects.get(username='sample-owner'), now=timezone.now())"
    )
    owner.goto("/staff/people/")
    no_violation(owner)
    type_password(owner, *sample(own, "owner"))
    no_violation(owner)
    owner.get_by_role("button", name="Begin").click()
    no_violation(owner)
    set_up_again(owner)
    no_violation(owner)
    owner.get_by_role("link", name="I have them; go on").click()
    owner.wait_for_url("**/staff/people/")
    no_violation(owner)
    owner.get_by_role("link", name="Add a person").click()
    no_violation(owner)
    owner.get_by_label("User name").fill(name)
    owner.get_by_label("Name", exact=True).fill("Nina N.")
    owner.get_by_label("Nurse").check()
    owner.get_by_role("button", name="Add").click()
    expect(owner.get_by_text("Nina N. has an account.")).to_be_visible()
    no_violation(owner)
    owner.get_by_role("button", name="Make a one-time link").click()
    no_violation(owner)
    code = owner.locator(".sign-in-code strong").inner_text()
    assert complaints == []

    nina = browser_on(chromium, own, width, scheme)
    complaints = watched(nina, own)
    nina.goto(f"/staff/link/?code={code}")
    no_violation(nina)
    nina.get_by_label("New password", exact=True).fill(CHOSEN)
    nina.get_by_label("New password again").fill(CHOSEN)
    nina.get_by_role("button", name="Set my password").click()
    expect(nina.get_by_text(f"Sign in as {name}.")).to_be_visible()
    type_password(nina, name, CHOSEN)
    telephone = set_up_telephone(nina)
    nina.context.clear_cookies()
    nina.goto("/admin/")
    type_password(nina, name, CHOSEN)
    no_violation(nina)
    nina.get_by_label("Code").fill(shown(telephone, 1))
    nina.get_by_role("button", name="Go on").click()
    nina.wait_for_url(re.compile(r"/staff/$"))  # /admin/ leads staff to their start
    nina.goto("/staff/recovery-codes/")
    no_violation(nina)
    assert complaints == []


def set_up_again(page: Page) -> None:
    """From wherever the guide stands."""
    page.goto("/staff/second-factor/?next=/staff/people/")
    secret = page.locator(".sign-in-secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(shown(TOTP(b32decode(secret))))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".recovery-codes code")).to_have_count(10)


def test_a_shut_door_says_so_plainly(chromium: Browser, own: Site) -> None:
    page = browser_on(chromium, own, 390)
    page.goto("/admin/")
    for number in range(5):
        type_password(page, "sample-nurse", f"guess {number}")
    expect(page.get_by_role("heading", name="Shut for half an hour")).to_be_visible()
    no_violation(page)


def test_a_site_says_whether_it_asks_for_codes(own: Site, site: Site) -> None:
    sentence = "Codes from a telephone are not asked for"
    assert sentence not in own.log.read_text()
    assert sentence in site.log.read_text()
