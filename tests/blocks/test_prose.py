"""Running text: what is kept of its HTML, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from content.models import Prose
from tests.blocks.scenarios import refused, survives_versions
from tests.factories import ProseFactory
from tests.rendering import shown, text_of

pytestmark = pytest.mark.django_db


def test_prose_survives_new_draft_edit_publish_and_revert() -> None:
    survives_versions(ProseFactory(), heading="New", body="<p>Other <em>words</em>.</p>")


def test_prose_quotes_facts_in_words() -> None:
    block = shown(ProseFactory(body="<p>Leave [[weeks-between-sessions]] between sessions.</p>"))
    assert "Leave 4 to 6 weeks between sessions." in text_of(block)


def test_prose_refuses_a_token_split_by_tags(staff: Client) -> None:
    sentences = refused(
        staff, Prose, {"heading": "Spacing it out", "body": "<p>[[weeks-b<strong>etween</strong>-sessions]]</p>"}
    )
    assert any("The facts are: [[treatment-minutes]]" in sentence for sentence in sentences)


def test_prose_refuses_nothing_to_read(staff: Client) -> None:
    assert refused(staff, Prose, {"heading": "A heading alone", "body": "<p> </p>"}) == [
        "Write the text, or delete this block."
    ]


@pytest.mark.parametrize("body", ["<p>&nbsp;</p>", "<p>\u200b</p>", "<ul><li> </li></ul>", "<p>…</p>"])
def test_prose_refuses_what_only_looks_empty(body: str) -> None:
    with pytest.raises(ValidationError, match="Write the text"):
        Prose(body=body).clean()
