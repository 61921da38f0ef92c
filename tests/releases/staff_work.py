"""What a clinic's staff do on a new site before a fixture is packed; run by `make_fixture.py` inside a release.

Everything goes through the addresses that staff use, as they are filled in by a browser, so that this also runs at the
next release. All names, codes and pictures are made up; the passwords are made for the fixture and open nothing else.
"""

import io
import json
import os
import re
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
sys.path.insert(0, str(Path.cwd()))
django.setup()

from cms.models import CMSPlugin, Page, PageContent  # noqa: E402  Django is set up first
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from lxml import html  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from content.models import Case, Clinician, Consent, Entry, Photo, SignOff, Treatment  # noqa: E402

ABOUT = "/about/"
SIGNED = "/microneedling-for-stretch-marks/spacing-your-sessions/"
DRAFTED = "/microneedling-for-stretch-marks/aftercare/"
ABOUT_WORDS = "Please ring the bell beside the blue door."
SIGNED_WORDS = "Why we leave weeks between"
DRAFT_WORDS = "Start well: the first day"
NOTE = "Only the heading is new."
PEOPLE = {"rita.sample": "Reception", "nils.sample": "Nurse", "dora.sample": "Doctor"}
CLINICIAN = "Dr Dora Sample"
SCAN = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
CONSENTS = {"K7QF-2M9D": "#a67352", "W4TR-8HNX": "#5b3a29"}  # a person's code, and the colour of the drawn skin


class Browser(Client):
    """Anybody's browser on the site's own machine, which fills in the forms that it is shown."""

    def __init__(self) -> None:
        super().__init__(headers={"host": "localhost"})

    def sent(self, address: str, *, has: str, press: dict[str, str] | None = None, **values: Any) -> Any:
        """The reply to the form at `address` that has a field `has`, as it stands there but for `values`."""
        shown = self.get(address)
        assert shown.status_code == 200, (address, shown.status_code)
        tree = html.fromstring(shown.content.decode())
        form = next(one for one in tree.forms if has in one.fields)
        kept = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
        return done(self.post(address, {**kept, **values, **(press or {})}), address, has)


def done(reply: Any, address: str, field: str = "") -> Any:
    """The reply to a form that was accepted: it leads on, or doesn't show the form with `field` again."""
    if reply.status_code == 302:
        return reply
    tree = html.fromstring(reply.content.decode())
    if field and reply.status_code == 200 and not any(field in form.fields for form in tree.forms):
        return reply
    said = [" ".join(one.text_content().split()) for one in tree.xpath("//*[contains(@class,'error')]")]
    raise AssertionError((address, reply.status_code, said))


def signed_in(name: str, password: str) -> Browser:
    """The browser of somebody who has typed name and password."""
    browser = Browser()
    done(browser.post("/admin/login/", {"username": name, "password": password, "next": "/staff/"}), "/admin/login/")
    assert browser.get("/staff/").status_code == 200
    return browser


def first_sign_in() -> tuple[str, str]:
    """Name and password of whoever the site was given to."""
    lines = (settings.VAR_DIR / "staff-sign-in.txt").read_text().splitlines()
    return lines[0].removeprefix("user name: "), lines[1].removeprefix("password: ")


def let_in(owner: Browser) -> dict[str, str]:
    """The owner adds a doctor's record and three people, who set passwords with their links; returns the passwords."""
    owner.sent("/admin/content/clinician/add/", has="shown_name", shown_name=CLINICIAN, title="Dermatologist (sample)")
    doctor = Clinician.objects.get(shown_name=CLINICIAN)
    passwords = {}
    for name, role in PEOPLE.items():
        page = html.fromstring(owner.get("/staff/people/add/").content.decode())
        box = page.xpath(f"//label[contains(., '{role}')]//input | //label[contains(., '{role}')]/../input")[0]
        more = {"clinician": doctor.pk} if role == "Doctor" else {}
        added = owner.sent("/staff/people/add/", has="username", username=name, name=name.title().replace(".", " "),
                           roles=box.get("value"), **more)  # fmt: skip
        printed = owner.post(f"{added['Location']}link/").content.decode()
        code = re.search(r"Code <strong>([^<]+)<", printed)
        assert code, printed
        passwords[name] = secrets.token_urlsafe(15)
        typed = {"code": code[1], "password1": passwords[name], "password2": passwords[name]}
        done(Browser().post("/staff/link/", typed), "/staff/link/")
    return passwords


