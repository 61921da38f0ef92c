"""A photograph of the clinic's own, or one of the site's drawings."""

from typing import Any

import pytest
from cms.models import CMSPlugin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from content.blocks.picture import NO_WORDS, NOTHING_CHOSEN
from content.library import pictures, taking_down
from content.models import LibraryFile, LibraryPicture, Picture
from content.reviews import page_checks, signed_document
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import NOON, LibraryFileFactory, PictureFactory, author, page_for
from tests.images.samples import saved, skin
from tests.rendering import add_form, complaints, filled_in, main_of, opened, publish, seen, shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
ROOM = {"alt": "A bright room with a couch and a window.", "caption": "Our treatment room"}


def photograph(**values: Any) -> Picture:
    """A block with a photograph of the library."""
    block: Picture = PictureFactory(drawing="", photograph=LibraryFileFactory(), **{**ROOM, **values})
    return block


def test_picture_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(PictureFactory(), drawing="hips", alt="Hips.", caption="")


def test_photograph_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(photograph(), alt="", is_decorative=True, caption="", shape="WIDE", focus_x=20)


def test_picture_says_that_it_is_an_illustration_and_what_it_shows() -> None:
    block = shown(PictureFactory())
    image = next(block.iter("img"))
    assert text_of(next(block.iter("figcaption"))) == "The same marks on each. Illustration."
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Six skin tones side by side.", "760", "570")


def test_picture_refuses_to_go_without_words(staff: Client) -> None:
    values = {"drawing": "tones", "alt": "", "caption": "A caption is not enough"}
    assert refused(staff, Picture, values) == [NO_WORDS]


def test_photograph_is_shown_in_every_format_with_its_words_and_is_no_illustration() -> None:
    block = photograph(shape="WIDE", focus_x=18, focus_y=72)
    figure = next(shown(block).iter("figure"))
    token = block.photograph.photo.token
    assert [source.get("type") for source in figure.iter("source")] == ["image/avif", "image/webp"]
    assert next(figure.iter("img")).get("src") == f"/photographs/{token}/640.jpg"
    assert next(figure.iter("img")).get("alt") == ROOM["alt"]
    assert text_of(next(figure.iter("figcaption"))) == "Our treatment room"
    assert (figure.get("data-shape"), figure.get("data-x"), figure.get("data-y")) == ("WIDE", "20", "70")
    assert "focal" in figure.classes


def test_decoration_has_empty_words_and_passes_the_checks_that_refuse_a_picture_without_any() -> None:
    decoration, without = photograph(alt="", is_decorative=True), photograph(alt="")
    codes = [
        {one.code for one in page_checks.blocking_findings(one.placeholder.source)} for one in (decoration, without)
    ]
    assert "alt-missing" not in codes[0]
    assert "alt-missing" in codes[1]
    assert next(shown(decoration).iter("img")).get("alt") == ""


def test_words_and_caption_of_a_photograph_meet_the_gate() -> None:
    boast = photograph(alt="Our painless treatment room with a couch.", caption="Guaranteed results")
    plain = photograph()
    quoted = {one.quoted for one in page_checks.blocking_findings(boast.placeholder.source)}
    assert {boast.alt, boast.caption} <= quoted
    assert not {plain.alt, plain.caption} & {
        one.quoted for one in page_checks.blocking_findings(plain.placeholder.source)
    }


def test_upload_in_the_form_becomes_the_blocks_picture(staff: Client) -> None:
    placeholder = page_for(Picture)
    data: dict[str, Any] = {
        **filled_in(ROOM),
        "is_vouched": "on",
        "upload": SimpleUploadedFile("room.jpg", saved(skin(), "JPEG")),
    }
    assert add_form(staff, placeholder, Picture, data).status_code == 200
    block = Picture.objects.get(placeholder=placeholder)
    assert (block.drawing, block.photograph.vouched_by, block.photograph.picture.name) == (
        "",
        author().username,
        ROOM["alt"],
    )


def test_upload_that_nobody_vouches_for_is_refused(staff: Client) -> None:
    placeholder = page_for(Picture)
    data: dict[str, Any] = {**filled_in(ROOM), "upload": SimpleUploadedFile("room.jpg", saved(skin(), "JPEG"))}
    assert complaints(add_form(staff, placeholder, Picture, data)) == [pictures.NOT_VOUCHED]
    assert not LibraryFile.objects.exists()
    assert not CMSPlugin.objects.filter(placeholder=placeholder).exists()


