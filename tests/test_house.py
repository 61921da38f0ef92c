"""The house in order: names whatever is missing of a block, and what has strayed."""

import re
import subprocess
from pathlib import Path

import pytest
from cms.plugin_pool import plugin_pool
from cms.utils.placeholder import get_placeholders
from django.conf import settings

from content.blocks.base import Block, BlockPlugin
from content.topics import SLOT_NAMES, TOPICS
from tests.factories import FACTORIES

ROOT = Path(__file__).resolve().parents[1]
SHARED = {"__init__", "base", "rows", "rich_text", "outline", "drawings"}
NOUNS = sorted(path.stem for path in (ROOT / "content/blocks").glob("*.py") if path.stem not in SHARED)
ALLOWED_AT_THE_TOP = {
    ".ci", ".editorconfig", ".gitignore", ".pre-commit-config.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile",
    "README.md", "SECURITY.md", "clinic_site", "content", "deploy", "manage.py", "pyproject.toml", "renovate.json",
    "requirements.txt", "static", "templates", "tests",
}  # fmt: skip
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("*.md"))
READMES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("clinic_site", "content", "deploy", "tests")
    for path in (ROOT / folder).rglob("README.md")
)
MAX_MODULES = 20  # in a folder of Python


def camel(noun: str) -> str:
    return "".join(part.title() for part in noun.split("_"))


def tracked() -> list[Path]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


@pytest.mark.parametrize("noun", NOUNS)
def test_block_has_all_its_parts_under_one_name(noun: str) -> None:
    kebab = noun.replace("_", "-")
    parts = [
        f"templates/blocks/{noun}.html",
        f"static/css/blocks/{kebab}.css",
        f"tests/blocks/test_{noun}.py",
    ]
    assert [part for part in parts if not (ROOT / part).exists()] == []
    assert f'"blocks/{kebab}.css"' in (ROOT / "static/css/site.css").read_text()
    plugin = plugin_pool.get_plugin(f"{camel(noun)}Plugin")
    assert issubclass(plugin, BlockPlugin)
    assert plugin.model.__name__ == camel(noun)
    assert plugin.noun() == noun
    assert FACTORIES[plugin.model].__name__ == f"{camel(noun)}Factory"


def blocks() -> list[type[BlockPlugin]]:
    return [plugin for plugin in plugin_pool.plugins.values() if issubclass(plugin, BlockPlugin)]


def test_every_block_is_limited_to_slots_that_exist_and_says_what_patients_want() -> None:
    for plugin in blocks():
        assert plugin.allowed_slots, plugin
        assert set(plugin.allowed_slots) <= set(SLOT_NAMES), plugin
        assert "Patients want" in plugin.advice, plugin
        assert "for example" in plugin.advice.lower(), plugin


def test_every_field_a_patient_reads_has_help_or_a_plain_name() -> None:
    for plugin in blocks():
        for field in plugin.model.rows_fields():
            assert "example" in field.help_text.lower() or "Leave out" in field.help_text, field


def test_no_block_has_rows_or_many_to_many_that_a_new_version_would_lose() -> None:
    for model in Block.__subclasses__():
        assert not model._meta.local_many_to_many, model
        children = [one for one in model._meta.related_objects if one.field.model is not model and one.one_to_many]
        assert not [one for one in children if one.field.model.__module__.startswith("content")], model


def test_only_typed_blocks_may_stand_in_a_page() -> None:
    others = {name: plugin for name, plugin in plugin_pool.plugins.items() if not issubclass(plugin, BlockPlugin)}
    assert set(others) == {"PlaceholderPlugin", "TextPlugin"}  # the CMS's clipboard, and the editor's link box
    assert not any(others["TextPlugin"].is_allowed_in_slot(slot) for slot in SLOT_NAMES)


def test_each_kind_of_page_has_slots_of_its_own_and_every_slot_a_name() -> None:
    slots = {path: [slot.slot for slot in get_placeholders(path)] for path, _ in settings.CMS_TEMPLATES}
    everything = [slot for each in slots.values() for slot in each]
    assert len(everything) == len(set(everything))
    assert set(everything) == set(SLOT_NAMES)
    assert slots["pages/treatment.html"] == [topic.slot for topic in sorted(TOPICS, key=lambda topic: topic.order)]


