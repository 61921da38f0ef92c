"""Receivers are connected once, from one list, when the apps are ready."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"


def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in CONTENT.rglob("*.py") if "migrations" not in path.parts}


def connections(tree: ast.AST) -> list[ast.Call]:
    """The calls of `connect` on something else than a database."""
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
    return [one for one in calls if one.func.attr == "connect" and ast.unparse(one.func) != "sqlite3.connect"]


def named_connect_receivers(tree: ast.Module) -> list[ast.FunctionDef]:
    return [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "connect_receivers"]


def test_nothing_is_connected_at_import_or_by_a_middleware() -> None:
    found = 0
    for path, tree in modules().items():
        inside = [call for function in named_connect_receivers(tree) for call in connections(function)]
        assert connections(tree) == inside, path
        found += len(inside)
    assert found > 20


def test_every_room_is_in_the_apps_list_and_every_module_in_its_rooms() -> None:
    apps = (CONTENT / "apps.py").read_text()
    for path, tree in modules().items():
        if not named_connect_receivers(tree):
            continue
        room = path.relative_to(CONTENT).parts[0]
        if path.name == "receivers.py":
            assert f"from content.{room} import receivers as {room}" in apps, path
        else:
            listed = (CONTENT / room / "receivers.py").read_text()
            assert path.stem in listed.split("connect_receivers", 1)[1], path
