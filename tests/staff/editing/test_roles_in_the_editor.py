"""What each role does with pages, at the CMS's own addresses."""

import re
from typing import Any

import pytest
from cms.models import CMSPlugin, PageContent, UserSettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.models import Clinic, Clinician, Prose, Treatment
from content.reviews import draft_locks
from content.staff.accounts.roles import ROLES
from tests.clinic_site.http.test_headers import content_type
from tests.factories import LANGUAGE, ProseFactory, author, page_of_kind, slot_of
from tests.rendering import add_form, filled_in, opened, publish
from tests.staff.members import member

pytestmark = pytest.mark.django_db
KINDS = {"topic": "topic_body", "clinic": "clinic_body"}
HERE = {"cms_path": "/"}


def live_page(kind: str) -> PageContent:
    """A live page of this kind with one block."""
    made = page_of_kind(kind)
    ProseFactory(placeholder=slot_of(made, KINDS[kind]), heading="Before")
    publish(made)
    return made


def new_draft(browser: Client, live: PageContent) -> PageContent:
    """What the button “New draft” makes."""
    version = live.versions.get()
    reply = browser.post(f"/admin/djangocms_versioning/pagecontentversion/{version.pk}/edit-redirect/")
    assert reply.status_code == 302
    draft: PageContent = PageContent.admin_manager.filter(page=live.page).order_by("-pk")[0]
    assert draft.pk != live.pk
    return draft


def block_of(draft: PageContent) -> CMSPlugin:
    """Its first block."""
    return CMSPlugin.objects.filter(placeholder__in=draft.placeholders.all()).order_by("position")[0]


def at(name: str, *numbers: int) -> str:
    """One of the editor's own addresses."""
    return reverse(f"admin:cms_placeholder_{name}", args=numbers, query=HERE)


@pytest.mark.usefixtures("incomplete_pages")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_writes_a_draft_with_all_that_belongs_to_it(role: str, kind: str) -> None:
    browser = member(role)
    draft = new_draft(browser, live_page(kind))
    block = block_of(draft)
    slot = block.placeholder
    for mode in ("edit", "preview"):
        page = browser.get(f"/admin/cms/placeholder/object/{content_type()}/{mode}/{draft.pk}/")
        assert page.status_code == 200
        assert b"cms-toolbar" in page.content
        assert b"staff-bar" in page.content
    structure = browser.get(f"/admin/cms/placeholder/object/{content_type()}/structure/{draft.pk}/", follow=True)
    assert structure.redirect_chain[-1][0] == f"/staff/pages/{draft.pk}/blocks/"
    assert structure.status_code == 200
    add_form(browser, slot, Prose, filled_in({"heading": "Added", "body": "<p>More.</p>"}))
    change = at("edit_plugin", block.pk)
    browser.post(change, {**filled_in({"heading": "After", "body": "<p>Better.</p>"}), **opened(browser, change)})
    assert sorted(Prose.objects.filter(placeholder=slot).values_list("heading", flat=True)) == ["Added", "After"]
    browser.post(at("move_plugin"), {"plugin_id": block.pk, "target_language": LANGUAGE, "target_position": 2})
    assert block_of(draft).pk != block.pk
    copied = browser.post(
        at("copy_plugins"),
        {
            "source_plugin_id": block.pk,
            "source_placeholder_id": slot.pk,
            "source_language": LANGUAGE,
            "target_language": LANGUAGE,
            "target_placeholder_id": UserSettings.objects.get(user__username=f"a-{role.lower()}").clipboard_id,
        },
    )
    assert copied.status_code == 200
    browser.post(at("delete_plugin", block.pk), {"post": "yes"})
    assert list(Prose.objects.filter(placeholder=slot).values_list("heading", flat=True)) == ["Added"]
    settings = {"title": "New title", "slug": "new-title", "menu_title": "", "page_title": "", "meta_description": ""}
    url = f"/admin/cms/pagecontent/{draft.pk}/change/?language={LANGUAGE}"
    browser.post(url, {**settings, **opened(browser, url)})
    draft.refresh_from_db()
    assert draft.title == "New title"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_pages_and_compares_versions(role: str) -> None:
    browser, live = member(role), live_page("clinic")
    draft = new_draft(browser, live)
    base = "/admin/djangocms_versioning/pagecontentversion"
    for url in (
        "/staff/pages/",
        f"{base}/?page={live.page.pk}&language={LANGUAGE}",
        f"{base}/{draft.versions.get().pk}/compare/?compare_to={live.versions.get().pk}",
        "/admin/cms/usersettings/",
        f"{reverse('admin:djangocms_text_textplugin_get_available_urls')}?q=about",
    ):
        assert browser.get(url).status_code == 200, url


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_that_a_colleague_writes_is_not_changed_by_others(role: str) -> None:
    draft = page_of_kind("clinic")
    block = ProseFactory(placeholder=slot_of(draft, "clinic_body"), heading="Theirs")
    draft_locks.acquire_if_free(draft, user=author(), now=timezone.now())
    browser = member(role)
    browser.post(at("edit_plugin", block.pk), filled_in({"heading": "Mine", "body": "<p>Mine.</p>"}))
    browser.post(at("delete_plugin", block.pk), {"post": "yes"})
    assert Prose.objects.get(pk=block.pk).heading == "Theirs"


