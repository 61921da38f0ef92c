"""A valid block of each kind, and pages to put them on."""

import io
import secrets
from datetime import UTC, date, datetime
from typing import Any

import factory
from cms.api import add_plugin, create_page
from cms.models import Page, PageContent, Placeholder
from django.conf import settings
from django.contrib.auth.models import Permission, User
from PIL import Image

from content import models as m
from content.reviews import signing

LANGUAGE = settings.LANGUAGE_CODE
DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _tiny(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "tan").save(out, kind)
    return out.getvalue()


TINY = {"avif": _tiny("AVIF"), "webp": _tiny("WEBP"), "jpg": _tiny("JPEG")}


def author() -> User:
    """Who the tests' pages are made by."""
    return User.objects.get_or_create(username="author", defaults={"is_staff": True, "is_superuser": True})[0]


def doctor(name: str = "dr-test") -> User:
    """Someone who may sign and publish every page, and whose name patients read under it."""
    user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    if is_new:
        granted = ["sign_page", "publish_page", "change_page", "change_pagecontent"]
        user.user_permissions.set(Permission.objects.filter(codename__in=granted))
        # In bulk: nothing is told of it, so nothing is read again, and no test is about that.
        m.Clinician.objects.bulk_create([m.Clinician(shown_name=f"Dr {name}", title="Dermatologist", user=user)])
    return User.objects.get(pk=user.pk)


def signed(draft: PageContent, **values: Any) -> m.SignOff:
    """The version under a doctor's signature, as it reads now."""
    given = {"user": doctor(), "due_on": date(2027, 3, 1), "now": NOON, "on": DAY, **values}
    return signing.sign(draft, **given)


def page_of_kind(kind: str, **texts: Any) -> PageContent:
    """The draft of a new page, with its slots."""
    values = {"title": f"A {kind} page", "meta_description": "What this page is for.", **texts}
    page: Page = create_page(values.pop("title"), f"pages/{kind}.html", LANGUAGE, created_by=author(), **values)
    draft: PageContent = PageContent.admin_manager.get(page=page)
    draft.rescan_placeholders()
    return draft


def slot_of(draft: PageContent, slot: str) -> Placeholder:
    """One slot of a page."""
    found: Placeholder = draft.placeholders.get(slot=slot)
    return found


def page_for(model: type[m.Prose], slot: str = "") -> Placeholder:
    """A slot of a new page that takes blocks of this kind."""
    from cms.plugin_pool import plugin_pool

    wanted = slot or plugin_pool.get_plugin(f"{model.__name__}Plugin").allowed_slots[-1]
    return slot_of(page_of_kind(wanted.split("_")[0]), wanted)


