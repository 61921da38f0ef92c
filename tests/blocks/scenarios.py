"""Journeys that every kind of block must survive; each block's own test calls them."""

from typing import Any

from cms.models import CMSPlugin, PageContent
from django.test import Client
from djangocms_versioning.models import Version

from content.blocks.base import Block
from tests.factories import author, page_for
from tests.rendering import add_form, complaints, filled_in, publish, typed


def fields_of(block: Block) -> dict[str, Any]:
    """Everything staff typed into the block."""
    return {field.name: getattr(block, field.attname) for field in block._meta.local_fields if not field.primary_key}


def _only(version: Version, model: type[Block]) -> Block:
    content: PageContent = version.content
    plugins = CMSPlugin.objects.filter(
        placeholder__in=content.get_placeholders(), plugin_type=f"{model.__name__}Plugin"
    )
    return plugins.get().get_plugin_instance()[0]


def survives_versions(block: Block, **changes: Any) -> None:
    """New draft, edit, publish, then back to the first version: no field and no row is lost or mixed up."""
    model, before = type(block), fields_of(block)
    first = block.placeholder.source.versions.get()
    publish(first.content)
    second = first.copy(author())
    edited = _only(second, model)
    assert fields_of(edited) == before
    for name, value in changes.items():
        setattr(edited, name, value)
    edited.full_clean()
    edited.save()
    publish(second.content)
    assert fields_of(_only(Version.objects.get(pk=second.pk), model)) == {**before, **changes}
    back = Version.objects.get(pk=first.pk).copy(author())
    publish(back.content)
    assert fields_of(_only(back, model)) == before


def refused(client: Client, model: type[Block], values: dict[str, Any], slot: str = "") -> list[str]:
    """The sentences the form answers `values` with: nothing was saved, and all that was typed is still there."""
    placeholder = page_for(model, slot)
    data = filled_in(values)
    response = add_form(client, placeholder, model, data)
    found = complaints(response)
    assert found
    assert not CMSPlugin.objects.filter(placeholder=placeholder).exists()
    words = {text.strip() for name, text in data.items() if not name.endswith("-order") and len(text) > 12}
    assert {text for text in words if "<" not in text} <= {text.strip() for text in typed(response)}
    return found
