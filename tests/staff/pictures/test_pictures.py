"""The library as staff see it: who may do what, where a picture is used, replacing, deleting, taking down."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from djangocms_versioning.models import Version

from content.clinic.models import Clinician
from content.ledger.models import Entry, Event
from content.library import pictures
from content.models import LibraryFile, LibraryPicture, Picture, Portrait, SignOff
from content.reviews import rules
from tests.factories import LibraryFileFactory, PictureFactory, author, page_for, signed
from tests.images.samples import saved, skin
from tests.rendering import complaints, publish
from tests.staff.members import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var", "clock")]
ROLES = ["Reception", "Nurse", "Doctor", "Owner"]
SHELF = "/staff/pictures/"


def upload(**more: Any) -> dict[str, Any]:
    return {"upload": SimpleUploadedFile("room.jpg", saved(skin(), "JPEG")), "is_vouched": "on", **more}


def page_of(picture: LibraryPicture) -> str:
    return f"{SHELF}{picture.pk}/"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_put_a_picture_in_replace_and_take_it_down(role: str) -> None:
    browser = member(role)
    assert browser.post(SHELF, upload(name="Room")).status_code == 302
    picture = LibraryPicture.objects.get()
    assert browser.post(page_of(picture), upload(do="replace")).status_code == 302
    assert picture.files.count() == 2
    assert browser.post(f"{page_of(picture)}take-down/").status_code == 302
    picture.refresh_from_db()
    assert picture.taken_down_by == f"a-{role.lower()}"


@pytest.mark.parametrize("browser", ["stranger", "nobody"])
def test_strangers_and_people_without_a_role_reach_nothing(browser: str) -> None:
    client = Client() if browser == "stranger" else member("")
    file = LibraryFileFactory()
    clinician = Clinician.objects.create(shown_name="Dr A", title="Doctor")
    addresses = [
        SHELF,
        page_of(file.picture),
        f"{page_of(file.picture)}take-down/",
        f"/staff/portraits/{clinician.pk}/",
    ]
    for address in addresses:
        for reply in (client.get(address), client.post(address, upload(do="delete", name="x"))):
            assert reply.status_code == 403 or reply["Location"].startswith("/admin/login/"), address
    assert list(LibraryFile.objects.showable()) == [file]


@pytest.mark.parametrize(("role", "expected"), [("Reception", 403), ("Nurse", 403), ("Doctor", 403), ("Owner", 200)])
def test_portraits_are_chosen_by_the_owner_alone(role: str, expected: int) -> None:
    clinician = Clinician.objects.create(shown_name="Dr A", title="Doctor")
    assert member(role).get(f"/staff/portraits/{clinician.pk}/").status_code == expected


def test_picture_that_nobody_vouches_for_is_refused_and_the_name_is_kept() -> None:
    reply = member("Nurse").post(SHELF, upload(name="Room", is_vouched=""))
    assert complaints(reply) == [pictures.NOT_VOUCHED]
    assert 'value="Room"' in reply.content.decode()
    assert not LibraryFile.objects.exists()


def test_page_of_a_picture_names_the_versions_that_show_it_by_title_and_state() -> None:
    file = LibraryFileFactory()
    block = PictureFactory(drawing="", photograph=file, alt="A room with a couch.", placeholder=page_for(Picture))
    content = block.placeholder.source
    publish(content)
    Version.objects.get_for_content(content).copy(author())
    words = " ".join(member("Reception").get(page_of(file.picture)).content.decode().split())
    assert words.count(content.title) == 2
    assert words.index(">Live</span> Version 1") < words.index(">Draft</span> Version 2")
    assert "Delete it" not in words


@pytest.mark.usefixtures("incomplete_pages")
def test_replacing_changes_drafts_which_need_a_new_signature_and_no_live_page() -> None:
    file = LibraryFileFactory()
    slot = page_for(Picture, "topic_body")
    block = PictureFactory(drawing="", photograph=file, alt="A room with a couch.", placeholder=slot)
    live = slot.source
    signed(live)
    publish(live)
    draft = Version.objects.get_for_content(live).copy(author()).content
    signed(draft)
    assert rules.valid_signature(draft)
    reply = member("Nurse").post(page_of(file.picture), upload(do="replace"), follow=True)
    assert "need a new signature" in reply.content.decode()
    newer = file.picture.newest
    assert Picture.objects.get(placeholder__in=draft.get_placeholders()).photograph == newer
    assert Picture.objects.get(pk=block.pk).photograph == file
    draft, live = (type(live).admin_manager.get(pk=content.pk) for content in (draft, live))
    assert not rules.valid_signature(draft)
    assert rules.valid_signature(live)
    assert SignOff.objects.filter(content_id=live.pk).exists()
    assert "with the earlier photograph" in member("Nurse").get(page_of(file.picture)).content.decode()


def test_picture_in_use_is_not_deleted_and_one_that_is_not_is() -> None:
    used, unused = LibraryFileFactory(), LibraryFileFactory()
    PictureFactory(drawing="", photograph=used, alt="A room with a couch.")
    nurse = member("Nurse")
    assert pictures.IN_USE in nurse.post(page_of(used.picture), {"do": "delete"}, follow=True).content.decode()
    nurse.post(page_of(unused.picture), {"do": "delete"})
    assert list(LibraryFile.objects.all()) == [used]


def test_unknown_action_and_a_picture_that_is_not_there_are_refused() -> None:
    file, nurse = LibraryFileFactory(), member("Nurse")
    assert nurse.post(page_of(file.picture), {"do": "anything"}).status_code == 403
    assert nurse.get(f"{SHELF}999/").status_code == 404
    assert nurse.put(page_of(file.picture)).status_code == 405


def test_portrait_is_saved_changed_and_taken_away_each_in_the_ledger() -> None:
    clinician = Clinician.objects.create(shown_name="Dr A", title="Doctor")
    address, owner = f"/staff/portraits/{clinician.pk}/", member("Owner")
    assert "Choose a photograph." in complaints(owner.post(address, {"chosen": ""}))
    owner.post(address, upload(focus_x="30", focus_y=""))
    portrait = Portrait.objects.get()
    assert (portrait.focus_x, portrait.focus_y, portrait.picture.name) == (30, 50, "Portrait of Dr A")
    other = LibraryFileFactory()
    owner.post(address, {"chosen": f"photo-{other.pk}", "focus_x": "20", "focus_y": "20"})
    portrait.refresh_from_db()
    assert (portrait.focus_x, portrait.picture) == (20, other.picture)
    assert "100" in complaints(owner.post(address, {"chosen": f"photo-{other.pk}", "focus_x": "101"}))[0]
    owner.post(address, {"chosen": "none"})
    assert not Portrait.objects.exists()
    assert Entry.objects.filter(event=Event.PORTRAIT_CHANGED, subject="Dr A", actor="a-owner").count() == 3


def test_shelf_lists_what_may_be_shown_and_names_what_was_taken_down() -> None:
    shown, down = LibraryFileFactory(), LibraryFileFactory(picture=LibraryPicture.objects.create(name="The old team"))
    nurse = member("Nurse")
    nurse.post(f"{page_of(down.picture)}take-down/")
    html = nurse.get(SHELF).content.decode()
    assert shown.photo.token in html
    assert down.photo.token not in html
    assert "The old team" in html
    assert down.photo.token not in nurse.get(page_of(down.picture)).content.decode()
