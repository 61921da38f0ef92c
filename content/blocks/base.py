"""What all blocks share: a heading, facts substituted for their tokens, and a page that survives a failing block."""

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

from cms.models import CMSPlugin, Placeholder
from cms.plugin_base import CMSPluginBase
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from content import optimistic_lock
from content.clinic import current as current_clinic
from content.treatment import current as current_treatment
from content.treatment.models import Treatment
from content.treatment.tokens import TOKENS, substitute_all, validate_tokens

from . import outline
from .rich_text import RichTextField, sentences_on_left_out
from .rows import RECOMMENDED_ROWS, RowsField

logger = logging.getLogger(__name__)


class Block(CMSPlugin):
    """A piece of a page. Its text may quote facts by token and is plain unless the field is rich text.

    `quotes` names the tokens of facts that this kind of block shows without quoting them in its text.
    """

    quotes: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        texts = (strip_tags(str(getattr(self, field.name))) for field in self.text_fields())
        return next((text[:60] for text in texts if text.strip()), "")

    @classmethod
    def text_fields(cls) -> list[models.Field]:
        """Return the fields with text that patients read, in the order of the form."""
        return [
            field
            for field in cls._meta.local_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]

    @classmethod
    def rows_fields(cls) -> list[RowsField]:
        """Return the fields that hold rows."""
        return [field for field in cls._meta.local_fields if isinstance(field, RowsField)]

    def display_fields(self, treatment: Treatment | None) -> SimpleNamespace:
        """Return the block's fields by name as patients read them, with every token replaced by its fact."""
        values = {field.name: getattr(self, field.attname) for field in self._meta.local_fields}  # keys, not records
        for field in [*self.text_fields(), *self.rows_fields()]:
            value = substitute_all(values[field.name], treatment)
            # Rich text was cleaned when it was stored, and facts are words and digits.
            values[field.name] = mark_safe(value) if isinstance(field, RichTextField) else value  # noqa: S308
        return SimpleNamespace(**values)

    def values_from_other_pages(self, treatment: Treatment | None) -> dict[str, Any]:
        """Return what the block shows from other pages, by the field whose stored value it replaces."""
        return {}

    def clean(self) -> None:
        """Refuse tokens that name no fact; subclasses add their own rules."""
        super().clean()
        errors = {}
        for field in self.text_fields():
            try:
                validate_tokens(str(getattr(self, field.name)))
            except ValidationError as error:
                errors[field.name] = error.messages
        for rows in self.rows_fields():
            if problems := self._row_token_problems(rows):
                errors[rows.name] = problems
        if errors:
            raise ValidationError(errors)

    def _row_token_problems(self, field: RowsField) -> list[str]:
        problems = []
        rows = getattr(self, field.name)
        addresses = {column.key for column in field.columns if column.is_address}
        for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
            for key, text in row.items() if isinstance(row, dict) else []:
                try:
                    validate_tokens(f'href="{text}"' if key in addresses else str(text))
                except ValidationError as error:
                    problems += [f"Row {number}: {message}" for message in error.messages]
        return problems


class Section(Block):
    """A block with an optional heading, which makes it a section of the page."""

    heading = models.CharField(
        max_length=120,
        blank=True,
        help_text="Shown large above the block and listed under “On this page”. Leave it empty where the block "
        "goes on from the one before.",
    )

    class Meta:
        abstract = True


