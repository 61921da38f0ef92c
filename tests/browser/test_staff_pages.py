"""Every page that staff are shown: no axe violation, no sideways scrolling, on a desk and on a telephone in the dark."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site, on_each_screen, signed_in_as, violations

pytestmark = pytest.mark.full
NUMBERS = """
from cms.models import PageContent
from django.contrib.auth.models import User
from content.models import Case, Consent
live = PageContent.objects.get(page__reverse_id="spacing")
nurse = User.objects.get(username="sample-nurse")
old = PageContent.admin_manager.filter(page=live.page, versions__state="draft").first()
draft = old or live.versions.get().copy(nurse).content
print("IDS", live.pk, draft.pk, nurse.pk, Case.objects.first().pk, Consent.objects.first().pk, live.page_id)
"""
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""
DOCTORS = [
    "/staff/",
    "/staff/pages/",
    "/staff/new-topic/",
    "/staff/archive/",
    "/staff/feedback/",
    "/staff/archive/?page={page}&day=2026-01-01",
    "/staff/reopened/",
    "/staff/practice/",
    "/staff/help/",
    "/staff/help/start-here/",
    "/staff/help/blocks/",
    "/staff/pages/{live}/changes/",
    "/staff/pages/{live}/sign/",
    "/staff/pages/{live}/offline/",
    "/staff/pages/{draft}/changes/",
    "/staff/pages/{draft}/ask/",
    "/staff/pages/{draft}/sign/",
    "/staff/pages/{draft}/checks/",
    "/staff/pages/{draft}/schedule/",
    "/staff/pages/{draft}/unlock/",
    "/admin/djangocms_versioning/pagecontentversion/?page={page}",
    "/admin/content/treatment/",
    "/admin/content/treatment/1/change/",
    "/admin/content/clinic/1/change/",
    "/staff/history/",
    "/staff/search/?q=belly",
    "/staff/pages/{live}/duplicate/",
    "/admin/content/case/",
    "/admin/content/case/add/",
    "/admin/content/case/{case}/photographs/",
    "/admin/content/case/{case}/approve/",
    "/admin/content/consent/",
    "/admin/content/consent/blank-form/",
    "/admin/content/consent/withdraw/",
    "/admin/content/consent/{consent}/withdraw/",
    "/admin/password_change/",
]
OWNERS = ["/staff/", "/staff/people/", "/staff/people/add/", "/staff/people/{nurse}/", "/admin/content/clinician/"]


@pytest.mark.parametrize(("role", "addresses"), [("doctor", DOCTORS), ("owner", OWNERS)], ids=["doctor", "owner"])
def test_staff_pages_read_well_for_everyone(chromium: Browser, site: Site, role: str, addresses: list[str]) -> None:
    names = ("live", "draft", "nurse", "case", "consent", "page")
    numbers = dict(zip(names, site.shell(NUMBERS).split("IDS ")[1].split(), strict=True))
    page = signed_in_as(chromium, site, role)
    wrong = []
    for address in addresses:
        answer = page.goto(address.format(**numbers))
        assert answer, address
        assert answer.status == 200, address
        for screen in on_each_screen(page):
            if found := violations(page):
                wrong.append((address, screen, found))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append((address, screen, ["scrolls sideways", *page.evaluate(TOO_WIDE)]))
    page.context.close()
    assert wrong == []