def test_upload_is_kept_and_chosen_when_another_field_is_refused(staff: Client) -> None:
    data: dict[str, Any] = {
        "alt": "",
        "is_vouched": "on",
        "upload": SimpleUploadedFile("room.jpg", saved(skin(), "JPEG")),
    }
    reply = add_form(staff, page_for(Picture), Picture, data)
    assert complaints(reply) == [NO_WORDS]
    file = LibraryFile.objects.get()
    assert f'value="photo-{file.pk}" id="id_drawing_0_0" checked' in " ".join(reply.content.decode().split())


def test_second_of_two_who_changed_the_photograph_is_refused_until_they_have_seen_the_first(staff: Client) -> None:
    block, other = photograph(), LibraryFileFactory()
    url = reverse("admin:cms_placeholder_edit_plugin", args=[block.pk], query={"cms_path": "/"})
    early, late = opened(staff, url), opened(staff, url)
    staff.post(url, {**ROOM, **early, "heading": block.heading, "drawing": f"photo-{other.pk}"})
    reply = staff.post(url, {**ROOM, **late, "drawing": "tones"})
    assert any("Not saved yet" in one for one in complaints(reply))
    block.refresh_from_db()
    assert (block.drawing, block.photograph) == ("", other)


def test_form_without_any_picture_is_refused(staff: Client) -> None:
    assert refused(staff, Picture, ROOM) == [NOTHING_CHOSEN]


def test_form_offers_pictures_that_may_be_shown_and_none_that_was_taken_down(staff: Client) -> None:
    gone, twin = LibraryFileFactory(), LibraryFileFactory()
    taking_down.take_down(gone.picture, actor="reception", now=NOON)
    placeholder = page_for(Picture)
    reply = add_form(staff, placeholder, Picture, filled_in(ROOM))
    assert f"photo-{twin.pk}" in reply.content.decode()
    assert f"photo-{gone.pk}" not in reply.content.decode()
    chosen = add_form(staff, placeholder, Picture, {**filled_in(ROOM), "drawing": f"photo-{gone.pk}"})
    assert "Select a valid choice" in complaints(chosen)[0]


def test_database_refuses_a_block_with_both_kinds_of_picture_or_none() -> None:
    block = photograph()
    for values in ({"drawing": "tones"}, {"photograph": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.filter(pk=block.pk).update(**values)


def test_file_in_use_cannot_be_deleted_and_one_that_is_not_can() -> None:
    used, unused = photograph().photograph, LibraryFileFactory()
    with pytest.raises(ProtectedError):
        used.delete()
    unused.delete()
    assert list(LibraryFile.objects.all()) == [used]


def test_photograph_is_part_of_what_is_signed_and_its_name_in_the_library_is_not() -> None:
    block = photograph()
    content = block.placeholder.source
    before = signed_document.fingerprint(signed_document.build(content))
    LibraryPicture.objects.update(name="Another name")
    assert signed_document.fingerprint(signed_document.build(content)) == before
    Picture.objects.filter(pk=block.pk).update(photograph=LibraryFileFactory(picture=block.photograph.picture))
    content = type(content).admin_manager.get(pk=content.pk)
    assert signed_document.fingerprint(signed_document.build(content)) != before


def test_taken_down_photograph_leaves_no_trace_for_readers_and_its_twin_stays() -> None:
    gone = photograph(heading="The room")
    twin = photograph(placeholder=gone.placeholder, alt="The team at the desk.", caption="Our team")
    publish(gone.placeholder.source)
    signature = signed_document.fingerprint(signed_document.build(gone.placeholder.source))
    taking_down.take_down(gone.photograph.picture, actor="reception", now=NOON)
    page = main_of(seen(gone))
    assert "The room" not in text_of(page)
    assert "Our treatment room" not in text_of(page)
    assert "Our team" in text_of(page)
    assert [image.get("alt") for image in page.iter("img")] == [twin.alt]
    assert signed_document.fingerprint(signed_document.build(gone.placeholder.source)) == signature


def test_new_draft_has_the_newest_file_while_the_live_version_keeps_its_own() -> None:
    block = photograph()
    live = block.placeholder.source
    publish(live)
    newer = LibraryFileFactory(picture=block.photograph.picture)
    draft = Version.objects.get_for_content(live).copy(author()).content
    assert Picture.objects.get(placeholder__in=draft.get_placeholders()).photograph == newer
    block.refresh_from_db()
    assert block.photograph != newer
    assert f"/photographs/{block.photograph.photo.token}/640.jpg" in str(
        [image.get("src") for image in seen(block).iter("img")]
    )
