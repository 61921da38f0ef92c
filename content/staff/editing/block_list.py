"""The list of a draft's blocks, part by part, with what can be done with each of them."""

from dataclasses import dataclass, field

from cms.models import CMSPlugin, PageContent, Placeholder
from cms.plugin_pool import plugin_pool
from django.conf import settings

from content.blocks.base import Block
from content.cms_adapter import block_commands
from content.cms_adapter.block_loading import children_of, load_blocks, slot_names
from content.topics import SLOT_NAMES
from content.treatment.models import Treatment
from content.treatment.tokens import substitute


@dataclass(frozen=True)
class Choice:
    """A kind of block that can be added, or a part of the page that a block can be moved to."""

    label: str
    value: str


@dataclass
class BlockRow:
    """A block: `name` is its kind, `words` its first words, `place` and `count` where it stands among its siblings."""

    block: CMSPlugin
    name: str
    words: str
    edit_url: str
    place: int
    count: int
    parts: list[Choice] = field(default_factory=list)
    inside: list["BlockRow"] = field(default_factory=list)
    additions: list[Choice] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """What buttons say after their label, so that no two sound alike."""
        return f"{self.name}{f' “{self.words}”' if self.words else ''}, {self.place} of {self.count}"


@dataclass(frozen=True)
class PartRow:
    """A part of the page (a slot) with its blocks; `additions` are the kinds that can be added, each with its URL."""

    slot: Placeholder
    name: str
    rows: list[BlockRow]
    additions: list[Choice]


def parts_of(content: PageContent, *, back: str) -> list[PartRow]:
    """Return all parts of this version in the order of its template; forms lead back to the path `back`."""
    loaded = load_blocks([content])[content.pk].slots
    slots = {slot.slot: slot for slot in content.rescan_placeholders().values()}
    treatment = Treatment.objects.of_page(content.page)
    names = [name for name in slot_names(content.template) if name in slots]
    parts = []
    for name in names:
        blocks = [
            block for block in (loaded[name]._plugins_cache if name in loaded else []) if isinstance(block, Block)
        ]
        rows = _rows(blocks, treatment, back=back, others=[slots[other] for other in names if other != name])
        parts.append(PartRow(slots[name], SLOT_NAMES[name], rows, _additions(slots[name], back=back)))
    return parts


def _rows(blocks: list[Block], treatment: Treatment | None, *, back: str, others: list[Placeholder]) -> list[BlockRow]:
    return [
        BlockRow(
            block,
            str(plugin_pool.get_plugin(block.plugin_type).name),
            " ".join(substitute(str(block), treatment).split()),
            block_commands.edit_url(block, back=back),
            place,
            len(blocks),
            [Choice(SLOT_NAMES[slot.slot], str(slot.pk)) for slot in others if _may_stand(block, slot)],
            _rows(children_of(block), treatment, back=back, others=[]),
            [
                Choice(str(kind.name), block_commands.add_url(block.placeholder, kind, back=back, parent=block))
                for kind in block_commands.kinds_inside(block)
            ],
        )
        for place, block in enumerate(blocks, 1)
    ]


def _additions(slot: Placeholder, *, back: str) -> list[Choice]:
    kinds = block_commands.kinds_for_slot(slot.slot)
    return [Choice(str(kind.name), block_commands.add_url(slot, kind, back=back)) for kind in kinds]


def _may_stand(block: Block, slot: Placeholder) -> bool:
    return bool(plugin_pool.get_plugin(block.plugin_type).is_allowed_in_slot(slot.slot))


def block_in(content: PageContent, number: int | None) -> CMSPlugin | None:
    """Return the block of this version with that id, or None: the id comes from outside."""
    blocks = CMSPlugin.objects.filter(
        placeholder__in=content.get_placeholders(), language=settings.LANGUAGE_CODE, pk=number
    )
    return blocks.select_related("placeholder").first() if number else None


def neighbour(block: CMSPlugin, *, is_above: bool) -> CMSPlugin | None:
    """Return the sibling right above or below a block, or None at the end of its list."""
    siblings = CMSPlugin.objects.filter(placeholder=block.placeholder, language=block.language, parent=block.parent_id)
    if is_above:
        return siblings.filter(position__lt=block.position).order_by("-position").first()
    return siblings.filter(position__gt=block.position).order_by("position").first()
