"""From the telephone to the gallery and off it again: a nurse, a doctor, a reader and a receptionist in Chromium."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FINISH, Site, running, signed_in_as, violations

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
CANARY = b"CANARY-51.5007N-0.1246W"
CLINICIAN = "Dr Real Example, Dermatologist"
WORDS = "Abdomen, front view, dark brown skin. Upright lines below the navel."
COUNTED = 12  # sample cases


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: this test takes down what it puts up."""
    with running(tmp_path_factory.mktemp("journey")) as started:
        yield started


def phone_photograph(folder: Path, name: str, taken: str, shade: int) -> Path:
    """As a telephone held upright writes it: lying on its side, orientation 6, with place and maker."""
    upright = Image.new("RGB", (900, 1200), (120 + shade, 80 + shade, 58 + shade))
    draw = ImageDraw.Draw(upright)
    for at in range(9):
        draw.line((200 + at * 60, 500, 190 + at * 60, 800), fill=(200 - shade, 160, 130), width=7)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8769)[0x9003] = taken
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (51.0, 30.0, 2.0), "W", (0.0, 7.0, 28.0)
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    lying.save(folder / name, "JPEG", quality=92, exif=exif, comment=CANARY)
    return folder / name


def record_consent(nurse: Page) -> str:
    """Print a form for its code, then record what was signed."""
    nurse.goto("/admin/content/consent/blank-form/")
    code = nurse.locator(".case-code strong").inner_text()
    nurse.goto("/admin/content/consent/")
    nurse.get_by_role("link", name=re.compile("Add consent", re.IGNORECASE)).click()
    nurse.get_by_label("Reference code").fill(code.lower())
    nurse.get_by_label("On this website").check()
    for label, day in (("18 or over on", "2025-01-01"), ("Signed on", "2025-01-01"), ("Last day", "2029-12-31")):
        nurse.get_by_label(label).fill(day)
    nurse.get_by_label("Care did not depend on it").check()
    nurse.get_by_label("The person was given a copy").check()
    nurse.get_by_label("Signed form").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    nurse.get_by_role("button", name="Save", exact=True).click()
    expect(nurse.locator(".messagelist")).to_contain_text(code)
    return code


def make_case(nurse: Page, code: str) -> None:
    """The details, from the list of cases."""
    nurse.goto("/admin/content/case/add/")
    nurse.get_by_label("Consent").select_option(label=code)
    nurse.get_by_label("Treatment", exact=False).first.select_option(index=1)
    for label, words in (("Body area", "Belly"), ("Came with", "Pregnancy"), ("Colour of the marks before", "Brown"),
                         ("Skin", "Dark brown"), ("Age", "25 to 34")):  # fmt: skip
        nurse.get_by_label(label, exact=True).or_(nurse.get_by_label(f"{label}:", exact=True)).select_option(
            label=words
        )
    for name, value in (("sessions", "3"), ("weeks_between", "5"), ("weeks_after", "12"), ("device", "Pen"),
                        ("other_treatments", "none")):  # fmt: skip
        nurse.locator(f"[name={name}]").fill(value)
    nurse.get_by_role("button", name="Save and go on to the photographs").click()
    expect(nurse.locator(".case-standing")).to_contain_text("Put together at least one pair of photographs")


def put_photographs_in(nurse: Page, folder: Path) -> None:
    """Two that are fine and one that is broken, together; then pair and describe them."""
    files = [
        phone_photograph(folder, "IMG_0002.jpg", "2025:07:20 09:00:00", 12),
        phone_photograph(folder, "IMG_0001.jpg", "2025:01:20 09:00:00", 0),
    ]
    broken = folder / "IMG_0003.jpg"
    broken.write_bytes(files[0].read_bytes()[:2000])
    expect(nurse.get_by_role("button", name="Upload")).to_be_hidden()  # the script uploads as soon as files are chosen
    nurse.locator("#photographs").set_input_files(files)
    nurse.locator("#photographs").set_input_files(broken)  # while the others are on their way
    expect(nurse.get_by_role("status")).to_contain_text("2 of 3 kept.", timeout=30_000)
    answers = nurse.locator(".photo-drop-list li")
    expect(answers.nth(0)).to_have_text("“IMG_0002.jpg” is kept: taken on 20 July 2025.")
    expect(answers.nth(2)).to_contain_text("“IMG_0003.jpg” is damaged or incomplete")
    nurse.get_by_role("button", name="Show those that were kept").click()
    nurse.get_by_role("button", name="Make a pair of them").click()
    expect(nurse.locator(".messagelist")).to_contain_text("The two are a pair now.")
    for box in nurse.get_by_label("What it shows").all():
        box.fill(WORDS)
    nurse.get_by_role("button", name="Save what is written here").click()
    expect(nurse.locator(".case-standing")).to_contain_text("Ready for the doctor")
    for picture in nurse.locator(".case-pair img").all():
        picture.scroll_into_view_if_needed()
    nurse.wait_for_function("[...document.querySelectorAll('.case-pair img')].every((one) => one.naturalWidth > 0)")
    sizes = nurse.locator(".case-pair img").evaluate_all("all => all.map(one => [one.naturalWidth, one.naturalHeight])")
    assert all(high > wide for wide, high in sizes), "upright, as they were taken"


