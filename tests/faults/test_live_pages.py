"""Attacks on what patients read: nobody changes a live page without a draft, whichever address of the CMS is tried."""

from typing import Any

import pytest
from cms.models import Page, PageContent
from django.test import Client

from content.models import Reopened, Treatment
from content.reviews import rules, signed_document
from content.staff.accounts.roles import ROLES
from content.treatment.models import FACTS
from tests.clinic_site.http.test_headers import content_type
from tests.factories import LANGUAGE, ProseFactory, page_of_kind, slot_of
from tests.rendering import publish
from tests.staff.editing.test_roles_in_the_editor import block_of, live_page, new_draft
from tests.staff.members import member
from tests.staff.rights import writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
VERSIONS = "/admin/djangocms_versioning/pagecontentversion"


def read_by_patients(page: Page) -> tuple[Any, ...]:
    """All of a live page that patients meet."""
    page = Page.objects.get(pk=page.pk)
    content = PageContent.objects.get(page=page)
    texts = [
        getattr(content, field.attname) for field in PageContent._meta.concrete_fields if field.name != "changed_date"
    ]
    return (signed_document.build(content), texts, page.reverse_id, page.login_required, page.is_home, page.path)


def hexed(number: int) -> str:
    """The same number in the admin's own way of writing keys, which `<int:pk>` doesn't know."""
    return "".join(f"_{ord(digit):02X}" for digit in str(number))


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES, ""])
@pytest.mark.parametrize("kind", ["topic", pytest.param("clinic", marks=pytest.mark.full)])
def test_no_address_changes_what_is_live(role: str, kind: str) -> None:
    live = live_page(kind)
    browser, page, block = member(role), live.page, block_of(live)
    slot, version = block.placeholder_id, live.versions.get().pk
    before = read_by_patients(page)
    texts = {
        "title": "Owned", "slug": "owned", "menu_title": "Owned", "page_title": "Owned", "redirect": "/contact/",
        "overwrite_url": "owned", "meta_description": "Owned", "in_navigation": "on", "template": "pages/clinic.html",
        "heading": "Owned", "body": "<p>Owned</p>", "reverse_id": "owned", "login_required": "on",
        "instead_of": "", "opened_as": "", "language": LANGUAGE, "target_language": LANGUAGE, "_save": "Save",
        "plugin_id": str(block.pk), "target_position": "1", "placeholder_id": str(slot), "post": "yes",
        "source_placeholder_id": str(slot), "source_language": LANGUAGE, "target_placeholder_id": str(slot),
        "plugin_type": "ProsePlugin", "plugin_language": LANGUAGE, "plugin_position": "1", "action": "delete_selected",
        "_selected_action": str(live.pk),
    }  # fmt: skip
    query = "&".join(f"{name}={value}" for name, value in {**texts, "edit_fields": "title,menu_title"}.items())
    for number in (str(live.pk), hexed(live.pk)):
        for rest in ("change", "change-template", "change-navigation", "copy-language", "delete", "duplicate"):
            hit(browser, f"/admin/cms/pagecontent/{number}/{rest}/", texts, query)
    for number in (str(page.pk), hexed(page.pk)):
        for rest in ("change", "delete", "en-gb/edit-field"):
            hit(browser, f"/admin/cms/page/{number}/{rest}/", texts, query)
    for rest in (
        f"edit-plugin/{block.pk}", f"edit-field/{block.pk}/{LANGUAGE}", f"delete-plugin/{block.pk}",
        f"clear-placeholder/{slot}", "copy-plugins", "add-plugin",
    ):  # fmt: skip
        hit(browser, f"/admin/cms/placeholder/{rest}/", texts, query)
    moved = {"plugin_id": str(block.pk), "target_language": LANGUAGE, "target_position": "2"}
    hit(browser, "/admin/cms/placeholder/move-plugin/", moved, "")
    for number in (str(version), hexed(version)):
        for rest in ("change", "delete", "discard", "archive", "revert", "publish"):
            hit(browser, f"{VERSIONS}/{number}/{rest}/", texts, query)
    for mode in ("edit", "structure", "preview"):
        hit(browser, f"/admin/cms/placeholder/object/{content_type()}/{mode}/{live.pk}/", texts, query)
    assert read_by_patients(page) == before


def hit(browser: Client, url: str, data: dict[str, str], query: str) -> None:
    """GET and POST, with the words in the address too; never a fault of the server."""
    browser.get(f"{url}?{query}")
    for address in (url, f"{url}?{query}"):
        assert browser.post(address, data).status_code < 500, address


def test_texts_are_changed_in_a_draft_by_the_same_people_and_not_before() -> None:
    live = live_page("topic")
    url = f"/admin/cms/page/{live.page.pk}/{LANGUAGE}/edit-field/?edit_fields=title"
    assert member("Nurse").post(url, {"title": "Owned"}).status_code == 403
    draft = new_draft(member("Nurse"), live)
    assert draft.title == live.title


@pytest.mark.parametrize(
    ("role", "may_it"), [("Reception", False), ("Nurse", False), ("Owner", False), ("Doctor", True)]
)
def test_a_medical_page_is_moved_by_who_could_make_it_live(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    live = live_page("topic")
    other = page_of_kind("clinic", slug="elsewhere").page
    before = Page.objects.get(pk=live.page.pk).path
    reply = writer(role).post(f"/admin/cms/page/{live.page.pk}/move-page/", {"target": other.pk, "position": "0"})
    assert reply.status_code == (200 if may_it else 403)
    assert (Page.objects.get(pk=live.page.pk).path != before) is may_it


def test_a_page_moved_to_other_facts_is_reviewed_again_and_closed_when_moved_back() -> None:
    treatment = Treatment.objects.get()
    other = page_of_kind("treatment", slug="other-treatment")
    values = {name: getattr(treatment, name) for name in FACTS}
    Treatment.objects.create(name="Other", page=other.page, **{**values, "weeks_before_judging": 40})
    draft = page_of_kind("topic", slug="moved")
    ProseFactory(placeholder=slot_of(draft, "topic_body"), body="<p>Wait [[weeks-before-judging]].</p>")
    publish(draft)
    doctor = writer("Doctor")
    url = f"/admin/cms/page/{draft.page.pk}/move-page/"
    assert doctor.post(url, {"target": other.page.pk, "position": "0"}).status_code == 200
    assert [one.page for one in Reopened.objects.all()] == [draft.page]
    assert rules.valid_signature(PageContent.objects.get(pk=draft.pk)) is None
    assert doctor.post(url, {"position": "0"}).status_code == 200
    assert not Reopened.objects.exists()
