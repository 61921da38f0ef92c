"""The first content: the same however it is put in, and never in the way of what staff did."""

import hashlib
import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cms.models import CMSPlugin, Page, PageContent
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from content.models import Clinic, SeededItem, TopicLink, Treatment
from content.seed import loader
from tests import template
from tests.factories import page_of_kind, slot_of
from tests.isolated_sites import Machine, machine_in, run
from tests.rendering import publish

ROOT = Path(__file__).resolve().parents[2]
DUMP = """
import json
from cms.models import CMSPlugin, Page, PageContent
from content.models import Clinic, Clinician, SeededItem, Treatment
from django.contrib.auth.models import User
def block(plugin):
    instance = plugin.get_plugin_instance()[0]
    return [plugin.placeholder.slot, plugin.plugin_type, plugin.position,
            {f.name: getattr(instance, f.attname) for f in instance._meta.local_fields if not f.primary_key and not f.is_relation}]
print("DUMP" + json.dumps({
    "pages": [[p.reverse_id, p.depth, p.get_absolute_url(), p.is_home] for p in Page.objects.order_by("path")],
    "contents": [[c.page.reverse_id, c.title, c.meta_description, c.in_navigation, c.template, c.versions.get().state]
                 for c in PageContent.admin_manager.order_by("page__path")],
    "blocks": [block(p) for p in CMSPlugin.objects.order_by("placeholder__object_id", "placeholder__slot", "position")],
    "clinic": list(Clinic.objects.values()), "people": [str(p) for p in Clinician.objects.all()],
    "treatment": list(Treatment.objects.values("name", "weeks_between_min", "weeks_between_max")),
    "seeded": sorted(SeededItem.objects.values_list("key", flat=True)),
    "users": sorted(User.objects.values_list("username", flat=True)),
}, sort_keys=True, default=str))
"""
SEED = "from functools import partial\nfrom content.seed import loader\nloader.seed(partial(print, flush=True))"
PRINT_DUMP = ("shell", "-v0", "-c", DUMP)


class Elsewhere:
    """A database of its own beside that of the tests, empty at first, for commands run as processes."""

    def __init__(self, folder: Path) -> None:
        self.name = "seed_" + hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ["HOME"],
            "VAR_DIR": str(folder),
            "PYTHONUNBUFFERED": "1",
        }
        config = settings.DATABASES["default"]
        if connection.vendor == "postgresql":
            self.env["DATABASE_URL"] = f"postgres://{config['USER']}@{config['HOST']}:{config['PORT']}/{self.name}"

    def create(self) -> None:
        """Empty; on SQLite whoever comes first makes the file."""
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {self.name}")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        done = run(self.env, "manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def elsewhere(tmp_path: Path, db: None) -> Elsewhere:
    made = Elsewhere(tmp_path)
    made.create()
    return made


@pytest.fixture
def migrated(tmp_path: Path, db: None) -> Iterator[Machine]:
    """A site of its own with the tables alone."""
    with machine_in(tmp_path, template.migrated()) as site:
        yield site


def read(said: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said.split("DUMP", 1)[1])
    return found


