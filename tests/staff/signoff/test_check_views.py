"""The page of checks: each finding leads to its block, reasons are given there, and visitors see nothing of it."""

from typing import Any

import pytest
from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from lxml import html

from content.models import GivenReason
from content.reviews import draft_locks, gate, page_checks, page_text
from tests import factories as f
from tests.factories import author, doctor, page_of_kind, slot_of
from tests.rendering import address, publish, text_of

pytestmark = pytest.mark.django_db
ROW_LINKS = "//li[@class='check']//a[contains(@class, 'button')]"
WHY = "It is the name of the study."


def draft_saying(body: str = "<p>It is painless.</p>", kind: str = "clinic", **texts: str) -> PageContent:
    draft = page_of_kind(kind, **texts)
    f.ProseFactory(placeholder=slot_of(draft, f"{kind}_body"), heading="What we say", body=body)
    return draft


def browser(*permissions: str) -> Client:
    """Of a member of staff with just these permissions."""
    user = User.objects.create(username="-".join(permissions) or "none", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def place(draft: PageContent) -> str:
    return reverse("page_checks", args=[draft.pk])


def tree_of(response: Any) -> html.HtmlElement:
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def answers(draft: PageContent, reason: str = WHY, **values: str) -> dict[str, str]:
    return {"word": "painless", "sentence": "It is painless.", "reason": reason, **values}


def test_address_is_the_one_that_staff_are_told(staff: Client) -> None:
    draft = draft_saying()
    assert place(draft) == f"/staff/pages/{draft.pk}/checks/"


def test_what_stops_the_page_stands_apart_from_hints(staff: Client) -> None:
    long = f"<p>It is painless.</p><p>{'skin ' * 24}.</p>"
    tree = tree_of(staff.get(place(draft_saying(long))))
    stops, hints = (
        text_of(tree.xpath(f"//section[@aria-labelledby='{name}']")[0]) for name in ("stops-heading", "hints-heading")
    )
    assert "What stops this page (1)" in stops
    assert "“painless” promises" in stops
    assert "numbing cream helps" in stops
    assert "Hints (1)" in hints
    assert "24 words" in hints


def test_page_with_nothing_to_mend_says_so(staff: Client) -> None:
    text = text_of(tree_of(staff.get(place(draft_saying("<p>It may hurt.</p>")))))
    assert "What stops this page (0)" in text
    assert "Hints (0)" in text


def test_each_finding_leads_to_its_block_in_the_editor(staff: Client) -> None:
    draft = draft_saying(title="A perfect treatment")
    [block] = [one.block for one in page_text.passages(draft) if one.field == "body"]
    tree = tree_of(staff.get(place(draft)))
    links = [link.get("href") for link in tree.xpath(ROW_LINKS)]
    editor = get_object_edit_url(draft)
    assert links == [f"/staff/pages/{draft.pk}/title/", f"{editor}#cms-plugin-{block.pk}"]
    assert all(staff.get(link).status_code == 200 for link in links)


def test_version_that_cannot_be_changed_is_only_looked_at(staff: Client) -> None:
    draft = draft_saying()
    with gate.seeding():  # as a page that went live before there was this check
        publish(draft)
    tree = tree_of(staff.get(place(draft)))
    assert [link.get("href") for link in tree.xpath(ROW_LINKS)] == [get_object_preview_url(draft)]


def test_someone_elses_draft_is_only_looked_at() -> None:
    draft = draft_saying()
    draft_locks.acquire_if_free(draft, user=author(), now=f.NOON)
    tree = tree_of(browser("change_page", "change_pagecontent").get(place(draft)))
    assert [link.get("href") for link in tree.xpath(ROW_LINKS)] == [get_object_preview_url(draft)]


def test_page_is_for_staff_who_may_change_pages() -> None:
    draft = draft_saying()
    assert browser("change_page").get(place(draft)).status_code == 200
    assert browser("view_case").get(place(draft)).status_code == 403
    assert Client().get(place(draft)).status_code in {302, 403}
    assert signed_in(author()).get(reverse("page_checks", args=[draft.pk + 1000])).status_code == 404


def test_publisher_lets_a_word_stand_with_a_reason() -> None:
    draft = draft_saying()
    client = browser("change_page", "publish_page")
    assert tree_of(client.get(place(draft))).xpath("//textarea[@name='reason']")
    response = client.post(place(draft), answers(draft), follow=True)
    assert response.redirect_chain == [(place(draft), 302)]
    text = text_of(tree_of(response))
    assert "What stops this page (0)" in text
    assert f"“painless” stands: {WHY} (change_page-publish_page" in text
    assert GivenReason.objects.get().reason == WHY


def test_who_may_not_publish_is_offered_no_reason_and_refused() -> None:
    draft = draft_saying()
    client = browser("change_page")
    assert not tree_of(client.get(place(draft))).xpath("//textarea")
    assert client.post(place(draft), answers(draft)).status_code == 403
    assert not GivenReason.objects.exists()


def test_only_a_doctor_gives_a_reason_on_a_medical_page() -> None:
    draft = draft_saying(kind="topic")
    nurse = browser("change_page", "publish_page")
    assert nurse.post(place(draft), answers(draft)).status_code == 403
    assert not GivenReason.objects.exists()
    assert signed_in(doctor()).post(place(draft), answers(draft)).status_code == 302
    assert GivenReason.objects.get().given_by == doctor().get_username()


def test_number_against_a_fact_stands_with_a_doctors_reason_on_a_medical_page() -> None:
    said, fact = "Sessions are 2 weeks apart.", "weeks-between-sessions: 4 to 6 weeks"
    draft = draft_saying(f"<p>{said}</p>", kind="topic")
    answer = answers(draft, word=fact, sentence=said)
    for refused in (browser("change_page"), browser("change_page", "publish_page")):
        assert refused.post(place(draft), answer).status_code == 403
    assert Client().post(place(draft), answer).status_code in {302, 403}
    assert not GivenReason.objects.exists()
    response = signed_in(doctor()).post(place(draft), answer, follow=True)
    assert f"A number other than “4 to 6 weeks” stands: {WHY}" in text_of(tree_of(response))
    assert GivenReason.objects.get().word == fact


def test_approval_of_this_treatment_is_offered_no_reason_and_takes_none() -> None:
    said = "Our pen is FDA-approved for stretch marks."
    draft = draft_saying(f"<p>{said}</p>")
    client = browser("change_page", "publish_page")
    page = tree_of(client.get(place(draft)))
    assert "No reason lets this stand." in text_of(page)
    assert not page.xpath("//textarea")
    for word in ("FDA-approved", "approval by a regulator"):
        response = client.post(place(draft), answers(draft, word=word, sentence=said))
        assert response.status_code == 200
    assert not GivenReason.objects.exists()


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "Say why"), ("Because. " * 40, "300 is the most")])
def test_refused_reason_keeps_what_was_typed_beside_its_sentence(staff: Client, reason: str, sentence: str) -> None:
    draft = draft_saying("<p>It is painless.</p><p>It is gentle.</p>")
    tree = tree_of(staff.post(place(draft), answers(draft, reason)))
    [open_row] = tree.xpath("//details[@open]")
    assert sentence in text_of(open_row)
    assert open_row.xpath(".//textarea")[0].text_content().lstrip("\n") == reason.lstrip("\n")
    assert "painless" in text_of(open_row)
    assert not GivenReason.objects.exists()


