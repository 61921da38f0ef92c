"""Social cards: readable whatever the title, of live pages alone, and with a patient's pictures only where consent says so."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html
from PIL import Image, ImageFont

from content.gallery.withdrawal import withdraw
from content.images import specs, storage
from content.models import Case, Clinic
from content.publishing import social_card_drawing
from tests.factories import NOON, CaseFactory, author, page_of_kind
from tests.publishing.pages import live, renamed
from tests.rendering import address

pytestmark = [pytest.mark.django_db]
MAGENTA = (255, 0, 255)


def card_of(url: str) -> str:
    """The path of the card that the page names."""
    found = html.fromstring(Client().get(url).content.decode()).xpath("//meta[@property='og:image']/@content")
    return str(found[0]).removeprefix("http://localhost:8000")


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("RGB")


def coloured(case: Case) -> Case:
    """The same case with photographs of a colour that nothing else on a card has."""
    for photo in case.pairs.get().photos:
        for width in specs.widths_for(photo.shown_size[0]):
            Image.new("RGB", (width, width * 3 // 4), MAGENTA).save(
                storage.rendition_path(photo.token, width, "jpg", photo.cut)
            )
    return case


def shows_a_photograph(body: bytes) -> bool:
    return any(
        red > 240 and green < 20 and blue > 240
        for red, green, blue in opened(body).resize((120, 63)).get_flattened_data()
    )


def test_page_has_a_card_that_is_immutable() -> None:
    draft = live(title="Sessions are [[weeks-between-sessions]] apart")
    reply = Client().get(card_of(address(draft)))
    assert reply.status_code == 200
    assert reply["Content-Type"] == "image/png"
    assert "immutable" in reply["Cache-Control"]
    assert opened(reply.content).size == (1200, 630)


def test_a_new_title_or_clinic_has_another_address_and_the_old_one_leads_there() -> None:
    draft = live(title="Before")
    first = card_of(address(draft))
    renamed(draft, title="After")
    second = card_of(address(draft))
    Clinic.objects.update(name="Another")
    third = card_of(address(draft))
    assert len({first, second, third}) == 3
    reply = Client().get(first)
    assert (reply.status_code, reply["Location"], reply["Cache-Control"]) == (302, third, "no-cache")


def test_a_page_offline_has_no_card_and_a_draft_never_had_one() -> None:
    draft = page_of_kind("clinic", title="Secret")
    page = live(title="Was public")
    url = card_of(address(page))
    page.versions.get().unpublish(author())
    assert Client().get(url).status_code == 410
    assert Client().get(f"/cards/page-{draft.page_id}-{'0' * 16}.png").status_code == 404


def test_card_is_drawn_on_a_full_disk(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("x")
    settings.VAR_DIR = tmp_path / "file"  # no folder can be made below a file
    assert Client().get(card_of("/about/")).status_code == 200


def test_card_is_drawn_once_and_stored_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    url = card_of("/about/")
    first = Client().get(url).content
    monkeypatch.setattr(social_card_drawing, "draw_title_card", None)
    assert Client().get(url).content == first
    assert [file.suffix for file in (tmp_path / "cards").iterdir()] == [".png"]


@pytest.mark.parametrize(
    "title",
    ["x", "W" * 255, "word " * 50, "中文标题", "😀🧴", "Ærlig ñ ü ß ł", "\u202e\u0301\ufeff", "<b>&", "शरीर " * 30],
)
def test_any_title_is_drawn_within_the_card(title: str) -> None:
    card = opened(social_card_drawing.draw_title_card(title, "Our clinic"))
    assert card.size == (1200, 630)
    edge = card.crop((1200 - 40, 0, 1200, 450))
    assert len(set(edge.get_flattened_data())) == 1


def has_title(card: Image.Image) -> bool:
    """Something dark stands where the title does."""
    return any(red < 60 for red, *_ in card.crop((80, 50, 1120, 400)).get_flattened_data())


@pytest.fixture
def only_own_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any font but Pillow's own."""
    caches = social_card_drawing._faces, social_card_drawing.machine_fonts
    monkeypatch.setattr(social_card_drawing, "FALLBACK_FONT", "missing.ttf")
    monkeypatch.setattr(social_card_drawing, "FONT_FOLDERS", ())
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("title", ["中文标题", "ስለ ቆዳ", "नई त्वचा", "😀🧴", "After 中文", "\u202e\u0301"])
def test_title_that_no_font_can_write_gives_way_to_the_clinics_name(title: str, only_own_font: None) -> None:
    card = social_card_drawing.draw_title_card(title, "Our clinic")
    assert card == social_card_drawing.draw_title_card("Our clinic", "Our clinic")
    assert has_title(opened(card))


