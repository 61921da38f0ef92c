"""Help inside the site: whole, up to date, easy to read, and for staff alone."""

import re
from typing import Any

import pytest
from cms.plugin_pool import plugin_pool
from django.test import Client
from django.urls import reverse
from lxml import html

from content.blocks.base import BlockPlugin
from content.models import Prose
from content.staff.accounts import roles
from content.staff.help import guide
from content.treatment.tokens import TOKEN, TOKENS
from tests.factories import CalloutFactory
from tests.rendering import text_of
from tests.staff.members import member
from tests.staff.page_content import links, main_of, words

pytestmark = pytest.mark.django_db
SLUGS = [topic.slug for topic in guide.topics()]
ADDRESSES = ["/staff/help/", "/staff/help/blocks/", *(f"/staff/help/{slug}/" for slug in SLUGS)]
BLOCKS = [plugin for plugin in plugin_pool.plugins.values() if issubclass(plugin, BlockPlugin)]
MADE_ELSEWHERE = {"/staff/"}  # the staff's home


def tree(browser: Client, address: str) -> html.HtmlElement:
    response = browser.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_of_the_guide_has_one_title_and_anchors_of_its_own(staff: Client, address: str) -> None:
    page = tree(staff, address)
    assert len(page.xpath("//div[@id='content']//h1 | //main//h1")) == 1
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    levels = [int(one.tag[1]) for one in page.xpath("//div[@class='guide']//*[self::h2 or self::h3 or self::h4]")]
    assert all(after - before <= 1 for before, after in zip([1, *levels], levels, strict=False))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_link_of_the_guide_is_dead(staff: Client, address: str) -> None:
    for link in tree(staff, address).xpath("//div[@class='guide']//a/@href"):
        path, _, anchor = str(link).partition("#")
        assert path.startswith("/") or not path, link
        if path in MADE_ELSEWHERE:
            continue
        reached = tree(staff, path or address)
        assert not anchor or reached.xpath(f"//*[@id='{anchor}']"), link


@pytest.mark.parametrize("slug", SLUGS)
def test_the_guide_names_only_facts_that_exist(slug: str) -> None:
    topic = guide.topic(slug)
    assert topic
    assert set(TOKEN.findall(topic.html)) <= set(TOKENS)
    assert topic.html.count("[[") == len(TOKEN.findall(topic.html))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_guide_reads_easily(slug: str) -> None:
    """Flesch and Kincaid's grade, 8 or lower: what a fourteen-year-old reads with ease."""
    topic = guide.topic(slug)
    assert topic
    document = html.fromstring(f"<div>{topic.html}</div>")
    texts = [text_of(one) for one in document.xpath(".//p | .//li | .//td")]
    assert grade(texts) <= 8, slug


def grade(texts: list[str]) -> float:
    sentences = [one for text in texts for one in re.split(r"[.?!:;](?:\s|$)", text) if re.search(r"\w", one)]
    words = [word for one in sentences for word in re.findall(r"[A-Za-z’']+", one)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    word = word.lower().strip("’'")
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(groups - silent, 1)


def test_the_measure_of_reading_tells_easy_from_hard() -> None:
    easy = ["Press the pencil. The form opens. Change the words and save."]
    hard = [
        "Notwithstanding considerations of administrative practicability, authorised representatives are encouraged to "
        "familiarise themselves with organisational documentation requirements preceding publication."
    ]
    assert grade(easy) < 4
    assert grade(hard) > 15


def test_every_kind_of_block_has_a_section_made_from_its_plugin(staff: Client) -> None:
    page = tree(staff, "/staff/help/blocks/")
    for plugin in BLOCKS:
        section = page.get_element_by_id(plugin.noun()).getparent()
        words = text_of(section)
        assert words.startswith(str(plugin.name))
        assert " ".join(plugin.advice.split()) in words
        for field in plugin.model._meta.local_fields:
            if not field.primary_key:
                assert str(field.verbose_name).capitalize() in words, (plugin, field)
                assert " ".join(str(field.help_text).split()) in words, (plugin, field)
        for rows in plugin.model.rows_fields():
            assert all(column.label in words for column in rows.columns)


def test_a_new_field_is_explained_without_anybody_writing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    field: Any = Prose._meta.get_field("heading")
    monkeypatch.setattr(field, "help_text", "Something quite new.")
    text = next(kind for kind in guide.block_help() if kind.noun == "prose")
    assert "Something quite new." in [box.help for box in text.fields]


def test_each_form_leads_to_the_section_of_its_block(staff: Client) -> None:
    form = tree(staff, reverse("admin:cms_placeholder_edit_plugin", args=[CalloutFactory().pk]) + "?cms_path=/")
    link = form.xpath("//a[starts-with(normalize-space(), 'How this block works')]")[0]
    assert link.get("href") == "/staff/help/blocks/#callout"
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")


def test_the_contents_lead_to_every_topic_and_every_section(staff: Client) -> None:
    links = set(tree(staff, "/staff/help/").xpath("//div[@class='guide']//a/@href"))
    for topic in guide.topics():
        assert f"/staff/help/{topic.slug}/" in links
        assert {f"/staff/help/{topic.slug}/#{anchor}" for anchor, _ in topic.sections} <= links
    assert {f"/staff/help/blocks/#{plugin.noun()}" for plugin in BLOCKS} <= links


def test_what_people_look_for_is_there() -> None:
    wanted = {
        "start-here", "change-a-page", "what-the-states-mean", "ask-for-sign-off", "sign-and-publish", "facts", "checks",
        "schedule", "take-offline", "photographs", "pictures", "withdraw", "new-topic-page", "people", "when-something-is-wrong",
        "what-readers-say",
        "print",
    }  # fmt: skip
    assert set(SLUGS) == wanted


@pytest.mark.parametrize("address", ["/staff/help/", "/staff/help/facts/", "/staff/help/blocks/", "/staff/practice/"])
def test_help_is_for_every_role_and_for_nobody_else(address: str) -> None:
    for role in roles.ROLES:
        assert member(role).get(address).status_code == 200
    assert member("").get(address).status_code == 403
    visitor = Client().get(address)
    assert visitor.status_code == 302
    assert visitor["Location"].startswith("/admin/login/")


def test_a_topic_that_does_not_exist_is_not_found(staff: Client) -> None:
    assert staff.get("/staff/help/dancing/").status_code == 404


def test_help_costs_the_same_few_queries_on_every_page(staff: Client, django_assert_num_queries: Any) -> None:
    staff.get("/staff/help/")  # the CMS keeps something of a person at the first visit
    for address in ADDRESSES:
        with django_assert_num_queries(5):
            staff.get(address)


@pytest.mark.parametrize(("typed", "address"), [("withdraw", "/staff/help/withdraw/"), ("CARE card", "#care_card")])
def test_the_help_is_searched_by_section_and_block(typed: str, address: str) -> None:
    page = main_of(member("Reception"), f"/staff/help/?q={typed}")
    section = page.xpath(".//section[@aria-labelledby='found-heading']")[0]
    assert any(address in url for url in links(section))


def test_a_search_of_the_help_that_finds_nothing_says_so() -> None:
    page = main_of(member("Reception"), "/staff/help/?q=xylophone<b>")
    assert "The help says nothing of “xylophone<b>”" in words(page)


def test_every_place_that_the_search_of_the_help_names_is_there() -> None:
    browser = member("Nurse")
    for section in guide.search_texts():
        path, _, anchor = section.url.partition("#")
        text = browser.get(path).content.decode()
        assert not anchor or f'id="{anchor}"' in text, section.url
