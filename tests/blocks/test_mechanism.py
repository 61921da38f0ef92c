"""How it works, in drawn steps."""

import re
from pathlib import Path

import pytest
from django.test import Client

from content.models import Mechanism
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import MechanismFactory
from tests.rendering import shown, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("incomplete_pages")]
ROOT = Path(__file__).resolve().parents[2]


def test_mechanism_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(MechanismFactory(), steps=[{"drawing": "new-fibres", "title": "New", "text": "They form."}])


def test_mechanism_shows_steps_in_order_with_their_drawings() -> None:
    block = shown(MechanismFactory())
    assert [text_of(title) for title in block.find_class("h3")] == ["Fibres part", "Tiny channels"]
    drawn = list(block.iter("svg"))
    assert [image.get("aria-hidden") for image in drawn] == ["true", "true"]
    files = [(ROOT / f"static/img/how-{number}.svg").read_text() for number in (1, 2)]
    lines = [[part.get("d") for part in image.iter("path")] for image in drawn]
    assert lines == [re.findall(r'<path d="([^"]+)"', file) for file in files]


def test_mechanism_refuses_five_steps_and_an_unknown_drawing(staff: Client) -> None:
    rows = [{"drawing": "needles", "title": "A step of it", "text": "What happens then"}] * 5
    assert refused(staff, Mechanism, {"heading": "", "intro": "", "steps": rows}) == [
        "There is room for 4 rows here; there are 5. Leave some out."
    ]
    rows = [{"drawing": "a photograph", "title": "A step of it", "text": "What happens then"}]
    assert refused(staff, Mechanism, {"heading": "", "intro": "", "steps": rows}) == [
        "Row 1: “Drawing” must be one of those offered."
    ]
