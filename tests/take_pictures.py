"""Takes the README's pictures of a running site: `python -m tests.take_pictures http://127.0.0.1:8000 tests/pictures`."""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS

TAKES = {
    "home": ("/", 1280, 900),
    "gallery": ("/before-and-after/", 1280, 1400),
    "aftercare-phone": ("/microneedling-for-stretch-marks/aftercare/", 390, 900),
}


def main(url: str, folder: str) -> None:
    """One PNG of 128 colours for each take: small enough to commit."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (path, width, height) in TAKES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(url + path, wait_until="networkidle")
            page.mouse.wheel(0, 1)  # pictures below the first screen load when the page is touched
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(128).save(Path(folder) / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
