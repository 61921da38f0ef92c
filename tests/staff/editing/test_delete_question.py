"""Whoever deletes something is asked in one sentence that names it, with two buttons that do what they say."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from lxml import html

from content.models import Case, Clinician, Prose
from tests.factories import (
    LANGUAGE,
    CaseFactory,
    PictureFactory,
    ProseFactory,
    TopicLinkFactory,
    TopicLinksFactory,
    page_of_kind,
    slot_of,
)
from tests.rendering import text_of
from tests.staff.members import member

pytestmark = pytest.mark.django_db
JARGON = ("Plugin", "plugin", "Objects", "Summary", "Are you sure", "take me back", "related items", "placeholder")


def asked(browser: Client, url: str) -> tuple[str, list[str]]:
    """The sentence, and the words of the buttons under it."""
    answer = browser.get(url)
    assert answer.status_code == 200
    content = html.fromstring(answer.content.decode()).get_element_by_id("content")
    words = text_of(content)
    assert [word for word in JARGON if word in words] == []
    sentence = content.xpath(".//p[contains(., '?')]")[0]
    return text_of(sentence), [text_of(each) for each in content.xpath(".//form//button | .//form//a")]


def question_about(block: Any) -> str:
    url = reverse("admin:cms_placeholder_delete_plugin", args=[block.pk])
    return f"{url}?cms_path=/"


def test_a_block_is_named_by_its_first_words_and_its_kind(staff: Client) -> None:
    block = ProseFactory(heading="", body="<h3>Before you come</h3><p>Eat as usual, and drink enough, all day.</p>")
    sentence, buttons = asked(staff, question_about(block))
    assert sentence == "Delete the block “Before you come Eat as usual, and …” (Text)?"
    assert buttons == ["Delete it", "Keep it"]
    assert Prose.objects.filter(pk=block.pk).exists()


def test_a_block_without_words_is_named_by_its_kind(staff: Client) -> None:
    sentence, _ = asked(staff, question_about(PictureFactory(heading="", alt="", caption="")))
    assert sentence == "Delete the block “Picture (photograph or drawing)”?"


@pytest.mark.parametrize(("links", "words"), [(1, "and the one inside it"), (3, "and the 3 inside it")])
def test_a_list_says_that_what_is_in_it_goes_too(staff: Client, links: int, words: str) -> None:
    block = TopicLinksFactory(placeholder=slot_of(page_of_kind("topic"), "topic_body"), heading="Read on")
    for _ in range(links):
        TopicLinkFactory(target=block)
    assert asked(staff, question_about(block))[0] == f"Delete the block “Read on” (Links to pages), {words}?"


def test_all_blocks_of_a_part_are_counted(staff: Client) -> None:
    slot = slot_of(page_of_kind("topic"), "topic_body")
    for _ in range(2):
        ProseFactory(placeholder=slot)
    url = reverse("admin:cms_placeholder_clear_placeholder", args=[slot.pk])
    sentence, buttons = asked(staff, f"{url}?cms_path=/&language={LANGUAGE}")
    assert (sentence, buttons) == ("Delete all 2 blocks under “This topic”?", ["Delete it", "Keep it"])


def test_words_of_a_block_are_escaped(staff: Client) -> None:
    block = ProseFactory(heading="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in staff.get(question_about(block)).content


def test_a_case_is_asked_about_with_its_photographs() -> None:
    case = CaseFactory(approved_at=None)
    sentence, buttons = asked(member("Nurse"), reverse("admin:content_case_delete", args=[case.pk]))
    assert sentence.startswith("Delete the case “")
    assert sentence.endswith(", with 2 photographs? It can’t be undone.")
    assert buttons == ["Delete it", "Keep it"]
    assert Case.objects.filter(pk=case.pk).exists()


def test_clinicians_are_asked_about_one_by_one_and_together() -> None:
    people = Clinician.objects.bulk_create(Clinician(shown_name=f"Dr {name}", title="Doctor") for name in "AB")
    owner = member("Owner")
    sentence, buttons = asked(owner, reverse("admin:content_clinician_delete", args=[people[0].pk]))
    assert (sentence, buttons) == ("Delete the clinician “Dr A, Doctor”? It can’t be undone.", ["Delete it", "Keep it"])
    chosen = {"action": "delete_selected", "_selected_action": [one.pk for one in people]}
    page = owner.post(reverse("admin:content_clinician_changelist"), chosen)
    content = html.fromstring(page.content.decode()).get_element_by_id("content")
    assert "Delete “Dr A, Doctor” and “Dr B, Doctor”? It can’t be undone." in text_of(content)
    assert not any(word in text_of(content) for word in JARGON)
    owner.post(reverse("admin:content_clinician_changelist"), {**chosen, "post": "yes"})
    assert not Clinician.objects.filter(pk__in=[one.pk for one in people]).exists()
    assert LogEntry.objects.count() >= 2


def test_a_draft_is_asked_about(staff: Client) -> None:
    version = page_of_kind("topic").versions.get()
    url = reverse("admin:djangocms_versioning_pagecontentversion_discard", args=[version.pk])
    words = text_of(html.fromstring(staff.get(url).content.decode()).get_element_by_id("content"))
    assert "Throw it away Keep it" in words
