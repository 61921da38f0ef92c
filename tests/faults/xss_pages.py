"""Run by tests/browser/test_xss.py inside the site: makes pages whose every text holds hostile strings.

`CORPUS` and `SHARE` (the strings for each kind of block, or None for a part that differs from kind to kind) stand above.
"""
# ruff: noqa: F821

import json
from datetime import timedelta
from urllib.parse import urlencode

from cms.models import CMSPlugin, PageContent
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from content.models import Clinician, TopicLink
from content.reviews import gate
from tests.factories import FACTORIES, LANGUAGE, CaseFactory, on_the_shelf, page_of_kind, slot_of

WHERE = ("public", "edit", "structure", "form", "settings")
made = []
owner = User.objects.get(username="owner")
content_type = ContentType.objects.get_for_model(PageContent).pk
everything = {"Prose", "Callout", "Questions"}
today = timezone.localdate()
for text in CORPUS[:5]:
    case = CaseFactory(
        device=text[:80], other_treatments=text[:160], approved_at=timezone.now(),
        consent__given_on=today, consent__expires_on=today + timedelta(days=90),
    )  # fmt: skip
    for photo in case.pairs.get().photos:
        photo.alt = text[:250]
        photo.save()
        on_the_shelf(photo)
    asked = urlencode({"area": text, "page": text})
    for address in (f"/before-and-after/{case.code}/", f"/before-and-after/?{asked}"):
        made.append({"kind": "Case", "blocks": "1", **dict.fromkeys(WHERE, address)})
for turn, (model, build) in enumerate(FACTORIES.items()):
    if model.__name__ == "TopicLink":
        continue
    strings = SHARE or (CORPUS if model.__name__ in everything else CORPUS[turn % 9 :: 9])
    slot = build.create().get_plugin_class_instance().allowed_slots[-1]
    title = f"Hostile {model.__name__} {CORPUS[turn]}"
    draft = page_of_kind(
        slot.split("_")[0], title=title, menu_title=CORPUS[-turn - 1][:200], meta_description=CORPUS[turn + 30]
    )
    for text in strings:
        block = build.create(placeholder=slot_of(draft, slot))
        for field in block.text_fields():
            setattr(block, field.name, text)
        for field in block.rows_fields():
            keys = [column.key for column in field.columns if not column.choices and not column.is_address]
            setattr(block, field.name, [{**row, **dict.fromkeys(keys, text)} for row in getattr(block, field.name)])
        block.save()
        if model.__name__ == "TopicLinks":
            link = FACTORIES[TopicLink].create(target=block)
            link.text = link.description = text
            link.save()
    with gate.seeding():  # hostile strings would not pass the checks
        draft.versions.get().publish(owner)
    second = draft.versions.get().copy(owner).content
    plugin = CMSPlugin.objects.filter(placeholder__in=second.placeholders.all()).first()
    made.append(
        {
            "kind": model.__name__,
            "blocks": str(len(strings)),
            "public": draft.page.get_absolute_url(LANGUAGE),
            "edit": f"/admin/cms/placeholder/object/{content_type}/edit/{second.pk}/",
            "structure": f"/admin/cms/placeholder/object/{content_type}/structure/{second.pk}/",
            "form": reverse("admin:cms_placeholder_edit_plugin", args=[plugin.pk]) + "?cms_path=/",
            "settings": reverse("admin:cms_pagecontent_change", args=[second.pk]),
        }
    )
people = [Clinician(shown_name=text[:80], title=text[:120], register_number=text[:60]) for text in CORPUS[:40]]
Clinician.objects.bulk_create(people[1:])
people[0].save()  # which tells that the clinic's people have changed, once for all of them
print("PAGES" + json.dumps(made))  # noqa: T201  read by the test
