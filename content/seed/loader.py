"""Loads the first content: each part in one transaction and only once, however many processes run it."""

import fcntl
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from cms.api import add_plugin, create_page
from cms.models import Page, PageContent, Placeholder
from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from djangocms_versioning.constants import DRAFT
from markdown_it import MarkdownIt

from content.blocks.rich_text import clean
from content.clinic.models import Clinic, Clinician
from content.reviews import gate
from content.treatment.models import Treatment

from .models import SeededItem

FOLDER = Path(__file__).parent
AUTHOR_USERNAME = "first-content"
LANGUAGE = settings.LANGUAGE_CODE
TEMPLATES = {
    kind: f"pages/{kind}.html" for kind in ("home", "treatment", "topic", "clinic", "gallery", "planner", "suitability")
}

Entry = dict[str, Any]


def seed(report: Callable[[str], object] = lambda line: None) -> int:
    """Load the missing parts, call `report` with a line for each, and return how many they are."""
    done = 0
    for key, load in parts():
        if run_once(key, load):
            report(f"  first content: {key}")
            done += 1
    return done


def parts() -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield every part as its key and its loader, after the parts that it needs."""
    yield "clinic", _clinic
    pages = [_read(path) for path in sorted((FOLDER / "pages").glob("*.toml"))]
    for page in pages:
        yield f"page:{page['key']}", partial(_page, page)
    yield "treatment", _treatment
    for page in pages:
        yield f"content:{page['key']}", partial(_content, page)


def run_once(key: str, load: Callable[[], None]) -> bool:
    """Call `load` unless it was called for this key before, and return whether; concurrent calls wait."""
    with _sqlite_lock():
        return _load_if_missing(key, load)


@contextmanager
def _sqlite_lock() -> Iterator[None]:
    """Let one process in at a time on SQLite, where waiting for the only writer times out."""
    if connection.vendor != "sqlite":
        yield
        return
    with (settings.VAR_DIR / "seed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _load_if_missing(key: str, load: Callable[[], None]) -> bool:
    if SeededItem.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            SeededItem.objects.create(key=key)
            load()
    except IntegrityError:
        if SeededItem.objects.filter(key=key).exists():
            return False
        raise
    return True


def _read(path: Path) -> Entry:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _author() -> User:
    """Return the account that the CMS names as author; nobody can sign in with it."""
    author, is_new = get_user_model().objects.get_or_create(username=AUTHOR_USERNAME, defaults={"is_active": False})
    if is_new:
        author.set_unusable_password()
        author.save()
    return author


def _clinic() -> None:
    data = _read(FOLDER / "clinic.toml")
    clinic = Clinic(**data["clinic"])
    clinic.full_clean()
    clinic.save()
    for person in data["clinicians"]:
        clinician = Clinician(**person)
        clinician.full_clean()
        clinician.save()


def _treatment() -> None:
    data = _read(FOLDER / "treatment.toml")
    facts: dict[str, int] = {}
    for name, value in data["facts"].items():
        facts |= {f"{name}_min": value[0], f"{name}_max": value[1]} if isinstance(value, list) else {name: value}
    treatment = Treatment(name=data["name"], page=Page.objects.filter(reverse_id=data["page"]).first(), **facts)
    treatment.full_clean()
    treatment.save()


def _page(entry: Entry) -> None:
    """Create the page with an empty draft."""
    parent = Page.objects.get(reverse_id=entry["parent"]) if entry.get("parent") else None
    page = create_page(
        entry["title"],
        TEMPLATES[entry["kind"]],
        LANGUAGE,
        slug=entry["slug"],
        menu_title=entry.get("menu_title"),
        page_title=entry.get("page_title"),
        meta_description=entry["description"],
        created_by=_author(),
        parent=parent,
        in_navigation=entry.get("is_in_menu", False),
        reverse_id=entry["key"],
    )
    if beside := Page.objects.filter(reverse_id=entry.get("after")).first():
        page.move_page(beside, position="right")
    if entry["kind"] == "home":
        page.set_as_homepage()


def _content(entry: Entry) -> None:
    """Add the blocks to the page's draft and publish it, unless staff have deleted, filled or published the page."""
    page = Page.objects.filter(reverse_id=entry["key"]).first()
    draft = page and PageContent.admin_manager.filter(page=page, language=LANGUAGE).latest_content().first()
    if draft is None or draft.versions.get().state != DRAFT:
        return
    if any(placeholder.get_plugins().exists() for placeholder in draft.get_placeholders()):
        return
    slots = draft.rescan_placeholders()
    for block in entry["block"]:
        add_block(slots[block["slot"]], block)
    with gate.seeding():
        draft.versions.get().publish(_author())


def add_block(placeholder: Placeholder, entry: Entry) -> Any:
    """Add the block that `entry` describes, validated as in a form; raises ValidationError."""
    kind = "".join(part.title() for part in entry["kind"].split("_"))
    model = plugin_pool.get_plugin(f"{kind}Plugin").model
    values = {name: value for name, value in entry.items() if name not in {"slot", "kind", "links"}}
    for field in model.rows_fields():
        keys = [column.key for column in field.columns]
        rows = [row if isinstance(row, list) else [row] for row in values.get(field.name, [])]
        full = [row + [""] * sum(not column.is_required for column in field.columns[len(row) :]) for row in rows]
        values[field.name] = [dict(zip(keys, row, strict=True)) for row in full]
    if "body" in values:
        values["body"] = clean(MarkdownIt().render(values["body"]))
    model(**values).full_clean(exclude=["placeholder", "language", "position", "plugin_type"])
    block = add_plugin(placeholder, f"{kind}Plugin", LANGUAGE, **values)
    for link in entry.get("links", []):
        page = Page.objects.filter(reverse_id=link["page"]).first()
        if page:
            add_plugin(placeholder, "TopicLinkPlugin", LANGUAGE, target=block, **{**link, "page": page})
    return block
