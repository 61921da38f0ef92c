"""Every text that the public reads outside pages: one list, and what the checks of wording say of it.

Such a text is in no version that could be held back: its form refuses it, a case that holds it isn't approved, nobody
signs in a name that does, and `manage.py check_wording` names what was there before. No reason lets it stand: these are
a few short words, which can be written another way.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cms.models import PageContent
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet, TextChoices
from django.urls import reverse
from djangocms_versioning.constants import PUBLISHED

from content.blocks.drawings import DRAWINGS
from content.clinic.models import Clinic, Clinician
from content.consent.wording import VERSIONS
from content.gallery import words
from content.gallery.models import Case
from content.images.models import Photo
from content.treatment.models import Treatment
from content.wording.checks import check
from content.wording.passages import Fact, Finding, Kind, Level, PageText, Passage
from content.wording.reading import sentences

from .checks import facts
from .models import SignOff

logger = logging.getLogger(__name__)

FACT = re.compile(r"\[\[([a-z-]+)\]\]")
#: Words that promise much and are names, too, of people and of streets.
NAMES = re.compile(r"\b(?:Best|Gentle|Ideal|Perfect|Quick|Safe|Swift)\b")
MENUS: tuple[type[TextChoices], ...] = (
    words.BodyArea,
    words.Cause,
    words.MarkColour,
    words.SkinTone,
    words.AgeBand,
    words.Gender,
    words.View,
    words.Outcome,
)
BROKEN = "Something went wrong in the checks of these words. Tell whoever looks after the site, whose log has more."


@dataclass(frozen=True)
class Outside:
    """A field whose words the public reads; `is_name` where they are somebody's name or address.

    `shown` are the records that the public can meet, `mend` is where staff change one of them. `about` is what a
    reader takes them to be about where they don't say.
    """

    model: type[Model]
    field: str
    mend: Callable[[Any], str]
    kind: Kind = Kind.TEXT
    is_name: bool = False
    about: str = ""
    shown: Callable[[], QuerySet[Any]] | None = None

    @property
    def said(self) -> str:
        """The field in words."""
        return str(getattr(self.model._meta.get_field(self.field), "verbose_name", self.field))

    def of(self, record: Model) -> str:
        """Its words in this record."""
        return str(getattr(record, self.field) or "")

    def records(self) -> QuerySet[Any]:
        """The records to look at."""
        return self.shown() if self.shown else self.model._default_manager.order_by("pk")


def _in_admin(record: Model) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def _photographs(photo: Photo) -> str:
    return reverse("case_photographs", args=[photo.case_photo.case_id])


def _can_change() -> QuerySet[Case]:
    """Once its consent is withdrawn nothing of a case can be changed, or be shown again."""
    return Case.objects.filter(consent__withdrawn_at=None).select_related("treatment").order_by("pk")


def _photos() -> QuerySet[Photo]:
    return Photo.objects.filter(case_photo__case__in=_can_change()).select_related("case_photo").order_by("pk")


def _signatures() -> QuerySet[SignOff]:
    """The signatures that stand under live pages."""
    live = PageContent.admin_manager.filter(versions__state=PUBLISHED, page__practice=None)
    return SignOff.objects.filter(content_id__in=live.values("pk")).order_by("pk")


def _sign(signed: SignOff) -> str:
    return reverse("page_sign", args=[signed.content_id])


OUTSIDE = (
    Outside(Clinic, "name", _in_admin),
    Outside(Clinic, "strapline", _in_admin),
    Outside(Clinic, "address", _in_admin, is_name=True),
    Outside(Clinic, "hours", _in_admin, about="sessions"),
    Outside(Clinician, "shown_name", _in_admin, is_name=True),
    Outside(Clinician, "title", _in_admin),
    Outside(Clinician, "register_number", _in_admin),
    Outside(Treatment, "name", _in_admin),
    Outside(Case, "device", _in_admin, shown=_can_change),
    Outside(Case, "other_treatments", _in_admin, shown=_can_change),
    Outside(Photo, "alt", _photographs, kind=Kind.ALT, shown=_photos),
    Outside(SignOff, "name", _sign, is_name=True, shown=_signatures),
    Outside(SignOff, "title", _sign, shown=_signatures),
    Outside(SignOff, "register_number", _sign, shown=_signatures),
)
OF_CASE, OF_CLINICIAN = (tuple(one for one in OUTSIDE if one.model is model) for model in (Case, Clinician))
ALT = next(one for one in OUTSIDE if one.model is Photo)


def problems(one: Outside, text: str) -> list[str]:
    """Why these words can't stand in that field, as sentences; [] where they can.

    A number has to fit one of the treatments: the clinic's own record is of all of them.
    """
    try:
        every: list[Mapping[str, Fact]] = [facts(treatment) for treatment in Treatment.objects.all()]
        return min((_sentences(one, text, each) for each in every or [{}]), key=len)
    except Exception:
        logger.exception("The checks of %s %s failed", one.model.__name__, one.field)
        return [BROKEN]


def _sentences(one: Outside, text: str, known: Mapping[str, Fact]) -> list[str]:
    return list(dict.fromkeys(f"{finding.sentence} {finding.offer}" for finding in _stops(one, text, known)))


def _stops(one: Outside, text: str, known: Mapping[str, Fact]) -> list[Finding]:
    """What has to be mended; what is empty is asked for elsewhere, and hints are for longer texts."""
    if not text.strip():
        return []
    read = NAMES.sub("", text) if one.is_name else text
    added = f" ({one.about})" if one.about else ""
    if added:
        read = ". ".join(f"{sentence.rstrip('.!?')}{added}" for sentence in sentences(read))
    found = check(PageText([Passage(one.said, None, one.kind, one.field, read)], known))
    found = [replace(finding, quoted=finding.quoted.replace(added, "")) for finding in found] if added else found
    return [_in_words(finding, known) for finding in found if finding.level is Level.BLOCKING]


def _in_words(finding: Finding, known: Mapping[str, Fact]) -> Finding:
    """These fields quote no facts by their names, so the offer says them in words."""
    named = FACT.search(finding.offer)
    if named and finding.code == "other-number":
        said = known[named[1]].said if named[1] in known else "what the treatment’s facts say"
        return replace(finding, offer=f"Write “{said}”, or leave the number out.")
    said_out = FACT.sub(lambda name: f"“{known[name[1]].said}”" if name[1] in known else name[0], finding.offer)
    return replace(finding, offer=said_out)


def of_case(case: Case) -> list[str]:
    """Why a case can't be approved in these words, each sentence with where they stand."""
    found = [(one.said.capitalize(), one, one.of(case)) for one in OF_CASE]
    for number, pair in enumerate(case.pairs.all(), 1):
        for side, photo in zip(("before", "after"), pair.photos, strict=True):
            found.append((f"Pair {number}, the “{side}” photograph", ALT, photo.alt))
    if case.attested_by:
        found += [(f"{case.attested_by.shown_name}, {one.said}", one, one.of(case.attested_by)) for one in OF_CLINICIAN]
    try:
        known = facts(case.treatment)
        return [f"{place}: {sentence}" for place, one, text in found for sentence in _sentences(one, text, known)]
    except Exception:
        logger.exception("The checks of case %s failed", case.code)
        return [BROKEN]


