"""A valid block of each kind, and pages to put them on."""

from typing import Any

import factory
from cms.api import add_plugin, create_page
from cms.models import Page, PageContent, Placeholder
from django.conf import settings
from django.contrib.auth.models import User

from content import models as m

LANGUAGE = settings.LANGUAGE_CODE


def author() -> User:
    """Who the tests' pages are made by."""
    return User.objects.get_or_create(username="author", defaults={"is_staff": True, "is_superuser": True})[0]


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


class ContactFactory(BlockFactory):
    class Meta:
        model = m.Contact

    text = "You do not have to book."
    has_people = True


FACTORIES = {made._meta.model: made for made in BlockFactory.__subclasses__()}
