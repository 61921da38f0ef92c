"""Virtual environments of peers, installed from the package index and kept between runs outside of this project."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

from tests.browser.conftest import ROOT

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def cache() -> Path:
    """Where they are kept; BENCH_PEERS says another place."""
    return Path(os.environ.get("BENCH_PEERS") or Path.home() / ".cache" / "clinic-bench")


def pin(package: str) -> str:
    """The package at the version that this site uses."""
    found = re.search(rf"^{package}==\S+", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    if not found:
        raise SystemExit(f"{package} isn't in requirements.txt.")
    return found[0]


def environment(name: str, *packages: str) -> Path:
    """The folder of the programs of an environment that holds these packages; made once."""
    folder = cache() / name
    ready = folder / "ready"
    if not ready.exists() or ready.read_text() != " ".join(packages):
        venv.create(folder, with_pip=True, clear=True)
        install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages]
        subprocess.run(install, check=True, **QUIET)
        ready.write_text(" ".join(packages))
    return folder / "bin"


def version(programs: Path, package: str) -> str:
    """Of a package in that environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run(
        [str(programs / "python"), "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def run(programs: Path, folder: Path, *command: str, **env: str) -> str:
    """Run a program of that environment in a folder; ends with its last words where it fails."""
    base = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": os.environ["HOME"]}
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "REQUESTS_"))}
    done = subprocess.run(
        [str(programs / command[0]), *command[1:]],
        cwd=folder, env={**kept, **base, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{' '.join(command[:2])} failed:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout
