"""What a signature is over: every edit changes it, and nothing else does."""

from typing import Any

import pytest
from cms.api import add_plugin
from cms.models import Page, PageContent
from django.contrib.staticfiles import finders
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.blocks.base import Block
from content.blocks.drawings import CHOICES
from content.blocks.rich_text import RichTextField, normalise_html
from content.blocks.rows import RowsField
from content.models import Clinic, DoAndDont, Prose, SessionSpacing, TopicLink, Treatment
from content.reviews import signed_document
from tests.factories import (
    FACTORIES,
    LANGUAGE,
    CareCardFactory,
    DoAndDontFactory,
    LibraryFileFactory,
    PictureFactory,
    ProseFactory,
    SessionSpacingFactory,
    TopicLinkFactory,
    author,
    page_of_kind,
    slot_of,
)
from tests.rendering import filled_in, opened, publish
from tests.sizes import tries

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30)


def print_of(content: PageContent) -> str:
    return signed_document.fingerprint(signed_document.build(PageContent.admin_manager.get(pk=content.pk)))


def draft_with_all_kinds() -> tuple[PageContent, list[Block]]:
    """One draft with every kind of block on it, wherever each may stand."""
    draft = page_of_kind("topic")
    slot = slot_of(draft, "topic_body")
    made = []
    for model, build in FACTORIES.items():
        if model is not TopicLink:
            made.append(build.create(placeholder=slot))
    made.append(FACTORIES[TopicLink].create(target=next(one for one in made if type(one).__name__ == "TopicLinks")))
    return draft, made


def other_value(field: models.Field, value: Any, draw: Any) -> Any:
    """Another value that the form would take for this field."""
    if isinstance(field, RowsField):
        return other_rows(field, value, draw)
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=value)
        return draw(st.sampled_from(list(others.values_list("pk", flat=True))))
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return draw(st.integers(2, 8).filter(lambda number: number != value))
    if field.choices:
        return draw(st.sampled_from([key for key, _ in field.flatchoices if key and key != value]))
    if isinstance(field, RichTextField):
        return str(value).replace("</p>", f" {draw(st.text('abcdefgh', min_size=1))}</p>", 1)
    return draw(WORDS.filter(lambda text: text != str(value).strip()))


def other_rows(field: RowsField, rows: list[dict[str, str]], draw: Any) -> list[dict[str, str]]:
    """One row changed, added, taken away or put in another's place."""
    kinds = ["add"] + ["change", "remove"] * bool(rows) + ["swap"] * (len(rows) > 1 and rows[0] != rows[-1])
    kind = draw(st.sampled_from(kinds))
    if kind == "remove":
        return rows[1:]
    if kind == "swap":
        return [rows[-1], *rows[1:-1], rows[0]]
    fresh = {column.key: column.choices[0][0] if column.choices else draw(WORDS) for column in field.columns}
    if kind == "add":
        return [*rows, fresh]
    number, column = draw(st.integers(0, len(rows) - 1)), draw(st.sampled_from(field.columns))
    old = rows[number].get(column.key, "")
    if column.choices:
        new = draw(st.sampled_from([key for key, _ in column.choices if key != old]))
    else:
        new = draw(WORDS.filter(lambda text: text != old))
    return [{**row, column.key: new} if number == place else row for place, row in enumerate(rows)]


def editable(block: Block) -> list[models.Field]:
    """All fields that hold something of this block: a picture has a drawing or a photograph."""
    own = [one for one in block._meta.local_fields if not (one.remote_field and one.remote_field.parent_link)]
    return [one for one in own if one.name not in {"drawing", "photograph"} or getattr(block, one.attname)]


def edited(draft: PageContent, block: Block, field: models.Field, times: int) -> int:
    """Change this field so many times, each time from what it was and back; how often there was another value."""
    before, old, tried = print_of(draft), getattr(block, field.attname), 0

    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def edit(data: Any) -> None:
        nonlocal tried
        type(block).objects.filter(pk=block.pk).update(**{field.attname: other_value(field, old, data.draw)})
        try:
            assert print_of(draft) != before, (type(block).__name__, field.name)
        finally:
            type(block).objects.filter(pk=block.pk).update(**{field.attname: old})
        tried += 1

    edit()
    assert print_of(draft) == before
    return tried