def test_reason_for_a_sentence_that_is_gone_is_refused_with_a_message(staff: Client) -> None:
    draft = draft_saying("<p>It may hurt.</p>")
    assert "not on the page any more" in text_of(tree_of(staff.post(place(draft), answers(draft))))


def test_what_is_typed_is_shown_as_text(staff: Client) -> None:
    draft = draft_saying("<p>It is painless &lt;script&gt;alert(1)&lt;/script&gt;.</p>")
    reply = staff.post(
        place(draft),
        answers(draft, "<script>alert(2)</script>" * 20, sentence="It is painless <script>alert(1)</script>."),
    )
    assert b"<script>alert" not in reply.content
    assert b"&lt;script&gt;alert(1)" in reply.content


def test_reading_the_page_changes_nothing(staff: Client) -> None:
    draft = draft_saying()
    staff.get(place(draft), answers(draft))
    assert not GivenReason.objects.exists()


def panel(client: Client, url: str) -> list[str]:
    return [text_of(one) for one in tree_of(client.get(url)).xpath("//checks-panel")]


def test_line_stands_above_the_page_while_it_is_written_or_previewed(staff: Client) -> None:
    draft = draft_saying(f"<p>It is painless and gentle.</p><p>{'skin ' * 24}.</p>")
    for url in (get_object_edit_url(draft), get_object_preview_url(draft)):
        assert panel(staff, url) == ["2 things stop this page · 1 hint"]
    [link] = tree_of(staff.get(get_object_edit_url(draft))).xpath("//checks-panel//a")
    assert link.get("href") == place(draft)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<p>It is painless.</p>", "1 thing stops this page"),
        (f"<p>{'skin ' * 24}.</p>", "✓ Nothing stops this page · 1 hint"),
        ("<p>It may hurt.</p>", "✓ Nothing stops this page"),
    ],
)
def test_line_counts_in_words(staff: Client, body: str, line: str) -> None:
    assert panel(staff, get_object_edit_url(draft_saying(body))) == [line]


def test_line_never_shows_to_visitors_nor_on_the_live_page(staff: Client) -> None:
    draft = draft_saying()
    with gate.seeding():  # as a page that went live before there was this check
        publish(draft)
    assert panel(Client(), address(draft)) == []
    assert panel(Client(), f"{address(draft)}?preview&edit") == []
    assert panel(staff, address(draft)) == []
    assert panel(staff, get_object_preview_url(draft)) != []


def test_broken_check_shows_in_the_line_and_breaks_no_page(
    staff: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(page: object) -> list[Any]:
        raise RuntimeError("a fault")

    monkeypatch.setattr(page_checks, "CHECKS", {"numbers": fails})
    draft = draft_saying("<p>It may hurt.</p>")
    assert panel(staff, get_object_edit_url(draft)) == ["1 thing stops this page"]
    assert "nobody knows what it would have found" in text_of(tree_of(staff.get(place(draft))))
    assert "The check “numbers” failed" in caplog.text
