"""Public text outside pages: the list of its fields, and what the wording checks find in them.

No version of a page holds this text back, so its form refuses it, a case that contains it isn't approved, no clinician
signs with it, and `manage.py check_wording` reports what was saved before. No reason can be given for it: these are a
few short words, which can be written differently.
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
from content.gallery import choices
from content.gallery.models import Case
from content.images.models import Photo
from content.treatment.models import Treatment
from content.wording.checks import check
from content.wording.findings import Fact, Finding, Kind, Level, PageText, Passage
from content.wording.text import sentences

from .models import SignOff
from .page_text import quotable_facts

logger = logging.getLogger(__name__)

TOKEN = re.compile(r"\[\[([a-z-]+)\]\]")
AMBIGUOUS_NAMES = re.compile(r"\b(?:Best|Gentle|Ideal|Perfect|Quick|Safe|Swift)\b")  # of people and streets
CASE_CHOICES: tuple[type[TextChoices], ...] = (
    choices.BodyArea,
    choices.Cause,
    choices.MarkColour,
    choices.SkinTone,
    choices.AgeBand,
    choices.Gender,
    choices.View,
    choices.Outcome,
)
CHECK_FAILED = "Something went wrong in the checks of these words. Tell whoever looks after the site: the log has more."


@dataclass(frozen=True)
class PublicTextField:
    """A model field whose text the public reads; `is_name` if it holds a person's name or an address.

    `edit_url` returns where staff change a record, `public_records` the records the public can read (all by default).
    `topic` is what readers take a number to be about if the text doesn't say.
    """

    model: type[Model]
    name: str
    edit_url: Callable[[Any], str]
    kind: Kind = Kind.TEXT
    is_name: bool = False
    topic: str = ""
    public_records: Callable[[], QuerySet[Any]] | None = None

    @property
    def label(self) -> str:
        """The field's verbose name."""
        return str(getattr(self.model._meta.get_field(self.name), "verbose_name", self.name))

    def value(self, record: Model) -> str:
        """The field's text in `record`."""
        return str(getattr(record, self.name) or "")

    def records(self) -> QuerySet[Any]:
        """The records to check."""
        return self.public_records() if self.public_records else self.model._default_manager.order_by("pk")


def _admin_url(record: Model) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def _photographs_url(photo: Photo) -> str:
    return reverse("case_photographs", args=[photo.case_photo.case_id])


def _sign_url(signature: SignOff) -> str:
    return reverse("page_sign", args=[signature.content_id])


def _editable_cases() -> QuerySet[Case]:
    """Cases whose consent isn't withdrawn: the others can neither be changed nor be shown again."""
    return Case.objects.filter(consent__withdrawn_at=None).select_related("treatment").order_by("pk")


def _editable_photos() -> QuerySet[Photo]:
    return Photo.objects.filter(case_photo__case__in=_editable_cases()).select_related("case_photo").order_by("pk")


def _live_signatures() -> QuerySet[SignOff]:
    live = PageContent.admin_manager.filter(versions__state=PUBLISHED, page__practice=None)
    return SignOff.objects.filter(content_id__in=live.values("pk")).order_by("pk")


PUBLIC_TEXT_FIELDS = (
    PublicTextField(Clinic, "name", _admin_url),
    PublicTextField(Clinic, "strapline", _admin_url),
    PublicTextField(Clinic, "address", _admin_url, is_name=True),
    PublicTextField(Clinic, "hours", _admin_url, topic="sessions"),
    PublicTextField(Clinician, "shown_name", _admin_url, is_name=True),
    PublicTextField(Clinician, "title", _admin_url),
    PublicTextField(Clinician, "register_number", _admin_url),
    PublicTextField(Treatment, "name", _admin_url),
    PublicTextField(Case, "device", _admin_url, public_records=_editable_cases),
    PublicTextField(Case, "other_treatments", _admin_url, public_records=_editable_cases),
    PublicTextField(Photo, "alt", _photographs_url, kind=Kind.ALT, public_records=_editable_photos),
    PublicTextField(SignOff, "name", _sign_url, is_name=True, public_records=_live_signatures),
    PublicTextField(SignOff, "title", _sign_url, public_records=_live_signatures),
    PublicTextField(SignOff, "register_number", _sign_url, public_records=_live_signatures),
)
CASE_FIELDS, CLINICIAN_FIELDS = (
    tuple(field for field in PUBLIC_TEXT_FIELDS if field.model is model) for model in (Case, Clinician)
)
PHOTO_ALT = next(field for field in PUBLIC_TEXT_FIELDS if field.model is Photo)


def problems(field: PublicTextField, text: str) -> list[str]:
    """Return in sentences why `text` can't stand in `field`, or [] if it can.

    A number has to fit one of the treatments, since the clinic's record is about all of them.
    """
    try:
        return min((_problems(field, text, facts) for facts in _facts_of_treatments()), key=len)
    except Exception:
        logger.exception("The checks of %s %s failed", field.model.__name__, field.name)
        return [CHECK_FAILED]


def _facts_of_treatments() -> list[Mapping[str, Fact]]:
    return [quotable_facts(treatment) for treatment in Treatment.objects.all()] or [{}]