class BlockFactory(factory.Factory):
    """Adds the block to `placeholder`, or to a new page that takes it."""

    class Meta:
        abstract = True

    heading = factory.Sequence(lambda n: f"Heading {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        placeholder = values.pop("placeholder", None) or page_for(model_class)
        return add_plugin(placeholder, f"{model_class.__name__}Plugin", LANGUAGE, **values)


class ProseFactory(BlockFactory):
    class Meta:
        model = m.Prose

    body = "<p>Stretch marks are <strong>harmless</strong>.</p><ul><li>Many people leave them be.</li></ul>"


class KeyFactsFactory(BlockFactory):
    class Meta:
        model = m.KeyFacts

    facts = [
        {"value": "[[weeks-between-sessions]]", "meaning": "between sessions"},
        {"value": "Two", "meaning": "hands"},
    ]


class MechanismFactory(BlockFactory):
    class Meta:
        model = m.Mechanism

    intro = "What is meant to happen."
    steps = [
        {"drawing": "fibres-apart", "title": "Fibres part", "text": "They are pulled apart."},
        {"drawing": "needles", "title": "Tiny channels", "text": "They close within hours."},
    ]


class BodyAreasFactory(BlockFactory):
    class Meta:
        model = m.BodyAreas

    intro = "On every gender."
    areas = [{"drawing": "hips", "title": "Hips", "text": "Round the side"}]
    reasons_heading = "Why"
    reasons = [{"title": "Growth", "text": "Fast growth."}, {"title": "Pregnancy", "text": "The belly stretches."}]


class SessionStepsFactory(BlockFactory):
    class Meta:
        model = m.SessionSteps

    intro = "Four steps."
    steps = [
        {"drawing": "numbing-cream", "title": "Cream", "text": "It stays on for [[numbing-minutes]]."},
        {"drawing": "device", "title": "Device", "text": "It glides over."},
    ]


class AreaAdviceFactory(BlockFactory):
    class Meta:
        model = m.AreaAdvice

    intro = "For the first [[hours-in-cotton]]."
    areas = [
        {"area": "ABDOMEN", "text": "Choose a soft waistband."},
        {"area": "UPPER_ARMS", "text": "Wear wide sleeves."},
    ]


class DoAndDontFactory(BlockFactory):
    class Meta:
        model = m.DoAndDont

    intro = "For the first days."
    do_rows = [{"text": "wear loose cotton"}, {"text": "keep the area clean"}]
    dont_rows = [{"text": "pick the area"}, {"text": "sunbathe for 2 weeks"}]


class CareCardFactory(BlockFactory):
    class Meta:
        model = m.CareCard

    heading = "Call us the same day if:"
    level = "URGENT"
    signs = [{"text": "the pain is getting worse"}, {"text": "you see pus"}]
    advice = "On brown or black skin, trust how it feels."


class RecoveryTimelineFactory(BlockFactory):
    class Meta:
        model = m.RecoveryTimeline

    intro = "It takes [[days-to-settle]]."
    stages = [
        {"when": "Day 1", "expect": "Warm and tight", "care": "Only the gel"},
        {"when": "Day 2", "expect": "Less warm", "care": ""},
    ]


class SessionSpacingFactory(BlockFactory):
    class Meta:
        model = m.SessionSpacing

    intro = "Each comes [[weeks-between-sessions]] after the last."
    sessions = 4


class OptionsTableFactory(BlockFactory):
    class Meta:
        model = m.OptionsTable

    intro = "All of them."
    options = [
        {"option": "Microneedling", "can_do": "Less noticeable", "downsides": "Several sessions"},
        {"option": "Leaving them be", "can_do": "They often fade", "downsides": "It takes time"},
    ]


class WhoShouldWaitFactory(BlockFactory):
    class Meta:
        model = m.WhoShouldWait

    intro = "Please read both lists."
    not_now = [{"text": "are pregnant"}, {"text": "are sunburnt"}]
    speak_first = [{"text": "have keloid scars"}]


class QuestionsFactory(BlockFactory):
    class Meta:
        model = m.Questions

    questions = [
        {"question": "Does it hurt?", "answer": "It is often uncomfortable.\n\nNumbing cream helps."},
        {"question": "How many?", "answer": "Usually [[usual-sessions]]."},
    ]


class RightForMeFactory(BlockFactory):
    class Meta:
        model = m.RightForMe

    intro = "Not sure? Choose yes."
    questions = [
        {"question": "Do you take blood thinners?", "yes_means": "SPEAK_FIRST", "reason": "You may bruise more."},
        {"question": "Are you pregnant?", "yes_means": "NOT_NOW", "reason": "We wait until after the birth."},
        {"question": "Are you breast-feeding?", "yes_means": "SPEAK_FIRST", "reason": "We talk about the area."},
    ]
    not_now_heading = "Please wait for now"
    not_now_text = "You have done nothing wrong."
    speak_first_heading = "Speak to us first"
    speak_first_text = "Call us and say what you read here."
    book_heading = "Book a consultation"
    book_text = "A clinician still looks at your skin.\n\nIt takes [[treatment-minutes]]."


class QuestionsToAskFactory(BlockFactory):
    class Meta:
        model = m.QuestionsToAsk

    intro = "Take these with you."
    questions = [{"question": "Who will treat me?"}, {"question": "Will it take [[treatment-minutes]]?"}]


class SourcesFactory(BlockFactory):
    class Meta:
        model = m.Sources

    intro = "Where the numbers come from."
    sources = [
        {"text": "A trial with 20 people", "address": "https://doi.org/10.1007/s40257-018-0415-0"},
        {"text": "A series", "address": ""},
    ]


class TopicLinksFactory(BlockFactory):
    class Meta:
        model = m.TopicLinks

    intro = "Read on."


class TopicLinkFactory(BlockFactory):
    class Meta:
        model = m.TopicLink
        exclude = ["heading"]

    text = "Your session"
    description = "Step by step"
    page = factory.LazyFunction(lambda: Page.objects.get(reverse_id="treatment"))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        parent = values.pop("target", None) or TopicLinksFactory(placeholder=values.pop("placeholder", None))
        values.pop("placeholder", None)
        return add_plugin(parent.placeholder, "TopicLinkPlugin", LANGUAGE, target=parent, **values)


class PictureFactory(BlockFactory):
    class Meta:
        model = m.Picture

    drawing = "tones"
    alt = "Six skin tones side by side."
    caption = "The same marks on each."


class CalloutFactory(BlockFactory):
    class Meta:
        model = m.Callout

    title = "What to expect"
    text = "Some people see little change."


class CaseGalleryFactory(BlockFactory):
    class Meta:
        model = m.CaseGallery

    intro = "People with marks like yours."
    how_many = 12
    cases: list[dict[str, str]] = []


class ContactFactory(BlockFactory):
    class Meta:
        model = m.Contact

    text = "You do not have to book."
    has_people = True


class ConsentFactory(factory.django.DjangoModelFactory):
    """A consent that is in force on `DAY` for every use."""

    class Meta:
        model = m.Consent

    for_website = for_leaflet = for_search = for_social = for_teaching = True
    adult_on = date(2024, 1, 1)
    given_on = date(2025, 1, 1)
    expires_on = date(2027, 1, 1)
    is_not_a_condition = has_copy = True
    form = factory.LazyFunction(lambda: f"{secrets.token_hex(16)}.pdf")


class PhotoFactory(factory.django.DjangoModelFactory):
    """The record of a photograph; `on_the_shelf` puts files beside it."""

    class Meta:
        model = m.Photo

    token = factory.LazyFunction(lambda: secrets.token_hex(16))
    sha256 = factory.LazyFunction(lambda: secrets.token_hex(32))
    width, height = 800, 600
    captured_on = date(2025, 1, 2)
    alt = factory.Sequence(lambda n: f"Abdomen, front view, medium brown skin. Picture {n}.")
    uploaded_at = NOON


def attesting_clinician(*, is_sample: bool = False) -> m.Clinician:
    """Return the clinician who vouches for a case: a real one, or for a sample case a sample."""
    if found := m.Clinician.objects.filter(is_sample=is_sample, user=None).first():
        return found
    # bulk_create sends no signals, so that no test counts their queries.
    made = m.Clinician(shown_name="Dr V. Ouch", title="Dermatologist", is_sample=is_sample)
    return m.Clinician.objects.bulk_create([made])[0]


class CaseFactory(factory.django.DjangoModelFactory):
    """A case with one pair, approved and showable on `DAY`; `approved_at=None` leaves it ready for the doctor."""

    class Meta:
        model = m.Case
        skip_postgeneration_save = True

    treatment = factory.LazyFunction(m.Treatment.objects.first)
    is_demo = False
    consent = factory.SubFactory(ConsentFactory, is_demo=factory.SelfAttribute("..is_demo"))
    body_area = "ABDOMEN"
    cause = "PREGNANCY"
    mark_colour = "SILVER"
    skin_tone = "MEDIUM_BROWN"
    age_band = "FROM_25"
    sessions = 4
    weeks_between = 5
    weeks_after = 12
    device = "Motorised pen, 12 needles"
    other_treatments = "none"
    outcome = "MODERATE"
    attested_by = factory.LazyAttribute(lambda case: attesting_clinician(is_sample=case.is_demo))
    is_own_patient = is_this_treatment_only = is_unretouched = True
    approved_at = NOON

    @factory.post_generation
    def pairs(self, create: object, extracted: int | None, **values: Any) -> None:
        for _ in range(1 if extracted is None else extracted):
            PairFactory(case=self)

    @factory.post_generation
    def ever_public(self, create: object, *args: object, **values: Any) -> None:
        if create and self.approved_at and self.consent and self.consent.for_website:
            names = [self.code, *(photo.token for pair in self.pairs.all() for photo in pair.photos)]
            m.EverPublic.objects.bulk_create([m.EverPublic(name=name) for name in names])


class PairFactory(factory.django.DjangoModelFactory):
    """Two photographs of a case, 30 weeks apart."""

    class Meta:
        model = m.Pair
        skip_postgeneration_save = True

    view = "FRONT"
    before = factory.SubFactory(PhotoFactory)
    after = factory.SubFactory(PhotoFactory, captured_on=date(2025, 8, 1))

    @factory.post_generation
    def tray(self, *args: object, **values: Any) -> None:
        for photo in self.photos:
            m.CasePhoto.objects.create(case=self.case, photo=photo)
            on_the_shelf(photo)


def on_the_shelf(photo: m.Photo) -> None:
    """Tiny files under every name that the photograph's own would have."""
    from content.images import specs, storage

    folder = storage.current_renditions_folder(photo.token, photo.cut)
    folder.mkdir(parents=True, exist_ok=True)
    for width in specs.widths_for(photo.shown_size[0]):
        for one in specs.FORMATS:
            (folder / f"{width}.{one.suffix}").write_bytes(TINY[one.suffix])
    storage.original_path(photo.token).parent.mkdir(parents=True, exist_ok=True)
    storage.original_path(photo.token).write_bytes(TINY["jpg"])


class LibraryFileFactory(factory.django.DjangoModelFactory):
    """A file of the library that may be shown, with tiny renditions; `picture` for a further file of one picture."""

    class Meta:
        model = m.LibraryFile
        skip_postgeneration_save = True

    picture = factory.LazyFunction(lambda: m.LibraryPicture.objects.create(name="Treatment room"))
    photo = factory.SubFactory(PhotoFactory, alt="", captured_on=None)
    vouched_by = "reception"
    vouched_at = NOON

    @factory.post_generation
    def files(self, *args: object, **values: Any) -> None:
        on_the_shelf(self.photo)
        m.EverPublic.objects.create(name=self.photo.token)


FACTORIES = {made._meta.model: made for made in BlockFactory.__subclasses__()}
