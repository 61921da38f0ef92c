"""The template of the tests' database is never out of date."""

from pathlib import Path

import pytest

from tests import template

ALL = ("content/**/*",)


def test_a_template_is_made_anew_when_a_file_changes_comes_goes_or_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template, "ROOT", tmp_path)
    file = tmp_path / "content" / "seed" / "clinic.toml"
    file.parent.mkdir(parents=True)
    seen = [template.digest(ALL)]
    for change in (
        lambda: file.write_text("name = 1"),
        lambda: file.write_text("name = 2"),
        lambda: file.rename(file.with_name("other.toml")),
        lambda: file.with_name("other.toml").unlink(),
    ):
        change()
        seen.append(template.digest(ALL))
    assert seen[-1] == seen[0]
    assert len({*seen}) == 4


def test_what_python_compiles_makes_no_new_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "ROOT", tmp_path)
    before = template.digest(ALL)
    compiled = tmp_path / "content" / "__pycache__" / "apps.cpython-311.pyc"
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(b"1")
    assert template.digest(ALL) == before


@pytest.mark.parametrize("name", ["requirements.txt", "content/migrations/0002_ledger.py"])
def test_tables_depend_on_packages_and_migrations(name: str) -> None:
    assert name in {str(path.relative_to(template.ROOT)) for path in template.files(template.TABLES)}


@pytest.mark.parametrize(
    "name",
    ["content/seed/clinic.toml", "content/blocks/prose.py", "clinic_site/settings.py", "templates/blocks/prose.html"],
)
def test_rows_depend_on_all_that_puts_them_in(name: str) -> None:
    assert name in {str(path.relative_to(template.ROOT)) for path in template.files(template.ROWS)}
