"""Makes sure of what the tests need from the system; installs it through apt where it may, else says what to install."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = {
    "chromium": lambda: shutil.which("chromium") is not None,
    "chromium-headless-shell": lambda: shutil.which("chromium-headless-shell") is not None,
    "nginx": lambda: Path("/usr/sbin/nginx").exists(),
    "libnginx-mod-http-brotli-static": lambda: any(Path("/usr/lib/nginx/modules").glob("*brotli_static*")),
    "npm": lambda: shutil.which("npm") is not None,  # tests/publishing/schema_org.py
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None,
}


def missing() -> list[str]:
    """Debian's names of the packages that are not there."""
    return [package for package, is_there in NEEDED.items() if not is_there()]


def main() -> None:
    """Install what is missing, or end with one sentence."""
    wanted = missing()
    if not wanted:
        return
    sentence = f"The tests need {', '.join(wanted)}: install with `apt-get install {' '.join(wanted)}`."
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(sentence)
    print(f"Installing {', '.join(wanted)} …", flush=True)  # noqa: T201  progress for whoever runs the tests
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    subprocess.run(install, check=True, **quiet)
    if missing():
        sys.exit(sentence)


if __name__ == "__main__":
    main()