def test_clinic_that_no_font_can_write_gives_way_to_the_domain(only_own_font: None, settings: Any) -> None:
    settings.SITE_DOMAIN = "clinic.example"
    cards = [social_card_drawing.draw_title_card("नई त्वचा", name) for name in ("क्लिनिक", "clinic.example")]
    assert cards[0] == cards[1]
    assert has_title(opened(cards[0]))
    pictures = Image.new("RGB", (600, 450)), Image.new("RGB", (600, 450))
    cases = [
        social_card_drawing.draw_case_card(*pictures, title="Before and after", clinic=name, is_drawn=False)
        for name in ("क्लिनिक", "clinic.example")
    ]
    assert cases[0] == cases[1]


def test_font_of_the_machine_writes_what_others_lack(only_own_font: None, monkeypatch: Any, tmp_path: Path) -> None:
    dejavu = ImageFont.truetype("DejaVuSans.ttf", 40)
    (tmp_path / "Sans-Regular.ttf").write_bytes(Path(dejavu.path).read_bytes())
    armenian = "Մաշկ"
    assert not social_card_drawing.is_legible(armenian)
    monkeypatch.setattr(social_card_drawing, "FONT_FOLDERS", (tmp_path,))
    social_card_drawing.machine_fonts.cache_clear()
    assert social_card_drawing.is_legible(armenian)
    assert social_card_drawing.draw_title_card(armenian, "x") != social_card_drawing.draw_title_card("x", "x")


def test_accents_and_invisible_signs_do_not_take_a_title_away() -> None:
    for title in ("Ærlig ñ ü ß ł é", "A\u200bB", "50 % & more", "Cream 😀"):
        assert social_card_drawing.is_legible(title), title


def test_no_sign_is_an_empty_box() -> None:
    for size in social_card_drawing.TITLE_SIZES:
        words, face = social_card_drawing.renderable("Straße 中文 😀 \u1234 é", size)
        assert "中" not in words
        assert all(bytes(face.getmask(sign)) != bytes(face.getmask("\uffff")) for sign in words if sign != " ")


@pytest.mark.parametrize(
    ("values", "is_shown"),
    [
        ({}, True),
        ({"is_demo": True, "consent__for_social": False}, True),
        ({"consent__for_social": False}, False),
        ({"is_covered": True}, False),
        ({"body_area": "BREASTS"}, False),
    ],
)
def test_photographs_are_on_a_card_only_where_consent_says_so(today: object, values: Any, is_shown: bool) -> None:  # noqa: FBT001  a column of the table above
    case = coloured(CaseFactory(**values))
    reply = Client().get(card_of(f"/before-and-after/{case.code}/"))
    assert reply.status_code == 200
    assert reply["Cache-Control"] == "no-store"
    assert shows_a_photograph(reply.content) is is_shown


def test_withdrawn_case_has_no_card_and_none_was_stored(today: object, tmp_path: Any) -> None:
    case = coloured(CaseFactory())
    url = card_of(f"/before-and-after/{case.code}/")
    assert shows_a_photograph(Client().get(url).content)
    assert not (tmp_path / "cards").exists()
    withdraw(case.consent, actor="x", now=NOON)
    assert Client().get(url).status_code == 410


def test_search_engines_leave_a_card_alone_where_consent_says_so(today: object) -> None:
    for for_search in (True, False):
        case = CaseFactory(consent__for_search=for_search)
        reply = Client().get(f"/cards/case-{case.code}.png")
        assert ("noimageindex" in reply.get("X-Robots-Tag", "")) is not for_search
