"""A changed fact is saved once its consequences have been read, and on record."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db.models.signals import post_save
from django.test import Client
from lxml import html

from clinic_site.page_cache import store
from content.models import Entry, Reopened, Treatment
from content.optimistic_lock import field_digests
from content.signals import public_content_changed
from tests.factories import doctor
from tests.page_cache import open_a_tree
from tests.rendering import text_of
from tests.reviews.test_rereview import quoting

pytestmark = [pytest.mark.django_db, pytest.mark.database_full]


@pytest.fixture
def browser(today: date) -> Client:
    """A doctor's, who may change facts."""
    user = doctor()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_treatment", "view_treatment"]))
    client = Client()
    client.force_login(user)
    return client


def url() -> str:
    return f"/admin/content/treatment/{Treatment.objects.get().pk}/change/"


def form_data(**changes: Any) -> dict[str, Any]:
    """What the form sends with these changes."""
    treatment = Treatment.objects.get()
    names = [field.name for field in Treatment._meta.fields if field.name not in {"id", "page"}]
    digests = field_digests(treatment, [field for field in Treatment._meta.fields if field.name != "id"])
    values = {name: getattr(treatment, name) for name in names}
    return {**values, "page": treatment.page_id or "", "opened_as": digests, **changes}


def confirmation_data(reply: Any) -> dict[str, str]:
    """What the question's own form sends when it is confirmed."""
    [form] = [one for one in html.fromstring(reply.content.decode()).forms if "confirmed" in one.fields]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


@pytest.mark.usefixtures("incomplete_pages")
def test_a_changed_fact_asks_first_and_saves_nothing_yet(browser: Client) -> None:
    quoting("Quoting it")
    reply = browser.post(url(), form_data(weeks_between_max=8, _continue="1"))
    assert reply.status_code == 200
    text = text_of(html.fromstring(reply.content.decode()))
    assert "Nothing is saved yet" in text
    assert "Quoting it , live Weeks between sessions: 4 to 6 weeks → 4 to 8 weeks" in text
    assert "being reviewed again since 1 March 2026" in text
    assert Treatment.objects.get().weeks_between_max == 6
    assert not Reopened.objects.exists()
    assert not Entry.objects.filter(event="FACT_CHANGED").exists()
    assert confirmation_data(reply)["_continue"] == "1"


@pytest.mark.usefixtures("incomplete_pages")
def test_a_preview_of_a_changed_fact_changes_nothing_at_all(browser: Client) -> None:
    quoting("Quoting it")
    open_a_tree()
    seen = []
    post_save.connect(saved := lambda sender, **kwargs: seen.append(sender), sender=Treatment)
    public_content_changed.connect(announced := lambda sender, **kwargs: seen.append(sender))
    try:
        assert b"Nothing is saved yet" in browser.post(url(), form_data(weeks_between_max=8)).content
        assert seen == []
        assert store.active_name()
        browser.post(url(), confirmation_data(browser.post(url(), form_data(weeks_between_max=8))))
        assert seen == [Treatment, Treatment]
        assert not store.active_name()
    finally:
        post_save.disconnect(saved, sender=Treatment)
        public_content_changed.disconnect(announced)


@pytest.mark.usefixtures("incomplete_pages")
def test_a_confirmed_fact_is_saved_and_recorded_and_the_page_reopened(browser: Client) -> None:
    page = quoting()
    question = browser.post(url(), form_data(weeks_between_max=8))
    reply = browser.post(url(), confirmation_data(question), follow=True)
    assert Treatment.objects.get().weeks_between_max == 8
    entry = Entry.objects.get(event="FACT_CHANGED")
    assert (entry.actor, entry.detail) == ("dr-test", {"weeks_between_max": [6, 8]})
    assert Reopened.objects.get().page_id == page.page_id
    assert "1 live page has to be reviewed again" in reply.content.decode()
    assert "/staff/reopened/" in reply.content.decode()


@pytest.mark.usefixtures("incomplete_pages")
def test_a_page_that_is_reviewed_again_already_says_so(browser: Client) -> None:
    quoting()
    browser.post(url(), confirmation_data(browser.post(url(), form_data(weeks_between_max=8))))
    assert "It is being reviewed again already" in browser.post(url(), form_data(weeks_between_max=9)).content.decode()
    assert "it is no longer being reviewed" in browser.post(url(), form_data(weeks_between_max=6)).content.decode()


def test_unsigned_samples_are_listed_without_a_word_of_signatures(browser: Client) -> None:
    text = text_of(html.fromstring(browser.post(url(), form_data(weeks_between_max=8)).content.decode()))
    assert "4 to 6 weeks → 4 to 8 weeks" in text
    assert "being reviewed again" not in text


def test_a_name_alone_is_saved_without_a_question(browser: Client) -> None:
    assert browser.post(url(), form_data(name="Microneedling")).status_code == 302
    assert Treatment.objects.get().name == "Microneedling"


def test_a_wrong_fact_gets_its_sentence_and_no_question(browser: Client) -> None:
    reply = browser.post(url(), form_data(weeks_between_max=2))
    assert "can&#x27;t be fewer than the least" in reply.content.decode()
    assert "Nothing is saved yet" not in reply.content.decode()


def test_facts_changed_by_somebody_else_meanwhile_are_asked_about_again(browser: Client) -> None:
    question = browser.post(url(), form_data(weeks_between_max=8))
    other = Treatment.objects.get()
    other.numbing_minutes_max = 90
    other.save()
    sent = confirmation_data(question)
    conflict = browser.post(url(), sent)
    assert "This was changed after you opened it" in conflict.content.decode()
    [seen] = html.fromstring(conflict.content.decode()).xpath("//input[@name='instead_of']/@value")
    reply = browser.post(url(), {**sent, "instead_of": str(seen)})
    assert "changed by somebody else" in reply.content.decode()
    assert Treatment.objects.get().weeks_between_max == 6
    assert Treatment.objects.get().numbing_minutes_max == 90


def test_a_confirmation_of_another_change_does_not_count(browser: Client) -> None:
    question = confirmation_data(browser.post(url(), form_data(weeks_between_max=8)))
    reply = browser.post(url(), {**question, "weeks_between_max": "12"})
    assert "4 to 12 weeks" in reply.content.decode()
    assert Treatment.objects.get().weeks_between_max == 6
    assert browser.post(url(), confirmation_data(reply)).status_code == 302
    assert Treatment.objects.get().weeks_between_max == 12


def test_who_may_only_see_facts_is_refused_and_asked_nothing(browser: Client) -> None:
    user = doctor()
    user.user_permissions.remove(*Permission.objects.filter(codename="change_treatment"))
    reply = browser.post(url(), form_data(weeks_between_max=8))
    assert reply.status_code == 403
    assert Treatment.objects.get().weeks_between_max == 6


@pytest.mark.parametrize("pk", ["999999", "nobody", "9" * 40, "１"])
def test_an_unknown_treatment_is_no_error(browser: Client, pk: str) -> None:
    assert browser.post(f"/admin/content/treatment/{pk}/change/", form_data(weeks_between_max=8)).status_code in {
        302,
        404,
    }
