"""A page keeps to its kind, and its own texts may quote facts."""

import pytest
from cms.models import Page, PageContent
from django.core.exceptions import ValidationError
from django.test import Client

from content.staff.editing.page_kind import validate_address, validate_redirect
from tests.factories import LANGUAGE, author, page_of_kind
from tests.rendering import address, opened, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_changes_a_pages_template(staff: Client, method: str) -> None:
    draft = page_of_kind("topic")
    url = f"/admin/cms/pagecontent/{draft.pk}/change-template/"
    assert getattr(staff, method)(url, {"template": "pages/clinic.html"}).status_code == 403
    draft.refresh_from_db()
    assert draft.template == "pages/topic.html"
    assert getattr(Client(), method)(url, {"template": "pages/clinic.html"}).status_code == 302


def test_not_even_python_changes_a_pages_template() -> None:
    draft = page_of_kind("topic")
    draft.template = "pages/clinic.html"
    with pytest.raises(ValidationError, match="keeps to its kind"):
        draft.save()


def add_page(staff: Client, **values: str) -> PageContent:
    data = {"title": "New", "slug": "new", "menu_title": "", "page_title": "", "meta_description": "", **values}
    parent = values.get("parent_page", "")
    response = staff.post(f"/admin/cms/pagecontent/add/?language={LANGUAGE}&parent_page={parent}", data)
    assert response.status_code == 302, response.content.decode()
    return PageContent.admin_manager.get(title=data["title"])


def test_a_new_page_is_of_the_kind_that_belongs_to_its_place(staff: Client) -> None:
    treatment = Page.objects.get(reverse_id="treatment")
    assert add_page(staff, title="Ours").template == "pages/clinic.html"
    assert add_page(staff, title="Topic", slug="topic", parent_page=str(treatment.pk)).template == "pages/topic.html"
    topic = PageContent.admin_manager.get(title="Topic").page
    assert add_page(staff, title="Deeper", slug="deeper", parent_page=str(topic.pk)).template == "pages/topic.html"


@pytest.mark.usefixtures("incomplete_pages")
def test_title_and_description_quote_facts_everywhere_they_stand() -> None:
    draft = page_of_kind(
        "topic",
        title="Wait [[weeks-between-sessions]]",
        meta_description="Usually [[usual-sessions]].",
        in_navigation=True,
    )
    publish(draft)
    text = Client().get(address(draft)).content.decode()
    assert "[[" not in text
    assert "<h1>Wait 4 to 6 weeks</h1>" in text
    assert '<meta name="description" content="Usually 3 to 6 sessions.">' in text
    assert ">Wait 4 to 6 weeks</a>" in Client().get("/").content.decode()


@pytest.mark.parametrize("field", ["title", "menu_title", "page_title", "meta_description"])
def test_page_settings_refuse_a_fact_that_is_none(staff: Client, field: str) -> None:
    draft = page_of_kind("topic", title="Before")
    data = {
        "title": "Before", "slug": "before", "menu_title": "", "page_title": "", "meta_description": "",
        field: "Every [[weeks]]",
    }  # fmt: skip
    response = staff.post(f"/admin/cms/pagecontent/{draft.pk}/change/?language={LANGUAGE}", data)
    assert response.status_code == 200
    assert "The facts are: [[treatment-minutes]]" in response.content.decode()
    assert "Every [[weeks]]" in response.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Before"


def test_an_address_holds_no_fact(staff: Client) -> None:
    data = {"title": "New", "slug": "[[usual-sessions]]", "menu_title": "", "page_title": "", "meta_description": ""}
    response = staff.post(f"/admin/cms/pagecontent/add/?language={LANGUAGE}", data)
    assert response.status_code == 200
    assert not PageContent.admin_manager.filter(title="New").exists()


