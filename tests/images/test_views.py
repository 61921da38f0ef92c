"""Who is given which picture: originals to staff and on record, renditions to nobody until a rule says so."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from PIL import Image

from content.images import permission, storage
from content.images.permission import Permission
from content.ledger.models import Entry, Event
from tests.factories import author

from . import samples
from .conftest import take_in

pytestmark = pytest.mark.database_full


def viewings() -> list[tuple[str, str]]:
    """What the ledger tells of viewings: the token and who saw it."""
    return list(Entry.objects.filter(event=Event.ORIGINAL_VIEWED).values_list("subject", "actor"))


def test_original_is_shown_to_staff_only_and_each_viewing_is_recorded(var: Path, staff: Client, client: Client) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    address = f"/photographs/{photo.token}/original/"
    unknown = f"/photographs/{'0' * 32}/original/"
    assert client.get(address).status_code == client.get(unknown).status_code == 404
    assert staff.get(unknown).status_code == 404
    assert staff.post(address).status_code == 405
    assert viewings() == []
    reply = staff.get(address)
    assert b"".join(reply) == storage.original_path(photo.token).read_bytes()
    assert "no-store" in reply["Cache-Control"]
    assert reply["Content-Type"] == "image/jpeg"
    assert viewings() == [(photo.token, author().username)]
    storage.quarantine(photo.token)
    assert staff.get(address).status_code == 404


def test_an_original_stays_closed_when_its_viewing_cannot_be_recorded(var: Path, staff: Client) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))

    def full(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if "INSERT INTO" in sql and Entry._meta.db_table in sql:
            raise OperationalError("full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full), pytest.raises(OperationalError):
        staff.get(f"/photographs/{photo.token}/original/")


def test_a_rendition_is_closed_until_a_rule_opens_just_that_photograph(
    var: Path, client: Client, staff: Client
) -> None:
    shown, hidden = (take_in(samples.saved(samples.quarters(), "jpg")) for _ in range(2))
    assert staff.get(f"/photographs/{shown.token}/320.jpg").status_code == 404
    before = permission._rule
    permission.set_rule(
        lambda token, on: Permission(photo=shown if token == shown.token and isinstance(on, date) else None)
    )
    try:
        for suffix, media_type in (("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")):
            reply = client.get(f"/photographs/{shown.token}/320.{suffix}")
            assert reply.status_code == 200
            assert reply["Content-Type"] == media_type
            assert "no-store" in reply["Cache-Control"]
            assert b"".join(reply) == storage.rendition_path(shown.token, 320, suffix).read_bytes()
            assert client.get(f"/photographs/{hidden.token}/320.{suffix}").status_code == 404
        for wrong in ("1280.jpg", "321.jpg", "320.svg", "320.jpg.bak", "0.avif"):
            assert client.get(f"/photographs/{shown.token}/{wrong}").status_code == 404
    finally:
        permission.set_rule(before)


def test_no_permission_is_the_rule_from_the_start() -> None:
    assert permission._deny_all("0" * 32, date(2025, 1, 1)) == Permission(
        photo=None, may_be_searched=False, was_public=False
    )


def test_a_preview_is_for_staff_who_may_see_photographs(var: Path, client: Client, staff: Client) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    address = f"/photographs/{photo.token}/preview/"
    assert client.get(address).status_code == 404
    reply = staff.get(address)
    assert b"".join(reply) == storage.rendition_path(photo.token, 320, "jpg").read_bytes()
    assert "no-store" in reply["Cache-Control"]
    assert staff.get(f"/photographs/{'0' * 32}/preview/").status_code == 404


def test_pictures_are_not_compressed_a_second_time_and_say_how_long_they_are(var: Path, client: Client) -> None:
    photo = take_in(samples.saved(samples.quarters(), "jpg"))
    before = permission._rule
    permission.set_rule(lambda token, on: Permission(photo=photo))
    try:
        reply = client.get(f"/photographs/{photo.token}/320.jpg", headers={"Accept-Encoding": "gzip, br"})
        body = b"".join(reply)
    finally:
        permission.set_rule(before)
    assert "Content-Encoding" not in reply
    assert int(reply["Content-Length"]) == len(body) == storage.rendition_path(photo.token, 320, "jpg").stat().st_size


def test_the_whole_picture_is_for_staff_who_may_crop_it_and_each_viewing_is_recorded(
    var: Path, client: Client, staff: Client
) -> None:
    photo = take_in(samples.saved(samples.quarters().resize((2000, 1500)), "jpg"))
    photo.turned = 90
    photo.cut_left = Decimal(50)
    photo.save()
    address = f"/photographs/{photo.token}/whole/"
    assert client.get(address).status_code == 404
    assert viewings() == []
    reply = staff.get(address)
    with Image.open(io.BytesIO(b"".join(reply))) as picture:
        assert picture.size == (960, 1280)
        assert max(abs(a - b) for a, b in zip(samples.corners(picture)["TL"], samples.COLOURS["BL"], strict=True)) < 12
    assert "no-store" in reply["Cache-Control"]
    assert viewings() == [(photo.token, author().username)]
    storage.quarantine(photo.token)
    assert staff.get(address).status_code == 404