def live(path: str) -> PageContent:
    """The live version of the page at this address."""
    page = next(page for page in Page.objects.all() if page.get_absolute_url() == path)
    return PageContent.objects.get(page=page)


def edited(browser: Browser, path: str, kind: str, **values: str) -> PageContent:
    """The draft of this page in which the first block of a kind was changed; `{}` stands for what was there."""
    content = live(path)
    done(browser.post(f"/staff/pages/{content.pk}/change/"), path)
    draft = PageContent.admin_manager.filter(page=content.page).latest("pk")
    assert draft.pk != content.pk
    block = CMSPlugin.objects.filter(placeholder__in=draft.placeholders.all(), plugin_type=kind).first()
    assert block is not None
    address = f"/admin/cms/placeholder/edit-plugin/{block.pk}/"
    shown = block.get_plugin_instance()[0]
    browser.sent(address, has=next(iter(values)),
                 **{name: text.format(getattr(shown, name)) for name, text in values.items()})  # fmt: skip
    return draft


def sign(doctor: Browser, content: PageContent, password: str) -> None:
    """Read, sign and publish."""
    address = f"/staff/pages/{content.pk}/sign/"
    doctor.sent(address, has="typed", typed=password, press={"do": "sign_and_publish"})


def drawn(tone: str, lines: int, taken: str) -> SimpleUploadedFile:
    """A small drawing of skin with lines, as a camera would save it."""
    picture = Image.new("RGB", (420, 340), "#d9e8e5")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((90, -120, 330, 460), fill=tone)
    for at in range(lines):
        draw.line((140 + at * 24, 120, 146 + at * 24, 210), "#f0d0b0", 4)
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, exif=exif)
    return SimpleUploadedFile(f"{lines}.jpg", out.getvalue())


def consent(nurse: Browser, reference: str) -> Consent:
    """A signed form that the nurse records."""
    today = timezone.localdate()
    nurse.sent(
        "/admin/content/consent/add/",
        has="reference",
        reference=reference,
        for_website="on",
        adult_on=str(today - timedelta(days=900)),
        how_given="PAPER",
        given_on=str(today),
        expires_on=str(today + timedelta(days=3 * 365)),
        is_not_a_condition="on",
        has_copy="on",
        signed_form=SimpleUploadedFile("scan.pdf", SCAN),
    )
    return Consent.objects.get(reference=reference)


def shown_case(nurse: Browser, doctor: Browser, reference: str, tone: str) -> dict[str, Any]:
    """A case with two pictures, approved and on the website."""
    details = {
        "treatment": Treatment.objects.get().pk,
        "body_area": "ABDOMEN",
        "cause": "PREGNANCY",
        "mark_colour": "SILVER",
        "skin_tone": "BLACK",
        "age_band": "FROM_25",
        "sessions": "4",
        "weeks_between": "5",
        "weeks_after": "12",
        "device": "Sample pen",
        "other_treatments": "none",
        "consent": consent(nurse, reference).pk,
    }
    nurse.sent("/admin/content/case/add/", has="body_area", **details)
    case = Case.objects.get(consent__reference=reference)
    address = f"/admin/content/case/{case.pk}/photographs/"
    first = timezone.localdate() - timedelta(weeks=45)
    days = (first, first + timedelta(weeks=4 * 5 + 14))
    files = [drawn(tone, lines, f"{day:%Y:%m:%d} 10:00:00") for lines, day in zip((7, 4), days, strict=True)]
    done(nurse.post(address, {"do": "upload", "photographs": files}), address)
    photos = list(Photo.objects.filter(case_photo__case=case).order_by("captured_on"))
    done(nurse.post(address, {"do": "pair", "view": "FRONT", "before": photos[0].pk, "after": photos[1].pk}), address)
    said = {f"photo-{photo.pk}-alt": "Abdomen, front view. A drawing of skin with lines." for photo in photos}
    nurse.sent(address, has=f"photo-{photos[0].pk}-alt", press={"do": "describe"}, **said)
    ticks = dict.fromkeys(["is_own_patient", "is_this_treatment_only", "is_unretouched"], "on")
    vouches = Clinician.objects.get(shown_name=CLINICIAN).pk
    doctor.sent(f"/admin/content/case/{case.pk}/approve/", has="outcome", outcome="SMALL", attested_by=vouches, **ticks)
    page = Browser().get(f"/before-and-after/{case.code}/")
    assert page.status_code == 200, page.status_code
    renditions = sorted(set(re.findall(r"/photographs/[0-9a-f]{32}/\d+\.\w+", page.content.decode())))
    assert renditions
    return {
        "code": case.code,
        "reference": reference,
        "tokens": [one.token for one in photos],
        "renditions": renditions,
    }