def _problems(field: PublicTextField, text: str, facts: Mapping[str, Fact]) -> list[str]:
    findings = _blocking_findings(field, text, facts)
    return list(dict.fromkeys(f"{finding.problem} {finding.suggestion}" for finding in findings))


def _blocking_findings(field: PublicTextField, text: str, facts: Mapping[str, Fact]) -> list[Finding]:
    """Return what must be corrected; empty text passes here, since the forms ask for what is required."""
    if not text.strip():
        return []
    checked = AMBIGUOUS_NAMES.sub("", text) if field.is_name else text
    suffix = f" ({field.topic})" if field.topic else ""
    if suffix:
        checked = ". ".join(f"{sentence.rstrip('.!?')}{suffix}" for sentence in sentences(checked))
    findings = check(PageText([Passage(field.label, None, field.kind, field.name, checked)], facts))
    return [
        _without_tokens(replace(finding, quoted=finding.quoted.replace(suffix, "")), facts)
        for finding in findings
        if finding.level is Level.BLOCKING
    ]


def _without_tokens(finding: Finding, facts: Mapping[str, Fact]) -> Finding:
    """Write the suggestion's facts out in words, since these fields can't quote a fact by its token."""
    token = TOKEN.search(finding.suggestion)
    if token and finding.code == "other-number":
        words = facts[token[1]].text if token[1] in facts else "what the treatment’s facts say"
        return replace(finding, suggestion=f"Write “{words}”, or leave the number out.")
    suggestion = TOKEN.sub(
        lambda match: f"“{facts[match[1]].text}”" if match[1] in facts else match[0], finding.suggestion
    )
    return replace(finding, suggestion=suggestion)


def case_problems(case: Case) -> list[str]:
    """Return in sentences, each with its place, why a case with these words can't be approved."""
    texts = [(field.label.capitalize(), field, field.value(case)) for field in CASE_FIELDS]
    for number, pair in enumerate(case.pairs.all(), 1):
        for side, photo in zip(("before", "after"), pair.photos, strict=True):
            texts.append((f"Pair {number}, the “{side}” photograph", PHOTO_ALT, photo.alt))
    if person := case.attested_by:
        texts += [(f"{person.shown_name}, {field.label}", field, field.value(person)) for field in CLINICIAN_FIELDS]
    try:
        facts = quotable_facts(case.treatment)
        return [f"{place}: {problem}" for place, field, text in texts for problem in _problems(field, text, facts)]
    except Exception:
        logger.exception("The checks of case %s failed", case.code)
        return [CHECK_FAILED]


def clinician_problems(person: Clinician) -> list[str]:
    """Return in sentences why `person` can't sign a page: a signature keeps the name and title unchanged for ever."""
    return [
        f"{person.shown_name}, {field.label}: {problem}"
        for field in CLINICIAN_FIELDS
        for problem in problems(field, field.value(person))
    ]


def all_findings() -> Iterator[tuple[str, str, list[Finding]]]:
    """Yield the place, where to correct it, and the blocking findings of each public text outside pages."""
    all_facts = _facts_of_treatments()
    for field in PUBLIC_TEXT_FIELDS:
        for record in field.records():
            candidates = [quotable_facts(record.treatment)] if isinstance(record, Case) else all_facts
            findings = min((_blocking_findings(field, field.value(record), facts) for facts in candidates), key=len)
            yield f"{field.model._meta.verbose_name}, {field.label}", field.edit_url(record), findings
    for place, passage in built_in_passages():
        findings = check(PageText([passage], all_facts[0]))
        yield place, "the program itself", [finding for finding in findings if finding.level is Level.BLOCKING]


def built_in_passages() -> Iterator[tuple[str, Passage]]:
    """Yield the place and passage of public text in the code: consent wordings, a case's menus and drawings."""
    for version in VERSIONS.values():
        yield f"wording of the consent, version {version.version}", _passage(version.text(), Kind.TEXT)
    for menu in CASE_CHOICES:
        yield f"menu “{menu.__name__}” of a case", _passage("\n".join(str(label) for label in menu.labels), Kind.TEXT)
    for name, drawing in DRAWINGS.items():
        if drawing.alt:
            yield f"drawing “{name}”", _passage(drawing.alt, Kind.ALT)


def _passage(text: str, kind: Kind) -> Passage:
    return Passage("", None, kind, "", text)


class PublicTextValidator:
    """Refuses text that overclaims or contradicts a fact of the treatments."""

    def __init__(self, field: PublicTextField) -> None:
        self.field = field

    def __call__(self, value: str) -> None:
        """Raise ValidationError with a sentence for each thing to correct."""
        if errors := problems(self.field, str(value)):
            raise ValidationError(errors, code="wording")


def add_validators() -> None:
    """Add the validator to each field of the list, for every form and for the first content."""
    for listed in PUBLIC_TEXT_FIELDS:
        field: Any = listed.model._meta.get_field(listed.name)
        if not any(isinstance(validator, PublicTextValidator) for validator in field.validators):
            field.validators.append(PublicTextValidator(listed))
