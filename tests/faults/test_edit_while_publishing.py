"""What is saved at the very moment when a page goes live: patients read what was signed, or that it is reviewed again.

Each pair of people works in one process of a site of its own, the second starting while the first is half-way.
"""

from pathlib import Path

import pytest

from tests.isolated_sites import machine_in

pytestmark = [pytest.mark.database, pytest.mark.slow]

PAIR = """
import threading
from django.db import connections
from django.db.models.signals import post_save, pre_save
from django.test import Client
from django.urls import reverse
from cms.models import PageContent
from content.models import Prose, Reopened, Treatment
from content.reviews import gate, go_live, page_checks, rules
from tests.factories import ProseFactory, author, doctor, page_of_kind, signed, slot_of
from tests.rendering import filled_in, opened

gate._publish_checks.remove(page_checks.publish_problem)  # few words will do
draft = page_of_kind("topic", slug="raced")
block = ProseFactory(placeholder=slot_of(draft, "topic_body"), heading="Signed", body="<p>[[weeks-before-judging]]</p>")
signed(draft)
half_way, done = threading.Event(), threading.Event()

def pause(**kwargs):
    if threading.current_thread() is not threading.main_thread() and not half_way.is_set():
        half_way.set()
        done.wait(1)

def started(work):
    def run():
        try:
            work()
        finally:
            half_way.set()
            connections.close_all()
    thread = threading.Thread(target=run)
    thread.start()
    assert half_way.wait(20)
    return thread

def publish():
    try:
        go_live.publish(draft, user=doctor(), now=NOON)
    except go_live.RefusedError as refusal:
        print("refused")
    done.set()

def is_honest():
    live = PageContent.objects.filter(pk=draft.pk).first()
    return live is None or bool(rules.valid_signature(live)) != Reopened.objects.filter(page=draft.page).exists()
"""
EDIT = """
browser = Client(headers={"host": "localhost"})
browser.force_login(author())
url = reverse("admin:cms_placeholder_edit_plugin", args=[block.pk], query={"cms_path": "/"})
data = {**filled_in({"heading": "Unsigned", "body": "<p>Nobody signed this.</p>"}), **opened(browser, url)}
pre_save.connect(pause, sender=Prose)
thread = started(lambda: browser.post(url, data))
publish()
thread.join()
assert is_honest(), Prose.objects.get().heading
print(Prose.objects.get(pk=block.pk).heading)
"""
SETTINGS = """
browser = Client(headers={"host": "localhost"})
browser.force_login(author())
url = f"/admin/cms/pagecontent/{draft.pk}/change/?language=en-gb"
data = {"title": "Unsigned", "slug": "raced", "menu_title": "", "page_title": "", "meta_description": "", **opened(browser, url)}
pre_save.connect(pause, sender=PageContent)
thread = started(lambda: browser.post(url, data))
publish()
thread.join()
assert is_honest()
print(PageContent.admin_manager.get(pk=draft.pk).title)
"""
FACT = """
def change():
    treatment = Treatment.objects.get()
    treatment.weeks_before_judging += 7
    treatment.save()
post_save.connect(pause, sender=Treatment)
thread = started(change)
publish()
thread.join()
assert is_honest()
print("changed")
"""
DROP = """
browser = Client(headers={"host": "localhost"})
browser.force_login(author())
url = f"/admin/djangocms_versioning/pagecontentversion/{draft.versions.get().pk}/WAY/"
signal.connect(pause, sender=PageContent)
thread = started(lambda: browser.post(url, {"discard": "1"}))
publish()
thread.join()
assert not PageContent.objects.filter(page=draft.page).exists()
assert not Address.objects.filter(page_id=draft.page_id).exists()
print("dropped")
"""
ARCHIVE = f"""
from djangocms_versioning.signals import pre_version_operation as signal
from content.models import Address
{DROP.replace("WAY", "archive")}"""
DISCARD = f"""
from django.db.models.signals import pre_delete as signal
from content.models import Address
{DROP.replace("WAY", "discard")}"""

SEND_BACK = """
from content.comments.returned_pages import send_back
from content.models import Entry
from content.reviews import signing
asked = signing.request_review(draft, actor="reception", note="", now=NOON).pk
read = PageContent.admin_manager.get(pk=draft.pk)
post_save.connect(pause, sender=Entry)
thread = started(lambda: send_back(read, "Not yet.", user=doctor(), now=NOON, asked=asked))
try:
    go_live.publish(draft, user=doctor("dr-other"), now=NOON, asked=asked)
except go_live.RefusedError as refusal:
    print(*refusal.problems)
done.set()
thread.join()
assert draft.versions.get().state == "draft"
print(rules.valid_signature(draft) is not None)
"""


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (EDIT, "refused\nUnsigned"),
        (SETTINGS, "refused\nUnsigned"),
        (FACT, "refused\nchanged"),
        (ARCHIVE, "refused\ndropped"),
        (DISCARD, "refused\ndropped"),
        (SEND_BACK, "dr-test sent it back while you read it: “Not yet.”. Nothing was done.\nTrue"),
    ],
)
def test_what_is_half_saved_when_a_page_is_published_keeps_it_back(tmp_path: Path, work: str, says: str) -> None:
    with machine_in(tmp_path / "site") as machine:
        assert machine.python(PAIR + work) == says
