"""A limit counts a line end as one letter, as the browser's `maxlength` does, in every form that staff or readers send."""

from typing import Any

import pytest
from cms.api import add_plugin
from cms.models import PageContent
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.decorators.csrf import csrf_exempt

from clinic_site.http.line_ends import LineEndMiddleware
from content.clinic.models import Clinic
from content.feedback.forms import WordsForm
from content.feedback.models import MAX_LENGTH
from content.ledger.models import Entry
from content.models import Contact
from content.staff.cases.forms import PhotoForm
from tests.factories import CaseFactory
from tests.staff.members import member

CLINIC = "/admin/content/clinic/1/change/"


def as_a_browser_sends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def lines(length: int, ends: int = 10) -> str:
    """A text of exactly this many letters, of which some are line ends."""
    words = "\n".join("abc" for _ in range(ends + 1))
    return words + "d" * (length - len(words))


def seen(request: HttpRequest, view: Any = None) -> dict[str, list[str]]:
    """What a view finds in the form."""
    LineEndMiddleware(lambda _: HttpResponse()).process_view(request, view or seen, (), {})
    return dict(request.POST.lists())


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=BoUnDaRyStRiNg", "application/x-www-form-urlencoded"])
def test_every_line_end_is_one_letter_for_the_view(kind: str) -> None:
    sent = {"text": ["a\r\nb\rc\nd", "e\r\n\r\nf"], "plain": "g"}
    if "multipart" in kind:
        request = RequestFactory().post("/", sent)
    else:
        body = "text=a%0D%0Ab%0Dc%0Ad&text=e%0D%0A%0D%0Af&plain=g"
        request = RequestFactory().post("/", body, content_type=kind)
    assert seen(request) == {"text": ["a\nb\nc\nd", "e\n\nf"], "plain": ["g"]}
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["text"] = "x"


def test_a_visitors_form_is_not_read_before_its_view_knows_who_sends_it() -> None:
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().post("/", {"text": "a\r\nb"})
    LineEndMiddleware(view).process_view(request, view, (), {})
    assert not hasattr(request, "_post")


def test_a_reader_may_use_all_letters_that_the_box_lets_them_type() -> None:
    assert WordsForm({"words": as_a_browser_sends(lines(MAX_LENGTH))}).is_valid()
    assert not WordsForm({"words": as_a_browser_sends(lines(MAX_LENGTH + 1))}).is_valid()


def clinic_fields(**texts: str) -> dict[str, str]:
    clinic = Clinic.objects.get()
    names = ("name", "strapline", "address", "telephone", "hours", "out_of_hours_line", "emergency_line")
    ticked = {"has_sample_content": "on"} if clinic.has_sample_content else {}
    return {name: as_a_browser_sends(getattr(clinic, name)) for name in names} | ticked | texts | {"instead_of": ""}


def opened(browser: Client, address: str) -> dict[str, str]:
    """The hidden field that says how the form was opened."""
    from lxml import html

    return {"opened_as": html.fromstring(browser.get(address).content).xpath("//input[@name='opened_as']/@value")[0]}


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
@pytest.mark.parametrize(("length", "status"), [(300, 302), (301, 200)])
def test_an_address_of_three_hundred_letters_with_ten_line_ends_is_saved(length: int, status: int) -> None:
    owner = member("Owner")
    sent = clinic_fields(address=as_a_browser_sends(lines(length))) | opened(owner, CLINIC)
    assert owner.post(CLINIC, sent).status_code == status
    assert (Clinic.objects.get().address == lines(length)) is (status == 302)


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
@pytest.mark.parametrize("stored", ["1 Street\nTown", "1 Street\r\nTown"])
def test_other_line_ends_are_no_change_however_they_were_stored(stored: str) -> None:
    owner = member("Owner")
    Clinic.objects.update(address=stored)
    before = Entry.objects.count()
    assert owner.post(CLINIC, clinic_fields() | opened(owner, CLINIC)).status_code == 302
    assert [entry.detail for entry in Entry.objects.order_by("pk")[before:] if entry.detail] == []
    assert Clinic.objects.get().address == "1 Street\nTown"


@pytest.mark.django_db
def test_a_photographs_description_stored_with_other_line_ends_is_no_change() -> None:
    case = CaseFactory()
    photo = case.case_photos.first().photo
    photo.alt = "A thigh\r\nfrom the side"
    form = PhotoForm({"alt": "A thigh\nfrom the side"}, instance=photo, case=case)
    assert "alt" not in form.changed_data


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
@pytest.mark.parametrize(("length", "is_saved"), [(600, True), (601, False)])
def test_a_block_takes_as_many_letters_as_its_box(length: int, is_saved: bool) -> None:  # noqa: FBT001  a parameter
    nurse = member("Nurse")
    live = PageContent.objects.get(page__reverse_id="contact")
    draft = live.versions.get().copy(User.objects.get(username="a-nurse")).content
    block = add_plugin(draft.placeholders.get(slot="clinic_body"), "ContactPlugin", "en-gb", heading="Where")
    edit = f"/admin/cms/placeholder/edit-plugin/{block.pk}/?cms_path=%2Fabout%2F"
    nurse.post(edit, {"heading": "Where", "text": as_a_browser_sends(lines(length)), **opened(nurse, edit)})
    assert (Contact.objects.get(pk=block.pk).text == lines(length)) is is_saved
