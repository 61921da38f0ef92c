"""Holds structured data against schema.org's vocabulary: TypeScript checks it with the types that schema-dts makes of it."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

PACKAGES = ("schema-dts@2.1.0", "typescript@5.9.3")


def installed() -> Path:
    """A folder with both packages, filled from npm once a machine."""
    folder = Path(tempfile.gettempdir()) / f"vocabulary-{'-'.join(PACKAGES)}"
    if not (folder / "whole").exists():
        folder.mkdir(exist_ok=True)
        command = ["npm", "install", "--no-save", "--no-fund", "--no-audit", "--ignore-scripts", *PACKAGES]
        done = subprocess.run([*command, "--prefix", str(folder)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"The vocabulary comes from npm, which said:\n{done.stderr}"
        (folder / "whole").touch()
    return folder


def complaints(right: dict[str, Any], wrong: dict[str, Any]) -> str:
    """What is not schema.org's in the graphs of `right`, by their names; and which of `wrong` passes all the same."""
    lines = ['import type { Graph } from "schema-dts";']
    lines += [
        f"// {name}\nexport const r{n}: Graph = {json.dumps(graph)};" for n, (name, graph) in enumerate(right.items())
    ]
    lines += [
        f"// {name}\n// @ts-expect-error\nexport const w{n}: Graph = {json.dumps(graph)};"
        for n, (name, graph) in enumerate(wrong.items())
    ]
    folder = installed()
    with tempfile.TemporaryDirectory(dir=folder) as inside:
        file = Path(inside) / "graphs.ts"
        file.write_text("\n".join(lines))
        command = ["node", str(folder / "node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck"]
        more = ["--moduleResolution", "bundler", "--module", "esnext", "--target", "es2022", str(file)]
        done = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
