"""Takes a block with all inside it out of the CMS's tree as plain data, and puts it back, or moves it, to its place.

The CMS numbers all blocks of a slot in one row (`position`), each before those inside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cms.models import CMSPlugin, Placeholder
from cms.plugin_pool import plugin_pool
from django.conf import settings
from django.db import models

Tree = dict[str, Any]


class CannotPlaceError(Exception):
    """A block can't be put there; the message is a sentence for staff."""


@dataclass(frozen=True)
class Place:
    """Where a block stands: its slot, the block it is inside, its siblings before and after it, the nearest first."""

    slot_id: int
    parent_id: int | None = None
    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return the place as it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Found:
    """A place as it is now: the parent, the position in the slot; `is_exact` is False if the parent is gone."""

    slot: Placeholder
    parent: CMSPlugin | None
    position: int
    is_exact: bool


def place_of(block: CMSPlugin) -> Place:
    """Return where the block stands now."""
    siblings = CMSPlugin.objects.filter(
        placeholder_id=block.placeholder_id, language=block.language, parent_id=block.parent_id
    )
    before = siblings.filter(position__lt=block.position).order_by("-position")
    after = siblings.filter(position__gt=block.position).order_by("position")
    keys = [list(part.values_list("pk", flat=True)) for part in (before, after)]
    return Place(block.placeholder_id, block.parent_id, *keys)


def snapshot(block: CMSPlugin) -> Tree:
    """Return the block and those inside it as data that JSON takes: every field, and the keys of what it links to."""
    bound = block.get_bound_plugin()
    fields = {column.attname: column.get_prep_value(column.value_from_object(bound)) for column in _own_columns(bound)}
    many = {
        relation.name: list(getattr(bound, relation.name).values_list("pk", flat=True))
        for relation in bound._meta.local_many_to_many
    }
    children = CMSPlugin.objects.filter(parent_id=block.pk).order_by("position")
    inside = [snapshot(child) for child in children]
    return {"pk": block.pk, "kind": block.plugin_type, "fields": fields, "many": many, "inside": inside}


def kinds_in(tree: Tree) -> Iterator[str]:
    """Yield the kind of the block and of each inside it."""
    yield tree["kind"]
    for child in tree["inside"]:
        yield from kinds_in(child)


def find(place: Place) -> Found:
    """Return where the place is now, or the end of its slot if what the block was inside is gone.

    Raises CannotPlaceError if the slot itself is gone.
    """
    slot = Placeholder.objects.filter(pk=place.slot_id).first()
    if slot is None:
        raise CannotPlaceError("The part of the page that it stood in is gone.")
    standing = CMSPlugin.objects.filter(placeholder=slot, language=settings.LANGUAGE_CODE)
    parent = standing.filter(pk=place.parent_id).first() if place.parent_id else None
    if place.parent_id and parent is None:
        return Found(slot, None, standing.count() + 1, is_exact=False)
    siblings = {one.pk: one for one in standing.filter(parent=parent)}
    before = next((siblings[pk] for pk in place.before if pk in siblings), None)
    after = next((siblings[pk] for pk in place.after if pk in siblings), None)
    if before is not None:
        position = before.position + _size(before)
    elif after is not None:
        position = after.position
    else:
        position = parent.position + 1 if parent else 1
    return Found(slot, parent, position, is_exact=True)


def restore(tree: Tree, found: Found) -> CMSPlugin:
    """Make the block and those inside it anew at this place, with the keys they had where these are free.

    Raises CannotPlaceError if something that it needs is gone.
    """
    block = _restore_one(tree, found.slot, found.parent, found.position)
    position = found.position
    for child in tree["inside"]:
        position += 1
        restore(child, Found(found.slot, block, position, is_exact=True))
        position += sum(1 for _ in kinds_in(child)) - 1
    return block


def move(block: CMSPlugin, found: Found) -> None:
    """Move the block, with those inside it, to this place. Raises CannotPlaceError for a place inside the block."""
    ancestor = found.parent
    while ancestor is not None:
        if ancestor.pk == block.pk:
            raise CannotPlaceError("It can't stand inside itself.")
        ancestor = ancestor.parent
    size, is_same_slot = _size(block), block.placeholder_id == found.slot.pk
    is_later = is_same_slot and found.position > block.position
    block.placeholder.move_plugin(
        block,
        target_position=found.position - size if is_later else found.position,
        target_placeholder=None if is_same_slot else found.slot,
        target_plugin=found.parent,
    )


def _size(block: CMSPlugin) -> int:
    return 1 + int(block.get_descendants().count())


def _own_columns(block: CMSPlugin) -> "list[models.Field[Any, Any]]":
    return [
        column
        for column in block._meta.local_concrete_fields
        if not (column.remote_field and column.remote_field.parent_link)
    ]


def _restore_one(tree: Tree, slot: Placeholder, parent: CMSPlugin | None, position: int) -> CMSPlugin:
    kind = plugin_pool.plugins.get(tree["kind"])
    if kind is None:
        raise CannotPlaceError("This kind of block is no longer in use.")
    columns = {column.attname: column for column in _own_columns(kind.model())}
    stored: Mapping[str, Any] = tree["fields"]
    values = {name: _value(columns[name], stored[name]) for name in columns if name in stored}
    is_free = not CMSPlugin.objects.filter(pk=tree["pk"]).exists()
    block = kind.model(
        pk=tree["pk"] if is_free else None,
        plugin_type=tree["kind"],
        language=settings.LANGUAGE_CODE,
        parent=parent,
        position=position,
        **values,
    )
    slot.add_plugin(block)
    for name, keys in tree["many"].items():
        relation = getattr(block, name)
        relation.set(relation.model._base_manager.filter(pk__in=keys))
    return CMSPlugin.objects.get(pk=block.pk)


def _value(column: "models.Field[Any, Any]", stored: Any) -> Any:
    """Return a stored value as its field takes it; what it links to may be gone."""
    related = column.related_model
    if stored is None or not isinstance(related, type):
        return column.to_python(stored)
    if related._base_manager.filter(pk=stored).exists():
        return stored
    if column.null:
        return None
    raise CannotPlaceError(f"Its {column.verbose_name} is gone.")
