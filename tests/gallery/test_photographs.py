"""What staff do with photographs: real small pictures through the real child, each step on record."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from content.gallery import photographs
from content.gallery.choices import View
from content.gallery.photographs import Actor, PhotographRefusedError, add, differences, pair, remove, save_details
from content.gallery.withdrawal import withdraw
from content.images import ingest, specs, storage
from content.ledger.models import Entry, Event
from content.models import Case, CasePhoto, EverPublic, Pair, Photo
from tests.factories import DAY, NOON, CaseFactory
from tests.images import samples
from tests.images.conftest import left

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]
NURSE = Actor("nurse", NOON)


def file_of(picture: Image.Image, name: str, taken: str = "") -> io.BytesIO:
    out = io.BytesIO()
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    picture.save(out, "JPEG", quality=90, exif=exif)
    out.name = name
    out.seek(0)
    return out


def skin(size: tuple[int, int] = (800, 600), tone: str = "#a67352", shift: int = 0) -> Image.Image:
    """A body with a few lines, which `shift` moves sideways."""
    picture = Image.new("RGB", size, "#d9e8e5")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((size[0] // 4 + shift, -size[1] // 2, size[0] * 3 // 4 + shift, size[1] * 3 // 2), fill=tone)
    for at in range(6):
        draw.line(
            (size[0] // 3 + at * 40 + shift, size[1] // 3, size[0] // 3 + at * 40 + shift, size[1] // 2), "#f0d0b0", 6
        )
    return picture


@pytest.fixture
def case(var: Path) -> Case:
    made: Case = CaseFactory(approved_at=None, pairs=0)
    return made


def put_in(case: Case, picture: Image.Image, taken: str = "", name: str = "a.jpg") -> Photo:
    return add(case, file_of(picture, name, taken), NURSE).photo


def two(case: Case, before: Image.Image, after: Image.Image) -> Pair:
    photos = [
        put_in(case, picture, taken)
        for picture, taken in ((before, "2025:01:02 10:00:00"), (after, "2025:08:01 10:00:00"))
    ]
    return pair(case, View.FRONT, *photos, NURSE)


def test_an_upload_belongs_to_its_case_knows_its_day_and_is_on_record(case: Case) -> None:
    photo = put_in(case, skin(), "2025:01:02 10:00:00")
    assert case.case_photos.get().photo == photo
    assert photo.captured_on == date(2025, 1, 2)
    entry = Entry.objects.get()
    assert (entry.event, entry.subject, entry.actor) == (Event.PHOTO_ADDED, photo.token, "nurse")
    assert entry.detail == {"case": case.code, "reference": case.consent.reference}


def test_a_photograph_of_someone_under_18_is_refused_by_name_and_leaves_nothing(case: Case, var: Path) -> None:
    case.consent.adult_on = date(2025, 1, 3)
    case.consent.save()
    with pytest.raises(PhotographRefusedError) as refused:
        put_in(case, skin(), "2025:01:02 10:00:00", name="IMG_7.jpg")
    assert str(refused.value).startswith("“IMG_7.jpg” is from 2 January 2025, before the day on which the person")
    assert left(var) == []
    assert not Photo.objects.exists()
    assert not Entry.objects.exists()
    put_in(case, skin(), "2025:01:03 10:00:00")


def test_a_photograph_that_is_here_already_is_refused(case: Case) -> None:
    put_in(case, skin())
    with pytest.raises(PhotographRefusedError, match="is here already"):
        put_in(CaseFactory(pairs=0, approved_at=None), skin())
    assert Photo.objects.count() == 1


def test_a_withdrawn_photograph_cannot_be_put_in_again(case: Case) -> None:
    put_in(case, skin())
    withdraw(case.consent, actor="x", now=NOON)
    with pytest.raises(PhotographRefusedError, match="withdrew their consent"):
        put_in(CaseFactory(pairs=0, approved_at=None), skin())


@pytest.mark.parametrize(
    ("name", "data"),
    [("cut.jpg", samples.saved(samples.quarters(), "jpg")[:400]), ("page.jpg", b"<html>"), ("nothing.jpg", b"")],
)
def test_a_bad_file_is_refused_by_name_and_leaves_nothing(case: Case, var: Path, name: str, data: bytes) -> None:
    file = io.BytesIO(data)
    file.name = name
    with pytest.raises(ingest.UploadRefusedError, match=f"^“{name}”"):
        add(case, file, NURSE)
    assert left(var) == []
    assert not CasePhoto.objects.exists()


def test_different_shapes_are_cropped_alike_when_they_are_paired(case: Case) -> None:
    made = two(case, skin((800, 600)), skin((900, 600)))
    made.refresh_from_db()
    before, after = made.photos
    assert made.has_matching_shapes
    assert before.cut == specs.NO_CUT
    assert after.cut_left + after.cut_right == Decimal("11.1")
    assert after.size == (900, 600)
    width, height = after.shown_size
    with Image.open(storage.rendition_path(after.token, specs.widths_for(width)[-1], "jpg", after.cut)) as picture:
        assert abs(picture.width / picture.height - width / height) < 0.01


@pytest.mark.parametrize("tilt", ["15", "-15"])
def test_straightened_photograph_has_no_empty_corner_and_turns_as_a_clock_does(case: Case, tilt: str) -> None:
    photo = put_in(case, samples.quarters().resize((960, 720)))
    photo.tilt = Decimal(tilt)
    save_details(case, [photo], NURSE)
    assert photo.shown_size == (960, 720)
    with Image.open(storage.rendition_path(photo.token, 640, "jpg", photo.cut)) as picture:
        found = {name: picture.getpixel(at) for name, at in {"top": (320, 20), "left": (20, 240)}.items()}
        corners = [picture.getpixel(at) for at in ((2, 2), (637, 2), (2, 477), (637, 477))]
    wanted = {"top": "TL", "left": "BL"} if tilt == "15" else {"top": "TR", "left": "TL"}
    for place, colour in wanted.items():
        assert max(abs(a - b) for a, b in zip(found[place], samples.COLOURS[colour], strict=True)) < 12
    assert all(max(corner) > 60 for corner in corners), "black is what a corner is filled with"


def test_photograph_on_its_side_is_turned_with_its_crop_and_all_the_way_round(case: Case) -> None:
    photo = put_in(case, samples.quarters().resize((960, 720)))
    photo.cut_left = 50  # TR and BR remain
    save_details(case, [photo], NURSE)
    for degrees, size, top, bottom in ((90, (720, 480), "BR", "TR"), (180, (480, 720), "BR", "TR"), (0, None, "", "")):
        photographs.turn(case, photo, degrees, NURSE)
        photographs.turn(case, photo, degrees, NURSE)  # pressed twice
        photo.refresh_from_db()
        if size is None:
            assert photo.cut == specs.Cut(left=50)
            break
        assert (photo.turned, photo.shown_size) == (degrees, size)
        with Image.open(storage.rendition_path(photo.token, 320, "jpg", photo.cut)) as picture:
            assert picture.size == (320, specs.height_at(320, size))
            found = samples.corners(picture)
        first = found["TL"]
        last = found["TR" if degrees == 90 else "BL"]
        for colour, wanted in ((first, top), (last, bottom)):
            assert max(abs(a - b) for a, b in zip(colour, samples.COLOURS[wanted], strict=True)) < 12
    with pytest.raises(PhotographRefusedError):
        photographs.turn(case, photo, 45, NURSE)


def test_turned_photograph_is_still_known_when_it_comes_again(case: Case) -> None:
    photographs.turn(case, put_in(case, skin()), 90, NURSE)
    with pytest.raises(PhotographRefusedError, match="is here already"):
        put_in(case, skin())


def test_a_crop_is_made_of_the_original_and_can_be_taken_back(case: Case) -> None:
    photo = put_in(case, samples.quarters().resize((960, 720)))
    photo.cut_left = 50
    save_details(case, [photo], NURSE)
    assert photo.shown_size == (480, 720)
    with Image.open(storage.rendition_path(photo.token, 320, "jpg", photo.cut)) as picture:
        assert picture.size == (320, 480)
        for name, colour in samples.corners(picture).items():
            wanted = samples.COLOURS[f"{name[0]}R"]  # the left half is gone
            assert max(abs(one - other) for one, other in zip(colour, wanted, strict=True)) < 12
    assert not storage.rendition_path(photo.token, 320, "jpg").exists(), "the whole picture is out of reach"
    photo.cut_left = 0
    save_details(case, [photo], NURSE)
    with Image.open(storage.rendition_path(photo.token, 640, "jpg")) as picture:
        assert picture.size == (640, 480)
        assert len(set(samples.corners(picture).values())) == 4


def test_difference_apart_from_the_skin_is_reported(case: Case) -> None:
    same = two(case, skin(), skin(shift=4))
    assert differences(same) == []
    darker = two(case, skin(tone="#a67353"), ImageEnhance.Brightness(skin()).enhance(0.7))
    assert differences(darker) == ["The “after” photograph is darker."]
    red, green, blue = skin(shift=2).split()
    warmer = Image.merge("RGB", (red.point(lambda v: min(255, v + 25)), green, blue.point(lambda v: max(0, v - 25))))
    assert differences(two(case, skin(shift=1), warmer)) == ["The “after” photograph is warmer in colour."]
    moved = two(case, skin(shift=-200), skin(shift=200))
    assert "The two are framed differently: another distance, angle or part of the body." in differences(moved)


def test_a_pair_is_of_two_photographs_of_this_case_that_are_in_no_other(case: Case) -> None:
    one, other = put_in(case, skin()), put_in(case, skin(shift=3))
    strange = put_in(CaseFactory(pairs=0, approved_at=None), skin(shift=6))
    for before, after in ((one, one), (one, strange)):
        with pytest.raises(PhotographRefusedError, match="two different photographs of this case"):
            pair(case, View.FRONT, before, after, NURSE)
    pair(case, View.FRONT, one, other, NURSE)
    third = put_in(case, skin(shift=9))
    for before, after in ((one, third), (third, one), (third, other)):
        with pytest.raises(PhotographRefusedError, match="in a pair already"):
            pair(case, View.FRONT, before, after, NURSE)
    assert Pair.objects.count() == 1


def test_any_change_of_a_picture_ends_the_approval(var: Path) -> None:
    def approved() -> tuple[Case, Pair]:
        case = CaseFactory(approved_at=None, pairs=0)
        seed = Case.objects.count() * 5
        made = two(case, skin(shift=seed), skin(shift=seed + 1))
        Case.objects.filter(pk=case.pk).update(approved_at=NOON)
        return Case.objects.get(pk=case.pk), made

    def words(case: Case, made: Pair) -> None:
        made.before.alt = "Something else"
        save_details(case, [made.before], NURSE)

    for change in (
        lambda case, made: photographs.unpair(made, NURSE),
        lambda case, made: photographs.swap(made, NURSE),
        words,
        lambda case, made: two(case, skin(tone="#764d37"), skin(tone="#764d38")),
    ):
        case, made = approved()
        assert case.is_showable(DAY)
        change(case, made)
        assert not case.is_showable(DAY)
    case, made = approved()
    save_details(case, [made.before], NURSE)
    assert case.is_showable(DAY), "saving without a change is no change"


def test_a_photograph_is_deleted_with_its_files_once_it_is_in_no_pair(
    case: Case, var: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = two(case, skin(), skin(shift=3))
    case_photo = CasePhoto.objects.get(photo=made.before)
    with pytest.raises(PhotographRefusedError, match="in a pair"):
        remove(case_photo, NURSE)
    photographs.unpair(made, NURSE)
    with django_capture_on_commit_callbacks(execute=True):
        remove(case_photo, NURSE)
    assert [photo.token for photo in Photo.objects.all()] == [made.after.token]
    assert all(made.after.token in name for name in left(var))
    assert Entry.objects.last().detail == {"case": case.code, "was_public": False}
    assert not EverPublic.objects.exists()
