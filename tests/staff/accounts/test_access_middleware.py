"""Who gets through to the site's own side, and what is behind each door."""

from typing import Any

import pytest
from cms.models import Page, PageContent
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from content.staff.accounts.roles import ROLES
from tests.clinic_site.http.test_headers import content_type
from tests.factories import ProseFactory, page_of_kind, slot_of
from tests.rendering import address, publish
from tests.staff.members import member
from tests.staff.sign_in import CODE_PAGE, person, with_password

pytestmark = pytest.mark.django_db
MODES = ["edit", "structure", "preview"]


@pytest.fixture
def draft() -> PageContent:
    made = page_of_kind("clinic", title="A secret plan")
    ProseFactory(placeholder=slot_of(made, "clinic_body"), body="<p>Hidden words</p>")
    return made


@pytest.mark.parametrize("mode", MODES)
def test_whoever_has_no_role_sees_no_draft(draft: PageContent, mode: str) -> None:
    url = f"/admin/cms/placeholder/object/{content_type()}/{mode}/{draft.pk}/"
    refused = member("").get(url)
    assert refused.status_code == 403
    assert "Your account has no role yet" in refused.content.decode()
    assert b"A secret plan" not in refused.content
    for role in ROLES:
        assert b"A secret plan" in member(role).get(url, follow=True).content, role


def test_whoever_has_no_role_reads_the_site_as_a_patient_does(draft: PageContent) -> None:
    nobody, nurse = member(""), member("Nurse")
    for words in ("", "?edit", "?preview", "?structure&toolbar_on"):
        assert nobody.get(f"{address(draft)}{words}").status_code == 404
    shown = page_of_kind("clinic", title="A public plan")
    publish(shown)
    for words in ("", "?edit", "?toolbar_on"):
        assert b"cms-toolbar" not in nobody.get(f"{address(shown)}{words}").content
    assert b"cms-toolbar" in nurse.get(address(shown)).content


def test_whoever_has_no_role_can_leave_and_sign_in_as_somebody_else() -> None:
    person("nina", "")
    browser, reply = with_password("nina", to="/admin/")
    assert reply.status_code == 302
    assert browser.get("/staff/").status_code == 403
    assert browser.get("/admin/login/").status_code == 200
    person("otto")
    assert browser.post("/admin/login/", {"username": "otto", "password": "a long walk by the sea"}).status_code == 302
    assert browser.get("/staff/").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["edit", *(pytest.param(mode, marks=pytest.mark.full) for mode in MODES[1:])])
def test_the_editor_shows_pages_and_no_other_record(draft: PageContent, mode: str) -> None:
    nurse = member("Nurse")
    for kind in [*ContentType.objects.all(), None]:
        number = kind.pk if kind else 99999
        for key in (draft.pk, 1, 99999999):
            reply = nurse.get(f"/admin/cms/placeholder/object/{number}/{mode}/{key}/")
            shown = {200, 302} if (number, key) == (content_type(), draft.pk) else {404}
            if (number, key) != (content_type(), 1):  # the home page, perhaps
                assert reply.status_code in shown, (kind, key)
    assert nurse.get(f"/admin/cms/placeholder/object/{'9' * 30}/{mode}/{draft.pk}/").status_code == 404


def test_what_readers_would_see_at_once_takes_the_right_to_publish(draft: PageContent) -> None:
    publish(draft)
    page = draft.page
    before = list(Page.objects.order_by("pk").values("path", "is_home", "reverse_id", "changed_by"))
    for url, data in (
        (f"/admin/cms/page/{page.pk}/set-home/", {}),
        (f"/admin/cms/page/{page.pk}/move-page/", {"position": "0"}),
        (f"/admin/cms/page/{page.pk}/advanced-settings/", {"reverse_id": "home"}),
        (f"/admin/cms/page/{page.pk}/permissions/", {}),
        (f"/admin/cms/pagecontent/{draft.pk}/change-navigation/", {}),
    ):
        assert member("Reception").post(url, data).status_code == 403, url
    assert list(Page.objects.order_by("pk").values("path", "is_home", "reverse_id", "changed_by")) == before
    assert member("Nurse").post(f"/admin/cms/page/{page.pk}/set-home/").status_code == 200
    page.refresh_from_db()
    assert page.is_home


@pytest.mark.usefixtures("asks_for_codes")
def test_a_session_of_a_password_alone_can_leave() -> None:
    person("nina", has_telephone=True)
    browser, _ = with_password("nina")
    assert browser.post("/admin/logout/").status_code == 200
    assert browser.get(CODE_PAGE)["Location"].startswith("/admin/login/")


@pytest.mark.usefixtures("asks_for_codes")
def test_readers_pass_unchecked(django_assert_num_queries: Any) -> None:
    assert Client().get("/").status_code == 200
    assert not Client().get("/").cookies