def test_page_settings_offer_no_template_and_change_none(staff: Client) -> None:
    draft = page_of_kind("topic", title="Kept")
    url = f"/admin/cms/pagecontent/{draft.pk}/change/?language={LANGUAGE}"
    form = staff.get(url).content.decode()
    assert 'name="template"' not in form
    assert (
        "Patients read it under the title, search engines show it. It may quote facts by their names: [[treatment-minutes]]"
        in form
    )
    data = {
        "title": "Kept",
        "slug": "kept",
        "menu_title": "",
        "page_title": "",
        "meta_description": "New words",
        "template": "pages/home.html",
        **opened(staff, url),
    }
    assert staff.post(url, data).status_code == 302
    draft.refresh_from_db()
    assert (draft.template, draft.meta_description) == ("pages/topic.html", "New words")


@pytest.mark.parametrize(
    "value",
    [
        "a b",
        "é/x",
        "javascript:alert(1)",
        "%2e%2e",
        "?x=1",
        "#x",
        "\\evil.example",
        "../x",
        "admin",
        "static/x",
        "A",
        "a_b",
        "[[usual-sessions]]",
    ],
)
def test_an_address_that_could_not_be_asked_for_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        validate_address(value)


@pytest.mark.parametrize("value", ["your-session", "a/b-2/c3", "/with/slashes/"])
def test_an_ordinary_address_is_accepted(value: str) -> None:
    validate_address(value)


@pytest.mark.parametrize(
    "value", ["//evil.example/", "https://evil.example/", "javascript:x", "contact", "/a b/", "/\\evil/"]
)
def test_a_page_redirects_only_within_the_site(value: str) -> None:
    with pytest.raises(ValidationError):
        validate_redirect(value)
    validate_redirect("/contact/")


def test_address_fields_carry_the_rule() -> None:
    fields = {name: PageContent._meta.get_field(name).validators for name in ("slug", "overwrite_url", "redirect")}
    assert validate_address in fields["slug"]
    assert validate_address in fields["overwrite_url"]
    assert validate_redirect in fields["redirect"]


def test_the_wizard_is_shut(staff: Client) -> None:
    assert staff.get("/admin/cms/placeholder/cms_wizard/create/").status_code == 403
    assert staff.post("/admin/cms/placeholder/cms_wizard/create/", {"entry": "1"}).status_code == 403
    assert "cms_wizard" not in staff.get("/about/").content.decode()


def test_a_page_is_of_a_kind_that_there_is() -> None:
    draft = page_of_kind("topic")
    with pytest.raises(ValidationError, match="one of the kinds"):
        PageContent.objects.create(page=draft.page, template="INHERIT", title="x", language=LANGUAGE)


def test_versions_are_compared_and_reverted_in_the_admin(staff: Client) -> None:
    draft = page_of_kind("clinic", title="First words")
    first = draft.versions.get()
    publish(draft)
    second = first.copy(author())
    second.content.title = "Second words"
    second.content.save()
    second.publish(author())
    base = "/admin/djangocms_versioning/pagecontentversion"
    compared = staff.get(f"{base}/{first.pk}/compare/?compare_to={second.pk}")
    assert compared.status_code == 200
    assert staff.post(f"{base}/{first.pk}/revert/").status_code == 302
    newest = PageContent.admin_manager.filter(page=draft.page).order_by("-pk")[0]
    assert (newest.title, newest.versions.get().state) == ("First words", "draft")


def test_the_list_of_cases_has_one_place() -> None:
    assert page_of_kind("gallery", title="A copy").template == "pages/clinic.html"
    gallery = PageContent.objects.get(page__reverse_id="gallery")
    draft = gallery.versions.get().copy(author()).content
    assert draft.template == "pages/gallery.html"


def test_a_pages_settings_are_saved_in_the_editors_own_window(staff: Client) -> None:
    draft = page_of_kind("clinic")
    url = f"/admin/cms/pagecontent/{draft.pk}/change/?language={LANGUAGE}"
    data = {"title": "Another title", "slug": draft.slug, "xframe_options": "0", "_popup": "1", **opened(staff, url)}
    assert staff.post(url, data).status_code == 200
    assert PageContent.admin_manager.get(pk=draft.pk).title == "Another title"