def align(nurse: Page) -> None:
    """Crop both square and lay one over the other by mouse, keyboard and two fingers; what is saved is what was seen."""
    nurse.get_by_role("button", name="Crop and align by hand").click()
    nurse.get_by_label("Shape of both").select_option(label="Square")
    frame, ghost = nurse.locator(".align-frame").nth(1), nurse.locator(".align-ghost").nth(1)
    nurse.get_by_label("Lay the one before over it").check()
    expect(ghost).to_have_css("opacity", "0.5")
    nurse.get_by_role("slider", name="Larger the photograph after").fill("130")
    nurse.get_by_role("slider", name="Straighten the photograph after").fill("4")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    x, y = box["x"] + 200, box["y"] + 200
    seen = [shown_part(nurse)]
    nurse.mouse.move(x, y)
    nurse.mouse.down()
    nurse.mouse.move(x + 30, y + 20, steps=3)
    nurse.mouse.up()
    seen.append(shown_part(nurse))
    pinch(nurse, x, y)
    seen.append(shown_part(nurse))
    frame.press("ArrowUp")
    seen.append(shown_part(nurse))
    assert len(set(seen)) == 4, seen
    assert violations(nurse) == []
    nurse.get_by_label("Lay the one before over it").uncheck()
    frame.scroll_into_view_if_needed()
    with Image.open(io.BytesIO(frame.screenshot())) as picture:
        on_screen = picture.convert("RGB")
    nurse.get_by_role("button", name="Save what is written here").click()
    expect(nurse.locator(".messagelist")).to_contain_text("Saved.")
    saved = nurse.request.get(str(nurse.locator(".case-pair img").nth(1).get_attribute("src"))).body()
    with Image.open(io.BytesIO(saved)) as picture:
        assert abs(picture.width - picture.height) <= 2
        inner = (8, 8, on_screen.width - 8, on_screen.height - 8)  # without the rounded corners
        pictures = [one.crop(inner) for one in (on_screen, picture.convert("RGB").resize(on_screen.size))]
    assert max(ImageStat.Stat(ImageChops.difference(*pictures)).mean) < 4


def shown_part(nurse: Page) -> str:
    """The numbers that say what is shown of the photograph after."""
    fields = nurse.locator(".case-pair fieldset").nth(1).locator(".case-crop input")
    return str(fields.evaluate_all("all => all.map(one => one.value).join()"))


def pinch(nurse: Page, x: float, y: float) -> None:
    """Two fingers that part and turn a little."""
    nurse.locator(".align-frame").nth(1).evaluate(
        """(frame, [x, y]) => {
            frame.setPointerCapture = () => {};
            const point = (type, pointerId, dx, dy) =>
                frame.dispatchEvent(new PointerEvent(type, { pointerId, clientX: x + dx, clientY: y + dy, bubbles: true }));
            point("pointerdown", 11, -40, 0);
            point("pointerdown", 12, 40, 0);
            point("pointermove", 11, -50, -4);
            point("pointermove", 12, 50, 4);
            point("pointerup", 11, -50, -4);
            point("pointerup", 12, 50, 4);
        }""",
        [x, y],
    )


def add_clinician(own: Site) -> None:
    """Put a person of the clinic on record: a sample person can't vouch for a real case."""
    name, title = CLINICIAN.split(", ")
    own.shell(f"from content.models import Clinician; Clinician.objects.create(shown_name={name!r}, title={title!r})")


def approve(doctor: Page, case: str) -> None:
    doctor.goto(case.replace("photographs", "approve"))
    doctor.get_by_label("Change seen").select_option(label="Small change")
    doctor.get_by_label("Clinician who vouches for it").select_option(label=CLINICIAN)
    for label in ("This is our own patient", "This treatment alone was used", "Neither photograph has been retouched"):
        doctor.get_by_label(label).check()
    doctor.get_by_role("button", name="Approve: it may be shown").click()
    expect(doctor.locator(".case-standing")).to_contain_text("Yes, until 31 December 2029.")


def every_address(reader: Page, code: str) -> list[str]:
    """The case's page and every picture address that the gallery, the case and the treatment page name for it."""
    found = {f"/before-and-after/{code}/"}
    reader.goto(f"/before-and-after/{code}/")
    found |= set(re.findall(r"/photographs/[0-9a-f]{32}/\d+\.\w+", reader.content()))
    assert len(found) > 10
    return sorted(found)


