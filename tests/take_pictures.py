"""Takes the READMEs' pictures of a fresh running site: `python -m tests.take_pictures URL VAR_DIR tests/pictures`."""

import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.editor import edit_block, open_page, save, settled

PLAN = "first=2027-09-06&sessions=4&area=thighs&from1=2027-10-09&to1=2027-10-16&sun1=on&from2=2027-12-24&to2=2027-12-27"
TAKES = {
    "home": ("/", 1280, 900),
    "gallery": ("/before-and-after/", 1280, 1400),
    "aftercare-phone": ("/microneedling-for-stretch-marks/aftercare/", 390, 900),
    "planner-phone": (f"/plan-your-sessions/?{PLAN}#dates", 390, 844),
    "search-phone": ("/search/?q=strech+marks", 390, 844),
}
#: What is looked at as a printed sheet.
SHEETS = {
    "paper-plan": f"/plan-your-sessions/?{PLAN}",
    "paper-leaflet": "/microneedling-for-stretch-marks/aftercare/?area=thighs",
}
YES_TO = 8  # of the questions: breast-feeding
HELP = Path(__file__).parents[1] / "static" / "help"
PAGE = "Looking after your skin"


class Camera:
    """A browser, the site it looks at, and the folder for its pictures."""

    def __init__(self, browser: Browser, url: str, var: str, folder: str) -> None:
        self.browser, self.url, self.folder = browser, url, Path(folder)
        lines = (Path(var) / "sample-sign-ins.txt").read_text().splitlines()
        self.passwords = dict(line.split(": ", 1) for line in lines)

    def take(self, page: Page, name: str) -> None:
        """One PNG of 128 colours: small enough to commit."""
        page.wait_for_timeout(500)
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        picture.quantize(128).save(self.folder / f"{name}.png", optimize=True)
        if name.startswith("staff-"):  # the help shows them too
            picture.save(HELP / f"{name}.webp", quality=50, method=6)

    def print(self, page: Page, name: str) -> None:
        """The first sheet that the printer would give."""
        page.wait_for_timeout(500)
        sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))[0]
        picture = sheet.render(scale=1.25).to_pil().convert("RGB")
        picture.quantize(64).save(self.folder / f"{name}.png", optimize=True)

    def someone(self, role: str, width: int = 1280, height: int = 800) -> Page:
        """A member of staff who has signed in."""
        size = {"width": width, "height": height}
        page = self.browser.new_context(base_url=self.url, viewport=size).new_page()
        page.goto("/staff/")
        page.get_by_label("Username").fill(f"sample-{role}")
        page.get_by_label("Password").fill(self.passwords[f"sample-{role}"])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/staff/")
        return page


def of_patients(camera: Camera) -> None:
    """What anyone sees."""
    for name, (path, width, height) in TAKES.items():
        page = camera.browser.new_page(viewport={"width": width, "height": height}, base_url=camera.url)
        page.goto(path, wait_until="networkidle")
        page.mouse.wheel(0, 1)  # pictures below the first screen load when the page is touched
        page.wait_for_load_state("networkidle")
        camera.take(page, name)


def of_paper(camera: Camera) -> None:
    """What patients print."""
    page = camera.browser.new_page(viewport={"width": 1280, "height": 900}, base_url=camera.url)
    for name, path in SHEETS.items():
        page.goto(path, wait_until="networkidle")
        camera.print(page, name)
    page.goto("/is-it-right-for-me/", wait_until="networkidle")
    for number, question in enumerate(page.locator("main form fieldset").all(), 1):
        question.get_by_text("Yes" if number == YES_TO else "No", exact=True).click()
    page.get_by_role("button", name="See your answer").click()
    page.wait_for_load_state("networkidle")
    camera.print(page, "paper-questions")


def of_a_week(camera: Camera) -> None:
    """What reception, nurse and doctor see from Monday to Friday."""
    reception = camera.someone("reception")
    row = reception.locator("li", has=reception.get_by_role("link", name=PAGE, exact=True)).last
    row.get_by_role("button", name="Change this page").click()
    reception.wait_for_url(re.compile("/(edit|structure)/"))
    settled(reception)
    edit_block(reception, "Do and do not").locator("input[name=do_rows-0-text]").fill(
        "use only our gel: it is painless"
    )
    save(reception)
    open_page(reception)
    camera.take(reception, "staff-bar")
    asking = str(reception.locator(".staff-bar").get_by_role("link", name="Ask the doctor").get_attribute("href"))
    reception.goto(asking.replace("/ask/", "/checks/"))
    camera.take(reception, "staff-checks")
    reception.goto(asking)
    reception.get_by_role("button", name="Ask the doctor").click()
    nurse = camera.someone("nurse")
    row = nurse.locator("li", has=nurse.get_by_role("link", name=PAGE, exact=True)).last
    row.get_by_role("button", name="Go on writing").click()
    nurse.wait_for_url(re.compile("/(edit|structure)/"))
    settled(nurse)
    edit_block(nurse, "Do and do not").locator("input[name=do_rows-0-text]").fill("use only our gel, twice a day")
    save(nurse)
    doctor = camera.someone("doctor", 390, 844)
    camera.take(doctor, "staff-start-phone")
    doctor.get_by_role("link", name=re.compile("Read and sign")).first.click()
    doctor.wait_for_load_state("networkidle")
    camera.take(doctor, "staff-sign-phone")
    doctor.locator("main input[type=password]").fill(camera.passwords["sample-doctor"])
    doctor.get_by_role("button", name="Sign and publish").click()
    doctor.wait_for_load_state("networkidle")
    of_the_rest_of_it(camera)


def of_the_rest_of_it(camera: Camera) -> None:
    """A fact is changed, and what stood there can be looked up."""
    doctor = camera.someone("doctor", 1280, 900)
    doctor.goto("/admin/content/treatment/1/change/")
    doctor.locator("input[name=days_to_settle_max]").fill("9")
    doctor.locator(".submit-row [name=_save]").click()
    doctor.wait_for_load_state("networkidle")
    camera.take(doctor, "staff-facts")
    doctor.goto("/staff/archive/")
    doctor.locator("select[name=page]").select_option(
        doctor.locator("select[name=page] option", has_text=PAGE).first.get_attribute("value")
    )
    doctor.get_by_role("button", name="Show what stood there").click()
    doctor.wait_for_load_state("networkidle")
    camera.take(doctor, "staff-archive")


def main(url: str, var: str, folder: str) -> None:
    """All of them; it changes the site's pages, so it wants a fresh one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        camera = Camera(browser, url, var, folder)
        of_patients(camera)
        of_paper(camera)
        of_a_week(camera)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
