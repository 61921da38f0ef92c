"""What this site takes for granted of django CMS and its apps: the tests to run first at their next upgrade.

Each failure names what has moved. `content/cms_adapter/README.md` says what to do about it.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cms import views as cms_views
from cms.admin.forms import AddPageForm, ChangePageForm
from cms.admin.pageadmin import PageContentAdmin
from cms.middleware import page as page_middleware
from cms.middleware.toolbar import ToolbarMiddleware
from cms.models import CMSPlugin, Page, PageContent, Placeholder
from cms.plugin_base import CMSPluginBase
from cms.plugin_rendering import ContentRenderer
from cms.toolbar.toolbar import CMSToolbar, EmptyToolbar
from cms.toolbar_pool import toolbar_pool
from cms.utils import permissions, placeholder, plugins
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from djangocms_text.cms_plugins import TextPlugin
from djangocms_text.html import cms_parser
from djangocms_versioning import constants, helpers
from djangocms_versioning.models import Version
from djangocms_versioning.versionables import for_content

from content.cms_adapter import endpoints, versioning
from content.cms_adapter.block_forms import CLOSE_FRAME
from content.cms_adapter.endpoints import ENDPOINTS, Access
from content.cms_adapter.toolbar import ClinicToolbar
from content.staff.editing.page_kind import FIELD_TEXTS, UNUSED_FIELDS
from content.staff.editing.versions import STATE_LABELS

VERSION_ADMIN = "admin:djangocms_versioning_pagecontentversion"
#: Every address of the CMS or the admin that a view of ours stands in front of, with what `reverse` needs.
SHADOWED: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "cms_login": ([], {}),
    "cms_wizard_create": ([], {}),
    "admin:cms_wizard_create": ([], {}),
    "admin:index": ([], {}),
    "admin:app_list": ([], {"app_label": "cms"}),
    "admin:login": ([], {}),
    "admin:password_change": ([], {}),
    "admin:content_entry_changelist": ([], {}),
    "admin:cms_page_changelist": ([], {}),
    "admin:cms_page_delete": ([7], {}),
    "admin:cms_pagecontent_changelist": ([], {}),
    "admin:cms_pagecontent_change": ([7], {}),
    "admin:cms_pagecontent_change_template": ([7], {}),
    "admin:cms_pagecontent_delete": ([7], {}),
    "admin:cms_placeholder_render_object_structure": ([1, 7], {}),
    "admin:cms_placeholder_add_plugin": ([], {}),
    "admin:cms_placeholder_edit_plugin": ([7], {}),
    "admin:cms_placeholder_delete_plugin": ([7], {}),
    "admin:cms_placeholder_clear_placeholder": ([7], {}),
    "admin:cms_placeholder_move_plugin": ([], {}),
    "admin:cms_placeholder_copy_plugins": ([], {}),
    f"{VERSION_ADMIN}_changelist": ([], {}),
    f"{VERSION_ADMIN}_edit_redirect": ([7], {}),
    f"{VERSION_ADMIN}_archive": ([7], {}),
    f"{VERSION_ADMIN}_discard": ([7], {}),
    f"{VERSION_ADMIN}_revert": ([7], {}),
    f"{VERSION_ADMIN}_unlock": ([7], {}),
    f"{VERSION_ADMIN}_publish": ([7], {}),
    f"{VERSION_ADMIN}_unpublish": ([7], {}),
}


# --- addresses -------------------------------------------------------------------------------------------------------
def every_match(
    patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = (), start: str = ""
) -> Iterator[ResolverMatch]:
    """What the resolver answers with at each of its routes."""
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from every_match(pattern.url_patterns, inside, route)
        else:
            yield ResolverMatch(pattern.callback, (), {}, pattern.name, [], list(spaces), route)


def matches() -> list[ResolverMatch]:
    return list(every_match(get_resolver().url_patterns))


def test_every_address_that_is_not_ours_is_classified() -> None:
    unclassified = {
        f"{one.view_name} ({one.route})" for one in matches() if endpoints.classify(one) is Access.UNCLASSIFIED
    }
    assert unclassified == set(), "put each into content/cms_adapter/endpoints.py"


def test_every_classified_name_still_exists() -> None:
    names = {one.view_name for one in matches() if not endpoints.is_ours(one)}
    assert len(names) > 90
    assert set(ENDPOINTS) - names == set()


@pytest.mark.parametrize("name", SHADOWED)
def test_the_cms_own_address_is_answered_by_a_view_of_ours(name: str) -> None:
    args, kwargs = SHADOWED[name]
    match = resolve(reverse(name, args=args or None, kwargs=kwargs or None))
    assert endpoints.is_ours(match), f"{name} has moved: {match.route} answers it"


def test_every_overridden_address_is_among_those_and_so_are_both_wizards() -> None:
    overridden = {name for name, access in ENDPOINTS.items() if access is Access.OVERRIDDEN}
    assert overridden | {"cms_wizard_create", "admin:cms_wizard_create"} == set(SHADOWED)


def test_no_view_of_ours_stands_in_front_of_an_address_that_is_gone() -> None:
    met = {
        resolve(reverse(name, args=args or None, kwargs=kwargs or None)).route
        for name, (args, kwargs) in SHADOWED.items()
    }
    shadows = {
        one.route
        for one in matches()
        if endpoints.is_ours(one) and one.url_name is None and one.route.lstrip("^").startswith(("admin/", "cms_"))
    }
    assert shadows - met == set()


def test_nobody_but_readers_and_djangos_admin_is_let_through_without_a_permission() -> None:
    open_to_all = {name for name, access in ENDPOINTS.items() if access in {Access.PUBLIC, Access.ADMIN}}
    assert open_to_all == {
        "pages-root", "pages-details-by-slug", "admin:logout", "admin:password_change_done", "admin:jsi18n",
        "admin:django.contrib.admin.sites.catch_all_view", "admin:django.views.generic.base.RedirectView",
    }  # fmt: skip


def _id(value: Any) -> str:
    """Return a test id that is the same in each process: without the address of an object."""
    return value if isinstance(value, str) else getattr(value, "__name__", type(value).__name__)


# --- attributes ------------------------------------------------------------------------------------------------------
TOUCHED: list[tuple[Any, str]] = [
    (cms_views, "details"),
    (plugins, "has_reached_plugin_limit"),
    (Placeholder, "add_plugin"),
    (Placeholder, "move_plugin"),
    (CMSPlugin, "get_bound_plugin"),
    (CMSPlugin, "get_descendants"),
    (page_middleware, "get_page"),
    (ToolbarMiddleware, "process_request"),
    (EmptyToolbar, "_cache_disabled"),
    (EmptyToolbar, "content_renderer"),
    (EmptyToolbar, "get_object"),
    (CMSToolbar, "get_object"),
    (CMSToolbar, "set_object"),
    (CMSToolbar, "edit_mode_active"),
    (CMSToolbar, "get_left_items"),
    (CMSToolbar, "get_right_items"),
    (cms_views, "render_object_preview"),
    (ContentRenderer, "render_page_placeholder"),
    (ContentRenderer, "render_plugin"),
    (CMSPlugin, "get_plugin_class_instance"),
    (CMSPlugin, "_get_descendants_count"),
    (CMSPluginBase, "render_template"),
    (CMSPluginBase, "allowed_slots"),
    (Placeholder, "get_cached_plugins"),
    (Placeholder, "source"),
    (Placeholder, "get_last_plugin_position"),
    (Placeholder, "get_next_plugin_position"),
    (Page, "application_urls"),
    (Page, "is_home"),
    (Page, "login_required"),
    (Page, "path"),
    (Page, "steplen"),
    (Page, "get_url_data"),
    (PageContent, "get_template"),
    (PageContent, "get_xframe_options"),
    (PageContent, "redirect"),
    (permissions, "get_current_user"),
    (permissions, "set_current_user"),
    (placeholder, "get_placeholders"),
    (plugins, "get_bound_plugins"),
    (plugins, "get_plugins_as_layered_tree"),
    (Version, "check_publish"),
    (Version, "check_unpublish"),
    (Version, "locked_by"),
    (Version, "is_unlocked_for_user"),
    *((getattr(Version, f"check_{name}"), "as_bool") for name in ("edit_redirect", "revert", "discard", "publish")),
    (Version.objects, "filter_by_content_grouping_values"),
    (Version.objects, "get_for_content"),
    (for_content(PageContent), "version_model_proxy"),
]


@pytest.mark.parametrize(("owner", "name"), TOUCHED, ids=_id)
def test_what_we_touch_is_there(owner: Any, name: str) -> None:
    assert hasattr(owner, name)


#: What we set or replace, which would therefore be there even if the CMS no longer looked at it.
WRITTEN: list[tuple[Any, str]] = [
    (inspect.getmodule(Page), "page_content_cache"),
    (inspect.getmodule(Placeholder), "_plugins_cache"),
    (inspect.getmodule(Placeholder), "_all_plugins_cache"),
    (inspect.getmodule(EmptyToolbar), "_cache_disabled"),
    *(
        (inspect.getmodule(EmptyToolbar), name)
        for name in ("left_items", "right_items", "last_left_items", "last_right_items", "menus", "show_toolbar")
    ),
    (CMSPluginBase, CLOSE_FRAME),
    (PageContentAdmin, "change_form"),
    (ChangePageForm, "fieldsets"),
    (constants, "VERSION_STATES"),
    (constants, "INDICATOR_DESCRIPTIONS"),
    (constants, '"dirty"'),
    (helpers, versioning.VERSIONS_ATTR),
    (inspect.getmodule(cms_parser), "ALLOWED_ATTRIBUTES"),
]


@pytest.mark.parametrize(("owner", "name"), WRITTEN, ids=_id)
def test_what_we_set_is_still_looked_at_by_its_owner(owner: Any, name: str) -> None:
    assert name in inspect.getsource(owner)


@pytest.mark.parametrize(
    "name", ["add_plugin", "edit_plugin", "delete_plugin", "clear_placeholder", "move_plugin", "copy_plugins"]
)
def test_the_cms_has_the_block_views_that_ours_call(name: str) -> None:
    assert callable(getattr(admin.site.get_model_admin(Placeholder), name))


@pytest.mark.parametrize("name", ["edit_redirect", "archive", "discard", "revert"])
def test_versioning_has_the_views_that_ours_call(name: str) -> None:
    assert callable(getattr(admin.site.get_model_admin(for_content(PageContent).version_model_proxy), f"{name}_view"))


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (cms_views.details, ["request", "slug"]),
        (ContentRenderer.render_page_placeholder, ["self", "slot", "context"]),
        (ContentRenderer.render_plugin, ["self", "instance", "context", "placeholder"]),
        (cms_views.render_object_preview, ["request", "content_type_id", "object_id"]),
        (Placeholder.get_next_plugin_position, ["self", "language", "parent", "insert_order"]),
    ],
)
def test_what_we_call_or_override_takes_the_same_arguments(function: Any, names: list[str]) -> None:
    assert list(inspect.signature(function).parameters)[: len(names)] == names


# --- scripts ---------------------------------------------------------------------------------------------------------
#: What `editor-window.js` and `unsaved-text.js` touch in the scripts of the CMS and its text editor.
SCRIPTED = {
    "cms/js/dist/*/bundle.toolbar.min.js": [
        "_loadIframe", "_cancelHandler", "_confirmDirtyEscCancel", "_beforeUnloadHandler", "cms-modal-frame", ".Modal=",
    ],
    "djangocms_text/bundles/bundle.tiptap.min.js": ["_editors", "emitUpdate", "dataset.changed", "setContent"],
    "djangocms_text/bundles/bundle.editor.min.js": ["cms_editor_plugin"],
}  # fmt: skip


@pytest.mark.parametrize("pattern", SCRIPTED)
def test_what_our_scripts_touch_is_in_the_scripts_of_the_editor(pattern: str) -> None:
    owner = inspect.getmodule(Page if pattern.startswith("cms/") else TextPlugin)
    assert owner
    folder = next(path for path in Path(str(owner.__file__)).parents if (path / "static").is_dir()) / "static"
    text = next(folder.glob(pattern)).read_text()
    assert [name for name in SCRIPTED[pattern] if name not in text] == []


def test_a_saved_block_is_answered_with_the_template_that_closes_its_window() -> None:
    assert f'"{CLOSE_FRAME}"' in inspect.getsource(CMSPluginBase.render_close_frame)


@pytest.mark.parametrize("words", ["editPlugin", "plugin_name", "edit_plugin", "_instances", "cms-plugin"])
def test_the_cms_script_has_what_ours_calls(words: str) -> None:
    """`static/js/staff-bar.js` opens the form of a block by these names."""
    script = finders.find("cms/js/modules/cms.plugins.js")
    assert words in Path(script).read_text()


def test_the_cms_script_shows_its_list_of_blocks_only_by_the_button_that_we_take_out() -> None:
    script = Path(finders.find("cms/js/modules/cms.structureboard.js")).read_text()
    assert "if (!this.ui.toolbarModeSwitcher.length) {\n            return false;" in script
    assert "this.ui.toolbarModeSwitcher.length &&" in script  # before it binds the space bar


# --- patches ---------------------------------------------------------------------------------------------------------
def test_our_patches_are_in_place() -> None:
    assert dict(constants.VERSION_STATES) == STATE_LABELS
    assert set(STATE_LABELS) <= set(constants.INDICATOR_DESCRIPTIONS)
    assert TextPlugin.allowed_slots == []
    assert "style" not in cms_parser.ALLOWED_ATTRIBUTES["*"]
    assert set(FIELD_TEXTS) <= set(AddPageForm.base_fields)
    boxes = {name for _, options in PageContentAdmin.change_form.fieldsets for name in options["fields"]}
    assert set(FIELD_TEXTS) <= boxes
    assert boxes.isdisjoint(UNUSED_FIELDS)
    before = {name for _, options in ChangePageForm.fieldsets for name in options["fields"]}
    assert before >= UNUSED_FIELDS, "a field that we take out is gone"
    assert list(toolbar_pool.get_toolbars())[-1] == f"{ClinicToolbar.__module__}.{ClinicToolbar.__name__}"


def test_a_slot_that_was_filled_is_not_read_again() -> None:
    """Without a database: a query would fail this test."""
    block, slot = CMSPlugin(pk=1, plugin_type="ProsePlugin"), Placeholder(pk=1, slot="topic_body")
    slot._all_plugins_cache, slot._plugins_cache = [block], [block]
    assert list(slot.get_cached_plugins()) == [block]


def test_the_cms_asks_a_toolbar_for_nothing_that_a_readers_lacks() -> None:
    from content.cms_adapter.anonymous_pages import AnonymousToolbar

    toolbar = AnonymousToolbar(RequestFactory().get("/"))
    assert toolbar.content_renderer
    assert not toolbar.show_toolbar