def of_clinician(person: Clinician) -> list[str]:
    """Why nobody can sign in this name: it would stand, unchanged for ever, under what is signed."""
    return [
        f"{person.shown_name}, {one.said}: {sentence}"
        for one in OF_CLINICIAN
        for sentence in problems(one, one.of(person))
    ]


def everything() -> Iterator[tuple[str, str, list[Finding]]]:
    """All words outside pages as they stand: what they are of, where to mend them, and what stops them."""
    every = [facts(treatment) for treatment in Treatment.objects.all()] or [{}]
    for one in OUTSIDE:
        for record in one.records():
            near = [facts(record.treatment)] if isinstance(record, Case) else every
            stops = min((_stops(one, one.of(record), known) for known in near), key=len)
            yield f"{one.model._meta.verbose_name}, {one.said}", one.mend(record), stops
    for place, passage in fixed():
        found = check(PageText([passage], every[0]))
        yield place, "the program itself", [finding for finding in found if finding.level is Level.BLOCKING]


def fixed() -> Iterator[tuple[str, Passage]]:
    """The words that come with the program and stand in no template: what is signed, menus of a case, drawings."""
    for version in VERSIONS.values():
        yield f"wording of the consent, version {version.version}", _fixed(version.text(), Kind.TEXT)
    for menu in MENUS:
        yield f"menu “{menu.__name__}” of a case", _fixed("\n".join(str(label) for label in menu.labels), Kind.TEXT)
    for name, drawing in DRAWINGS.items():
        if drawing.alt:
            yield f"drawing “{name}”", _fixed(drawing.alt, Kind.ALT)


def _fixed(text: str, kind: Kind) -> Passage:
    return Passage("", None, kind, "", text)


class Worded:
    """Refuses, beside its field, what would promise too much or contradict a fact."""

    def __init__(self, one: Outside) -> None:
        self.one = one

    def __call__(self, value: str) -> None:
        """Raise ValidationError with a sentence for each thing to mend."""
        if found := problems(self.one, str(value)):
            raise ValidationError(found, code="wording")


def watch() -> None:
    """Have each field of the list checked wherever a form or the seed saves it."""
    for one in OUTSIDE:
        field: Any = one.model._meta.get_field(one.field)
        if not any(isinstance(validator, Worded) for validator in field.validators):
            field.validators.append(Worded(one))
