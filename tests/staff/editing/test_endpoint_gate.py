"""Which of the CMS's own addresses answer whom; what is not listed answers nobody."""

from typing import Any

import pytest
from cms.models import PageContent
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from content.cms_adapter.endpoints import ENDPOINTS, Access
from content.staff.accounts.roles import ROLES
from tests.clinic_site.http.test_headers import content_type
from tests.factories import page_of_kind
from tests.staff.members import member

pytestmark = pytest.mark.django_db
WIZARDS = ["/cms_wizard/create/", "/admin/cms/placeholder/cms_wizard/create/"]


@pytest.fixture
def later_release(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.staff.editing.urls_of_a_later_release"


def clerk() -> Client:
    """Somebody who looks after cases alone, and may not touch pages."""
    user = User.objects.create(username="clerk", is_staff=True)
    user.user_permissions.add(Permission.objects.get(content_type__app_label="content", codename="view_case"))
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.mark.usefixtures("later_release")
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_a_later_release_brings_is_refused_to_everybody(staff: Client, method: str) -> None:
    for browser in (member("Nurse"), member("Doctor"), clerk(), staff):
        reply = getattr(browser, method)("/admin/cms/page/novelty/")
        assert reply.status_code == 403
        assert "This address is not in use on this site." in reply.content.decode()
    assert member("Nurse").get("/staff/").status_code == 200


@pytest.mark.usefixtures("later_release")
def test_an_overridden_view_is_not_reached_at_another_address(staff: Client) -> None:
    for browser in (member("Nurse"), staff):
        assert browser.post("/again/move/").status_code == 404


@pytest.mark.parametrize("url", WIZARDS)
@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_the_wizard_is_off_at_both_its_addresses(staff: Client, url: str, role: str) -> None:
    browser = staff if role == "superuser" else member(role)
    for reply in (browser.get(url), browser.post(url, {"entry": "1"})):
        assert reply.status_code == 403
        assert "Make a new page under Pages: “Another page of the clinic’s own”." in reply.content.decode()
    assert Client().get(url)["Location"].startswith("/admin/login/")


def test_disabled_and_superusers_addresses_are_refused_before_the_cms_is_asked(staff: Client) -> None:
    draft = page_of_kind("clinic")
    version = draft.versions.get().pk
    disabled = [
        f"/admin/cms/pagecontent/{draft.pk}/copy-language/",
        f"/admin/cms/page/{draft.page_id}/en-gb/edit-field/",
        f"/admin/djangocms_versioning/pagecontentversion/{version}/change/",
        f"/admin/djangocms_versioning/pagecontentversion/{version}/delete/",
        "/admin/djangocms_versioning/pagecontentversion/select/",
    ]
    for url in disabled:
        for browser in (member("Doctor"), staff):
            assert browser.get(url).status_code == 403, url
            assert browser.post(url).status_code == 403, url
    for name in ("cms_page_actions_menu", "cms_page_advanced", "cms_page_get_copy_dialog", "cms_page_history"):
        url = reverse(f"admin:{name}", args=[draft.page_id])
        assert member("Nurse").get(url).status_code == 403, name
        assert staff.get(url).status_code == 200, name


def test_the_editors_own_addresses_take_the_right_to_change_pages() -> None:
    draft = page_of_kind("clinic")
    urls = [
        *(f"/admin/cms/placeholder/object/{content_type()}/{mode}/{draft.pk}/" for mode in ("structure", "preview")),
        f"/staff/pages/{draft.pk}/as-patients-see-it/",
        f"/admin/cms/usersettings/cms-toolbar/?obj_id={draft.pk}&obj_type=cms.pagecontent&cms_path=/",
        "/admin/cms/usersettings/",
        "/admin/cms/page/list/?q=about",
        "/admin/cms/page/plugin/text_plugin/urls/?q=about",
    ]
    nurse, nobody = member("Nurse"), clerk()
    for url in urls:
        assert nurse.get(url, follow=True, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 200, url
        assert nobody.get(url).status_code == 403, url


@pytest.mark.parametrize(("role", "may_it"), [("Reception", False), ("Nurse", True)])
def test_new_pages_take_the_right_to_add_them(role: str, may_it: bool) -> None:  # noqa: FBT001  a table
    draft: PageContent = page_of_kind("clinic")
    for url in ("/admin/cms/pagecontent/add/", f"/admin/cms/pagecontent/{draft.pk}/duplicate/"):
        reply = member(role).get(url)
        assert reply.status_code == (200 if may_it else 403), url
        assert ("Your account may not make new pages." in reply.content.decode()) is not may_it, url


@pytest.mark.filterwarnings("ignore:The `node` has been removed")
def test_the_box_for_links_offers_all_pages_before_anything_is_typed() -> None:
    nurse, url = member("Nurse"), "/admin/cms/page/plugin/text_plugin/urls/"
    for query in ("", "?q=", "?q=about"):
        assert nurse.get(url + query).json()["results"][0]["children"], query


def test_the_table_has_a_row_of_each_kind() -> None:
    assert set(ENDPOINTS.values()) == set(Access) - {Access.OURS, Access.UNCLASSIFIED}