def test_a_block_is_reached_by_its_resolved_words_never_by_its_raw_fields() -> None:
    for template in (ROOT / "templates/blocks").glob("*.html"):
        raw = re.findall(r"instance\.(\w+)", template.read_text())
        assert set(raw) <= {"child_plugin_instances"}, template


def test_every_component_lists_its_props_on_line_one() -> None:
    for folder in ("components", "blocks"):
        for template in (ROOT / "templates" / folder).glob("*.html"):
            assert template.read_text().startswith("{# props:"), template


def test_stylesheets_keep_to_the_rules() -> None:
    for sheet in (ROOT / "static/css").rglob("*.css"):
        text = sheet.read_text()
        assert "!important" not in text, sheet
        assert not re.search(r"(?m)^\s*#[\w-]+[\s,{]", text), f"an id in {sheet}"
    assert (
        (ROOT / "static/css/site.css").read_text().startswith("@layer tokens, base, layout, components, blocks, print;")
    )


def test_templates_hold_no_inline_style_or_script() -> None:
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(
            r"\sstyle=|<style|\son\w+=|<script(?! type=\"(module\"( fetchpriority=\"low\")? src=|application/ld\+json\">))",
            text,
        ), template


def test_the_environment_is_read_in_one_place() -> None:
    for folder in ("clinic_site", "content"):
        for module in (ROOT / folder).rglob("*.py"):
            if module.name not in {"env.py"}:
                assert not re.search(r"os\.environ(\[|\.get)|getenv|import environ", module.read_text()), module


def test_no_index_holds_code() -> None:
    for name in ("models", "cms_plugins", "cms_toolbars", "admin", "urls"):
        text = (ROOT / f"content/{name}.py").read_text()
        assert not re.search(r"(?m)^(class |def |if |for |\w+\.\w+ ?=)", text), name


def test_nothing_stray_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= ALLOWED_AT_THE_TOP


def test_no_committed_file_is_large_or_private() -> None:
    for path in tracked():
        assert path.stat().st_size <= 400_000, path
        assert path.suffix not in {".sqlite3", ".pem", ".key", ".env"}, path


def test_the_readme_is_read_in_five_minutes() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", *READMES])
def test_no_line_of_a_readme_is_over_120_characters(name: str) -> None:
    lines = enumerate((ROOT / name).read_text().splitlines(), start=1)
    assert [number for number, line in lines if len(line) > 120] == []


def anchors(document: Path) -> set[str]:
    """The anchors that a Markdown file's headings get where it is shown."""
    headings = re.findall(r"(?m)^#+ (.+)$", document.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", [*DOCUMENTS, *READMES])
def test_every_relative_link_of_a_readme_resolves(name: str) -> None:
    document = ROOT / name
    text = document.read_text()
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'<img src="([^"]+)"', text)
    for link in links:
        if re.match(r"https?://|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        aim = (document.parent / path).resolve() if path else document
        assert aim.exists(), link
        assert not anchor or anchor in anchors(aim), link


def folders(*under: str) -> set[str]:
    """The folders that hold committed files right below this one; those that begin with a dot are left out."""
    depth = len(under)
    parts = [path.relative_to(ROOT).parts for path in tracked()]
    return {each[depth] for each in parts if each[:depth] == under and len(each) > depth + 1 and each[depth][0] != "."}


def test_the_floor_plan_names_exactly_the_folders_there_are() -> None:
    plan = re.search(r"## Floor plan\n.*?```\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert plan is not None
    named: dict[str, list[str]] = {"": []}
    house = ""
    for line in plan[1].splitlines():
        names = re.findall(r"(?:^|\s)(\w+)/(?=\s)", line)
        if not line.startswith(" "):
            named[""] += names
            house = names[0]
            named.setdefault(house, [])
        else:
            named[house] += names
    assert sorted(named[""]) == sorted(folders())
    for house in ("clinic_site", "content"):
        assert sorted(named[house]) == sorted(folders(house))


def test_no_folder_of_python_holds_more_modules_than_a_reader_takes_in() -> None:
    counts: dict[str, int] = {}
    for path in tracked():
        folder = path.relative_to(ROOT).parent.as_posix()
        if path.suffix == ".py" and folder.split("/")[0] in {"clinic_site", "content"}:
            counts[folder] = counts.get(folder, 0) + 1
    del counts["content/blocks"]  # one module for each kind of block
    assert {folder: count for folder, count in counts.items() if count > MAX_MODULES} == {}