def withdraw(reception: Browser, reference: str) -> None:
    """The person has changed their mind; reception types the code."""
    found = done(reception.post("/admin/content/consent/withdraw/", {"reference": reference}), reference)
    done(reception.post(found["Location"]), reference)
    assert Consent.objects.get(reference=reference).withdrawn_at


def rows() -> dict[str, list[Any]]:
    """The keys of every row that people made or wrote: what may not be lost, whatever a later release adds."""
    machine_made = {"tick", "shownhtml", "snapshotdue", "passage", "term", "indexstamp", "hold", "signinlink", "daykey",
                    "counter", "stamp", "reopened"}  # fmt: skip
    models = [one for one in apps.get_app_config("content").get_models() if one._meta.model_name not in machine_made]
    models += [Page, PageContent, CMSPlugin, *map(apps.get_model, ("auth.User", "djangocms_versioning.Version"))]
    return {one._meta.label: sorted(one._base_manager.values_list("pk", flat=True)) for one in models}


def work() -> dict[str, Any]:
    """Do all of it, and return what a later release must still show."""
    owner, password = first_sign_in()
    sample = Case.objects.filter(is_demo=True).first()
    assert sample is not None
    passwords = {owner: password, **let_in(signed_in(owner, password))}
    rita, nils, dora = (signed_in(name, passwords[name]) for name in PEOPLE)
    about = edited(nils, ABOUT, "ProsePlugin", body=f"{{}}<p>{ABOUT_WORDS}</p>")
    done(nils.post(f"/staff/pages/{about.pk}/sign/", {"do": "publish"}), ABOUT)
    spacing = edited(rita, SIGNED, "ProsePlugin", heading=SIGNED_WORDS)
    rita.sent(f"/staff/pages/{spacing.pk}/ask/", has="note", note=NOTE)
    sign(dora, spacing, passwords["dora.sample"])
    draft = edited(rita, DRAFTED, "CalloutPlugin", title=DRAFT_WORDS)
    rita.sent(f"/staff/pages/{draft.pk}/ask/", has="note", note=NOTE)
    shown, taken_down = (shown_case(nils, dora, reference, tone) for reference, tone in CONSENTS.items())
    call_command("tick", verbosity=0)
    withdraw(rita, taken_down["reference"])
    call_command("remove_samples")
    call_command("tick", verbosity=0)
    signature = SignOff.objects.get(content_id=spacing.pk)
    last = Entry.objects.order_by("-pk")[0]
    return {
        "made_at": timezone.now().isoformat(),
        "passwords": passwords,
        "live": {ABOUT: ABOUT_WORDS, SIGNED: SIGNED_WORDS},
        "draft": {"path": DRAFTED, "content": draft.pk, "words": DRAFT_WORDS, "note": NOTE},
        "signature": {"path": SIGNED, "content": spacing.pk, "name": CLINICIAN, "fingerprint": signature.fingerprint},
        "shown": shown,
        "withdrawn": taken_down,
        "removed_sample": sample.code,
        "ledger": f"{Entry.objects.count()}:{last.hash}",
        "rows": rows(),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(work()))