class BlockPlugin(CMSPluginBase):
    """The plugin of a block; its form shows `advice`: what patients want to know here, with an example."""

    module = "Blocks"
    form = optimistic_lock.OptimisticLockForm
    render_template = "components/block.html"
    change_form_template = "staff/block_form.html"
    advice = ""

    class Media:
        css = {"all": ["css/staff.css", "css/block-form.css", "css/pasted-note.css"]}
        js = ["js/first-problem.js", "js/rich-text-name.js", "js/paste-text.js"]

    def __init_subclass__(cls) -> None:
        """Name the model in forms and messages by the plugin's name, which staff know."""
        super().__init_subclass__()
        cls.model._meta.verbose_name = cls.model._meta.verbose_name_plural = cls.name

    @classmethod
    @cache
    def noun(cls) -> str:
        """Return the snake_case name of this kind of block: that of its module, template, stylesheet and test."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.model.__name__).lower()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return all fields as one group, described by the advice and the facts that may be quoted."""
        fields = [name for name in self.get_fields(request, obj) if name not in self.get_exclude(request, obj)]
        treatment = Treatment.objects.of_page(getattr(self._slot(request, obj).source, "page", None))
        return [(None, {"fields": fields, "description": self._description(treatment)})]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Return the form; one that was opened from the list of blocks leads back there (`list_url`)."""
        if "in_list" in request.GET:
            source = self._slot(request, obj).source
            context["list_url"] = reverse("page_blocks", args=[source.pk]) if source else ""
        response: HttpResponse = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        return response

    def _slot(self, request: HttpRequest, obj: Any) -> Placeholder:
        """Return the slot of a block, or the one into which the form of a new block puts it."""
        slot: Placeholder = obj.placeholder if obj else Placeholder.objects.get(pk=request.GET["placeholder_id"])
        return slot

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields that the CMS excludes, as a list even where it gives None."""
        return super().get_exclude(request, obj) or []

    def _description(self, treatment: Treatment | None) -> SafeString:
        facts = format_html_join(
            "; ", "<code>[[{}]]</code> = {}", ((n, w(treatment) if treatment else "–") for n, w in TOKENS.items())
        )
        return format_html(
            "<p>{}</p><details><summary>Help, and facts you can quote by their names</summary>"
            '<p class="how-it-works"><a href="{}#{}" target="_blank" rel="noopener">How this block works'
            '<span class="visually-hidden"> (opens in a new tab)</span></a></p>'
            "<p>Write the name of a fact, and every page says the same: {}.</p></details>",
            self.advice,
            reverse("staff_help_topic", args=["blocks"]),
            self.noun(),
            facts,
        )

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Save, and warn staff where a list is longer than readers take in."""
        super().save_model(request, obj, form, change)
        for warning in [*length_warnings(obj), *sentences_on_left_out(form)]:
            messages.warning(request, warning)

    def render(self, context: Context, instance: Block, placeholder: str) -> Context:
        """Return the context with the block's HTML, or without it if the block fails: the page survives that."""
        context = super().render(context, instance, placeholder)
        request: HttpRequest = context["request"]
        here = outline.of_request(request)
        try:
            with lazy_savepoint():
                treatment = current_treatment.of_request(request)
                block = instance.display_fields(treatment)
                heading = getattr(block, "heading", "")
                anchor = here.anchor(heading) if heading else ""
                values = {
                    "block": block,
                    "slot": placeholder,
                    "treatment": treatment,
                    "clinic": current_clinic.of_request(request),
                    "anchor": anchor,
                    "part": here.part,
                    "level": here.level(heading),
                    "warnings": length_warnings(instance),
                    **self.extra_context(request, instance, block),
                }
                with context.push(**values):
                    template = Engine.get_default().get_template(f"blocks/{self.noun()}.html")
                    html = mark_safe(template.render(context).strip())  # noqa: S308  what the template escaped
        except Exception:
            self._handle_failure(request, instance)
            context.update({"html": "", "failed": request.user.is_staff, "kind": self.name, "number": instance.pk})
            return context
        if anchor and html:
            here.headings.append((anchor, heading))
        if html:
            here.blocks.append((self.noun(), block))
        context.update(values)
        context.update({"html": html, "css_class": self.noun().replace("_", "-")})
        return context

    def extra_context(self, request: HttpRequest, instance: Any, block: SimpleNamespace) -> dict[str, Any]:
        """Return what this kind of block adds to its template's context."""
        return {}

    def _handle_failure(self, request: HttpRequest, instance: Block) -> None:
        """Log the error with its page and block, and mark the request so that its response isn't cached."""
        page = getattr(getattr(request, "current_page", None), "pk", "?")
        logger.exception("Block failed: %s %s on page %s", self.__class__.__name__, instance.pk, page)
        setattr(request, "has_failed_block", True)  # noqa: B010  read by VisitorMiddleware


def length_warnings(block: Block) -> list[str]:
    """Return a warning for staff for each list that is longer than readers take in; none stops them from saving."""
    return [
        f"“{str(field.verbose_name).capitalize()}” has {len(rows)} rows. Readers take in up to {RECOMMENDED_ROWS}: "
        "can it be shortened or split in two?"
        for field in block.rows_fields()
        if len(rows := getattr(block, field.name)) > RECOMMENDED_ROWS
    ]


@contextmanager
def lazy_savepoint() -> Iterator[None]:
    """Open a savepoint at the first query, so that a block without queries costs the database nothing.

    Outside a transaction none is needed: there a failing query spoils nothing else.
    """
    is_open = not connection.in_atomic_block

    def open_first(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal is_open
        if not is_open:
            is_open = True
            opened.enter_context(transaction.atomic())
        return execute(sql, params, many, context)

    with ExitStack() as opened, connection.execute_wrapper(open_first):
        yield