@pytest.mark.slow
@pytest.mark.usefixtures("var")
def test_a_thousand_random_single_edits_of_every_blocks_fields_all_change_the_fingerprint() -> None:
    draft, blocks = draft_with_all_kinds()
    photograph, _another = LibraryFileFactory.create_batch(2)
    blocks.append(PictureFactory(placeholder=slot_of(draft, "topic_body"), drawing="", photograph=photograph))
    fields = [(block, field) for block in blocks for field in editable(block)]
    each = tries(2, 1200 // len(fields))
    assert sum(edited(draft, block, field, each) for block, field in fields) >= tries(len(fields), 1000)


def test_every_seeded_page_has_a_document_of_its_own_and_reads_the_same_twice() -> None:
    prints = [print_of(content) for content in PageContent.objects.all()]
    assert len(prints) == len(set(prints)) == 13
    assert prints == [print_of(content) for content in PageContent.objects.all()]


@pytest.mark.parametrize("model", FACTORIES)
def test_saving_the_same_in_its_form_changes_nothing(staff: Client, model: type[Block]) -> None:
    """Posted as a browser does: new lines as two signs, every box sent."""
    block = FACTORIES[model].create()
    content = block.placeholder.source
    for name in ("intro", "text"):
        if name in {field.name for field in editable(block)} and model._meta.get_field(name).max_length != 80:
            type(block).objects.filter(pk=block.pk).update(**{name: "One line.\n\nAnother line."})
    block.refresh_from_db()
    before = print_of(content)
    values = {field.name: getattr(block, field.attname) for field in editable(block)}
    data = {key: text.replace("\n", "\r\n") for key, text in filled_in(values).items() if text != "None"}
    url = f"/admin/cms/placeholder/edit-plugin/{block.pk}/?cms_path=/"
    reply = staff.post(url, {**data, **opened(staff, url)})
    assert reply.status_code == 200
    assert b"errornote" not in reply.content
    assert print_of(content) == before


def test_what_an_editor_does_to_rich_text_without_changing_a_word_reads_the_same() -> None:
    stored = "<p>One <strong>two</strong> &amp; three.</p>\n<ul>\n<li>four</li>\n<li>five</li>\n</ul>\n"
    opened = "<p>One <strong>two</strong> &amp; three.</p><ul><li><p>four</p></li><li><p>five</p></li></ul>"
    assert normalise_html(stored) == normalise_html(opened)
    for other in (
        opened.replace("two", "too"),
        opened.replace("<strong>two</strong>", "two"),
        opened.replace("<ul>", "<ol>").replace("</ul>", "</ol>"),
        opened.replace("four</p></li><li><p>five", "four five"),
        opened.replace("<p>four</p>", "<p>fo</p><p>ur</p>"),
    ):
        assert normalise_html(other) != normalise_html(opened), other


def test_a_new_version_a_new_slot_record_and_new_keys_change_nothing() -> None:
    draft, _ = draft_with_all_kinds()
    before = print_of(draft)
    second = draft.versions.get().copy(author()).content
    assert second.pk != draft.pk
    assert print_of(second) == before


def test_order_place_and_presence_of_blocks_count() -> None:
    draft = page_of_kind("topic")
    body, help_slot = slot_of(draft, "topic_body"), slot_of(draft, "topic_help")
    first = ProseFactory(placeholder=body, heading="One", body="<p>First.</p>")
    ProseFactory(placeholder=body, heading="Two", body="<p>Second.</p>")
    card = CareCardFactory(placeholder=help_slot)
    prints = [print_of(draft)]
    body.move_plugin(first, target_position=2)
    prints.append(print_of(draft))
    help_slot.delete_plugin(card)
    prints.append(print_of(draft))
    CareCardFactory(placeholder=body)
    prints.append(print_of(draft))
    assert len(set(prints)) == 4


def test_title_description_and_titles_elsewhere_count_and_the_address_does_not() -> None:
    draft = page_of_kind("topic")
    before = print_of(draft)
    for name in ("title", "menu_title", "page_title", "meta_description"):
        PageContent.admin_manager.filter(pk=draft.pk).update(**{name: "Other words"})
        assert print_of(draft) != before, name
        PageContent.admin_manager.filter(pk=draft.pk).update(**{name: getattr(draft, name)})
    assert print_of(draft) == before
    PageContent.admin_manager.filter(pk=draft.pk).update(redirect="/contact/")  # patients would read that page instead
    assert print_of(draft) != before
    PageContent.admin_manager.filter(pk=draft.pk).update(redirect=draft.redirect)
    PageContent.admin_manager.filter(pk=draft.pk).update(slug="elsewhere", in_navigation=True)
    assert print_of(draft) == before


def test_a_slot_that_the_template_does_not_show_is_left_out() -> None:
    draft = page_of_kind("topic")
    ProseFactory(placeholder=slot_of(draft, "topic_body"))
    before = print_of(draft)
    hidden = draft.placeholders.create(slot="treatment_what")
    add_plugin(hidden, "ProsePlugin", LANGUAGE, body="<p>Nobody sees this.</p>")
    assert print_of(draft) == before


def test_only_the_facts_that_a_page_quotes_or_draws_count() -> None:
    quoting = page_of_kind("topic")
    DoAndDontFactory(placeholder=slot_of(quoting, "topic_body"), intro="It takes [[days-to-settle]].")
    drawing = page_of_kind("topic")
    SessionSpacingFactory(placeholder=slot_of(drawing, "topic_body"), intro="")
    neither = page_of_kind("topic")
    CareCardFactory(placeholder=slot_of(neither, "topic_help"))
    before = [print_of(one) for one in (quoting, drawing, neither)]
    Treatment.objects.update(days_to_settle_max=9)
    after = [print_of(one) for one in (quoting, drawing, neither)]
    assert [one == two for one, two in zip(before, after, strict=True)] == [False, True, True]
    Treatment.objects.update(weeks_between_max=9)
    assert [one == two for one, two in zip(after, map(print_of, (quoting, drawing, neither)), strict=True)] == [
        True,
        False,
        True,
    ]


def test_the_clinics_record_is_no_part_of_it() -> None:
    draft, _ = draft_with_all_kinds()
    before = print_of(draft)
    Clinic.objects.update(telephone="01632 960999", hours="Never")
    assert print_of(draft) == before


def test_a_field_that_a_later_release_adds_at_its_default_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    block = ProseFactory()
    content = block.placeholder.source
    before = print_of(content)
    added = models.CharField(default="PLAIN", choices=[("PLAIN", "Plain"), ("LOUD", "Loud")])
    added.set_attributes_from_name("tone")
    added.model = Prose
    monkeypatch.setattr(Prose._meta, "local_fields", [*Prose._meta.local_fields, added])
    monkeypatch.setattr(Prose, "tone", "PLAIN", raising=False)
    said = signed_document._fields(Prose.objects.defer(None).model(pk=block.pk, heading=block.heading, body=block.body))
    assert "tone" not in said
    monkeypatch.setattr(Prose, "tone", "LOUD", raising=False)
    said = signed_document._fields(Prose(pk=block.pk, heading=block.heading, body=block.body))
    assert said["tone"] == "LOUD"
    monkeypatch.undo()
    assert print_of(content) == before


def test_another_drawing_under_the_same_name_changes_it(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, _ = draft_with_all_kinds()
    before = print_of(draft)
    other = tmp_path / "other.svg"
    other.write_bytes(b"<svg/>")
    found = finders.find
    signed_document._digest.cache_clear()
    monkeypatch.setattr(finders, "find", lambda path: str(other) if path == "img/step-1.svg" else found(path))
    try:
        assert print_of(draft) != before
    finally:
        monkeypatch.undo()
        signed_document._digest.cache_clear()
    assert print_of(draft) == before


def test_a_link_counts_where_it_leads() -> None:
    link = TopicLinkFactory()
    content = link.placeholder.source
    before = print_of(content)
    TopicLink.objects.filter(pk=link.pk).update(page=Page.objects.get(reverse_id="contact"))
    assert print_of(content) != before


@pytest.mark.parametrize("rows", [None, 0, "x", [None], [{"text": 3}]])
def test_rows_that_cannot_be_read_still_give_a_document(rows: Any) -> None:
    block = DoAndDontFactory()
    before = print_of(block.placeholder.source)
    DoAndDont.objects.filter(pk=block.pk).update(
        do_rows=rows if rows is not None else models.Value(None, models.JSONField())
    )
    assert print_of(block.placeholder.source) != before


def test_the_document_costs_the_same_however_many_blocks() -> None:
    counts = []
    for number in (1, 3, 30):
        draft = page_of_kind("topic")
        for _ in range(number):
            ProseFactory(placeholder=slot_of(draft, "topic_body"))
            SessionSpacingFactory(placeholder=slot_of(draft, "topic_body"))
        with CaptureQueriesContext(connection) as asked:
            print_of(draft)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_drawings_are_known_by_the_list_they_come_from() -> None:
    drawn = [
        (model.__name__, column.key)
        for model in FACTORIES
        for field in model.rows_fields()
        for column in field.columns
        if column.choices == CHOICES
    ]
    assert ("BodyAreas", "drawing") in drawn
    assert ("SessionSteps", "drawing") in drawn


@pytest.mark.usefixtures("incomplete_pages")
def test_a_published_version_reads_as_its_draft_did() -> None:
    spacing = SessionSpacing.objects.get(pk=SessionSpacingFactory().pk)
    content = spacing.placeholder.source
    before = print_of(content)
    publish(content)
    assert print_of(content) == before