def who(*able: str) -> Any:
    """Each role once, with whether it is one of these."""
    return pytest.mark.parametrize(("role", "may_it"), [(role, role in able) for role in ROLES])


@pytest.mark.filterwarnings("ignore:get_current_site:cms.utils.compat.warnings.RemovedInDjangoCMS60Warning")
@who("Doctor")
def test_a_doctor_takes_over_a_draft_that_somebody_has_left(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    draft = page_of_kind("clinic")
    draft_locks.acquire_if_free(draft, user=author(), now=timezone.now())
    version = draft.versions.get()
    browser = member(role)
    location = browser.post(f"/admin/djangocms_versioning/pagecontentversion/{version.pk}/unlock/")["Location"]
    assert browser.post(location).status_code == (302 if may_it else 403)
    assert (type(version).objects.get(pk=version.pk).locked_by != version.locked_by) is may_it


@who("Nurse", "Doctor")
def test_nurses_and_doctors_make_new_pages(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    data = {"title": "New", "slug": "new", "menu_title": "", "page_title": "", "meta_description": ""}
    reply = member(role).post(f"/admin/cms/pagecontent/add/?language={LANGUAGE}&parent_page=", data)
    assert reply.status_code == (302 if may_it else 403)
    assert PageContent.admin_manager.filter(title="New").exists() is may_it


@who("Nurse", "Doctor", "Owner")
def test_a_page_of_the_clinics_own_goes_live_by_publishers(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    browser = member(role)
    version = new_draft(browser, live_page("clinic")).versions.get()
    browser.post(f"/admin/djangocms_versioning/pagecontentversion/{version.pk}/publish/")
    assert (type(version).objects.get(pk=version.pk).state == "published") is may_it


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_a_page_or_changes_its_template(role: str) -> None:
    browser, live = member(role), live_page("clinic")
    refused: list[tuple[str, dict[str, Any]]] = [
        (f"/admin/cms/page/{live.page.pk}/delete/", {"post": "yes"}),
        (f"/admin/cms/pagecontent/{live.pk}/delete/", {"post": "yes"}),
        (f"/admin/cms/pagecontent/{live.pk}/change-template/", {"template": "pages/topic.html"}),
    ]
    for url, data in refused:
        assert browser.post(url, data).status_code in {403, 404}, url
    live.refresh_from_db()
    assert live.template == "pages/clinic.html"
    assert Client().get(live.page.get_absolute_url()).status_code == 200


# --- records ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ROLES)
def test_every_role_changes_the_clinics_record_and_only_doctors_the_facts(role: str) -> None:
    browser, clinic, treatment = member(role), Clinic.objects.get(), Treatment.objects.get()
    for record, name, value, may_it in (
        (clinic, "hours", "Monday to Friday, nine to five", True),
        (treatment, "weeks_before_judging", treatment.weeks_before_judging + 1, role == "Doctor"),
    ):
        model = record._meta.model_name
        data = {field.name: field.value_from_object(record) or "" for field in record._meta.fields}
        address = f"/admin/content/{model}/{record.pk}/change/"
        data |= opened(browser, address) if may_it else {}
        reply = browser.post(address, {**data, name: value})
        if confirmation := re.search(r'name="confirmed" value="(\w+)"', reply.content.decode()):
            reply = browser.post(address, {**data, name: value, "confirmed": confirmation[1]})
        assert reply.status_code == (302 if may_it else 403), model
        record.refresh_from_db()
        assert (getattr(record, name) == value) is may_it


@who("Owner")
def test_clinicians_are_the_owners_and_their_sign_in_is_not_chosen_here(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    browser = member(role)
    data = {"shown_name": "Dr C. New", "title": "Dermatologist", "register_number": "", "user": "1"}
    reply = browser.post("/admin/content/clinician/add/", data)
    assert reply.status_code == (302 if may_it else 403)
    made = Clinician.objects.filter(shown_name="Dr C. New")
    assert [one.user for one in made] == ([None] if may_it else [])