def test_a_photograph_lives_exactly_as_long_as_its_consent(chromium: Browser, own: Site, tmp_path: Path) -> None:
    nurse = signed_in_as(chromium, own, "nurse")
    reference = record_consent(nurse)
    make_case(nurse, reference)
    put_photographs_in(nurse, tmp_path)
    align(nurse)
    case = nurse.url
    reader = chromium.new_context(base_url=own.url).new_page()
    reader.goto("/before-and-after/")
    expect(reader.get_by_role("link", name="Belly, 3 sessions")).to_have_count(1)  # a sample
    add_clinician(own)
    approve(signed_in_as(chromium, own, "doctor"), case)

    reader.goto("/before-and-after/")
    newest = reader.get_by_role("link", name="Belly, 3 sessions").first
    code = str(newest.get_attribute("href")).strip("/").split("/")[-1]
    expect(reader.locator("main")).to_contain_text("1 of 1 consented case is shown")
    reader.goto("/microneedling-for-stretch-marks/")
    expect(reader.locator(f"a[href='/before-and-after/{code}/']")).to_have_count(1)
    addresses = every_address(reader, code)
    for address in addresses:
        reply = reader.request.get(address)
        assert reply.status == 200, address
        assert CANARY not in reply.body()
        assert b"Exif" not in reply.body() or address.endswith("/")
        if address.endswith(".jpg"):
            with Image.open(io.BytesIO(reply.body())) as picture:
                assert not picture.getexif()

    reception = signed_in_as(chromium, own, "reception")
    reception.goto("/admin/content/consent/")
    reception.get_by_role("link", name="Withdraw by reference code").click()
    reception.get_by_label("Reference code").fill(reference.replace("-", " ").lower())
    reception.get_by_role("button", name="Show what it covers").click()
    reception.get_by_role("button", name="Withdraw now").click()
    expect(reception.locator(".case-paper")).to_contain_text(reference)

    for address in addresses:
        for _ in range(4):  # whichever worker answers
            assert reader.request.get(address).status == 410, address
    for page in ("/before-and-after/", "/microneedling-for-stretch-marks/", "/"):
        reader.goto(page)
        assert code not in reader.content()
    story = json.loads(
        own.shell(
            "import json\nfrom content.models import Entry\n"
            "print(json.dumps([[e.event, e.actor] for e in Entry.objects.exclude(actor='first-content')]))"
        )
    )
    told = [event for event, _ in story if event != "SIGNED_IN"]
    assert told == [
        "CONSENT_RECORDED", "CASE_CHANGED", "PHOTO_ADDED", "PHOTO_ADDED", "PHOTO_CHANGED", "PHOTO_CHANGED",
            "ORIGINAL_VIEWED", "ORIGINAL_VIEWED", "PHOTO_CHANGED", "PHOTO_CHANGED",
        "CASE_APPROVED", "CONSENT_WITHDRAWN", "PHOTO_QUARANTINED", "PHOTO_QUARANTINED",
    ]  # fmt: skip
    assert {actor for _, actor in story} == {"sample-nurse", "sample-doctor", "sample-reception"}
    log = own.log.read_text()
    assert reference not in log
    assert reference.replace("-", "") not in log
    assert "IMG_0001" not in log


def sheets(page: Page) -> int:
    """How many sheets of paper it prints on."""
    page.emulate_media(media="print")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_the_form_to_sign_prints_on_one_sheet_and_the_receipt_on_two(chromium: Browser, own: Site) -> None:
    """The receipt's second sheet is the clinic's own list of copies elsewhere."""
    reception = signed_in_as(chromium, own, "reception")
    reception.goto("/admin/content/consent/blank-form/")
    assert sheets(reception) == 1
    expect(reception.get_by_text("Sign out")).to_be_hidden()
    expect(reception.get_by_role("button", name="Print")).to_be_hidden()
    sample = own.shell(
        "from content.models import Consent\nprint('PK', Consent.objects.filter(is_demo=True).first().pk)"
    )
    number = sample.split("PK ")[1].split()[0]
    reception.emulate_media(media="screen")
    reception.goto(f"/admin/content/consent/{number}/withdraw/")
    reception.get_by_role("button", name="Withdraw now").click()
    expect(reception.locator(".case-paper")).to_contain_text("has been withdrawn")
    assert sheets(reception) == 2


@pytest.mark.full
def test_the_staff_pages_of_cases_pass_axe(chromium: Browser, own: Site) -> None:
    doctor = signed_in_as(chromium, own, "doctor")
    doctor.goto("/admin/content/case/")
    case = str(doctor.locator("th a").first.get_attribute("href")).replace("change/", "")
    pages = ["/admin/content/case/", f"{case}photographs/", f"{case}approve/", "/admin/content/consent/",
             "/admin/content/consent/blank-form/", "/admin/content/consent/withdraw/"]  # fmt: skip
    found = {}
    for path in pages:
        doctor.goto(path)
        for scheme in ("light", "dark"):
            doctor.emulate_media(color_scheme=scheme)
            doctor.evaluate(FINISH)
            found[path, scheme] = violations(doctor)
    assert {path: said for path, said in found.items() if said} == {}