@pytest.fixture
def alone(db: None, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What is in the tests' own database, where the first content was put in once, by one process."""
    call_command("shell", "-v0", command=DUMP)
    dump = read(capsys.readouterr().out)
    assert [page[2] for page in dump["pages"] if page[3]] == ["/"]
    assert len(dump["pages"]) == 13
    assert {content[5] for content in dump["contents"]} == {"published"}
    assert dump["seeded"] == sorted(key for key, _ in loader.parts())
    return dump


@pytest.mark.full
def test_two_first_starts_at_once_put_it_in_once(elsewhere: Elsewhere, alone: dict[str, Any]) -> None:
    samples = tomllib.loads((loader.FOLDER / "cases.toml").read_text())["case"]
    seeded = sorted([*alone["seeded"], *(f"case:{entry['picture']}" for entry in samples)])
    processes = [elsewhere.start("prepare") for _ in range(2)]
    outputs = [process.communicate(timeout=180)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 2, outputs
    assert sum(output.count("first content: ") + output.count("sample case: ") for output in outputs) == len(seeded)
    roles = ["sample-doctor", "sample-nurse", "sample-owner", "sample-reception"]
    assert read(elsewhere.run(*PRINT_DUMP)) == {**alone, "seeded": seeded, "users": ["first-content", "owner", *roles]}


@pytest.mark.slow
def test_two_that_put_it_in_at_once_put_it_in_once(migrated: Machine, alone: dict[str, Any]) -> None:
    processes = [migrated.start(SEED) for _ in range(2)]
    ended, outputs = zip(*(process.wait() for process in processes), strict=True)
    assert ended == (0, 0), outputs
    assert sum(output.count("first content: ") for output in outputs) == len(alone["seeded"])
    assert all("first content: " in output for output in outputs)
    assert read(migrated.command(*PRINT_DUMP)) == alone


@pytest.mark.slow
def test_after_being_killed_and_twice_it_is_the_same(migrated: Machine, alone: dict[str, Any]) -> None:
    for parts in (1, 3):
        process = migrated.start(SEED)
        for _ in range(parts):
            assert "first content: " in process.said()
        time.sleep(0.01 * parts)  # into the middle of the next part
        process.kill()
    assert len(read(migrated.command(*PRINT_DUMP))["seeded"]) < len(alone["seeded"])
    migrated.python(SEED)
    assert read(migrated.command(*PRINT_DUMP)) == alone
    assert migrated.python(SEED) == ""
    assert read(migrated.command(*PRINT_DUMP)) == alone


@pytest.mark.django_db
def test_what_staff_changed_or_deleted_is_left_alone() -> None:
    Clinic.objects.update(name="Changed")
    Treatment.objects.update(weeks_between_min=5)
    linked = TopicLink.objects.values_list("page_id", flat=True)
    gone = Page.objects.filter(numchild=0, treatment=None, is_home=False).exclude(pk__in=linked)[0]
    gone.delete()
    assert loader.seed() == 0
    assert Clinic.objects.get().name == "Changed"
    assert Treatment.objects.get().weeks_between_min == 5
    assert not Page.objects.filter(reverse_id=gone.reverse_id).exists()


@pytest.mark.django_db
def test_a_page_that_staff_filled_before_its_content_came_is_left_alone() -> None:
    entry = loader._read(loader.FOLDER / "pages/06-about.toml")
    content = PageContent.objects.get(page__reverse_id="about")
    before = list(CMSPlugin.objects.filter(placeholder__in=content.get_placeholders()).values_list("pk", flat=True))
    loader._content(entry)
    assert (
        list(CMSPlugin.objects.filter(placeholder__in=content.get_placeholders()).values_list("pk", flat=True))
        == before
    )


@pytest.mark.django_db
def test_an_empty_page_that_staff_published_first_is_left_alone() -> None:
    entry = {**loader._read(loader.FOLDER / "pages/06-about.toml"), "key": "other", "slug": "other"}
    loader._page(entry)
    draft = PageContent.admin_manager.get(page__reverse_id="other")
    publish(draft)
    loader._content(entry)
    assert not any(placeholder.get_plugins().exists() for placeholder in draft.get_placeholders())


@pytest.mark.django_db
def test_nobody_can_sign_in_as_the_author_of_the_first_content() -> None:
    author = User.objects.get(username=loader.AUTHOR_USERNAME)
    assert (author.is_active, author.has_usable_password(), author.is_staff) == (False, False, False)


@pytest.mark.django_db
def test_a_block_that_a_form_would_refuse_is_refused_here_too() -> None:
    slot = slot_of(page_of_kind("topic"), "topic_body")
    with pytest.raises(ValidationError, match="do not"):
        loader.add_block(
            slot,
            {"kind": "do_and_dont", "slot": "topic_body", "do_rows": ["a"], "dont_rows": ["do not b"], "heading": ""},
        )
    assert not slot.get_plugins().exists()


@pytest.mark.django_db
def test_every_fact_of_the_first_content_is_quoted_by_name_and_none_is_typed() -> None:
    typed = [
        "4 to 6 weeks",
        "4–6 weeks",
        "15 to 60",
        "15–60",
        "30 to 60 minutes",
        "3 to 6 sessions",
        "1 to 7 days",
        "12 weeks",
    ]
    for path in sorted((loader.FOLDER / "pages").glob("*.toml")):
        text = path.read_text()
        assert [words for words in typed if words in text] == [], path


@pytest.mark.django_db
def test_nothing_seeded_claims_a_review() -> None:
    for content in PageContent.objects.all():
        text = Client().get(content.page.get_absolute_url()).content.decode().lower()
        for words in ("reviewed by", "last reviewed", "signed by", "approved by"):
            assert words not in text, (content, words)


@pytest.mark.django_db
def test_the_menu_holds_what_patients_look_for_first() -> None:
    from lxml import html

    tree = html.fromstring(Client().get("/").content.decode())
    assert [link.text for link in tree.get_element_by_id("menu").iter("a")] == [
        "The treatment",
        "Your session",
        "Aftercare",
        "Spacing sessions",
        "Before and after",
        "Planner",
        "Contact",
        "Search",
    ]


@pytest.mark.django_db
def test_seeded_parts_are_recorded() -> None:
    assert SeededItem.objects.count() == len(list(loader.parts()))
