"""Access to each address that the CMS, versioning, the text editor and Django's admin add.

This table decides nothing about users: the gate in front of the addresses calls `classify` and applies the site's
rules. A name that is missing here is `UNCLASSIFIED`, and refused; `tests/test_cms_contract.py` fails on it.
"""

from enum import Enum, auto

from cms.models import PageContent
from django.contrib.contenttypes.models import ContentType
from django.urls import ResolverMatch

OUR_PACKAGES = ("content.", "clinic_site.")
OUR_ADMIN = "admin:content_"  # Django's admin of our own models, each with permissions of its own


class Access(Enum):
    """What it takes to reach an address."""

    OURS = auto()  # a view of this site, which checks permissions itself
    PUBLIC = auto()  # readers
    ADMIN = auto()  # Django's admin, which checks permissions itself
    EDITOR_OBJECT = auto()  # whoever may change pages, and for pages only
    EDITOR_HELPER = auto()  # whoever may change pages
    CREATE = auto()  # whoever may add pages
    IMMEDIATE = auto()  # whoever may publish: readers see the change at once
    IMMEDIATE_SUBTREE = auto()  # whoever may publish the page and all live pages below it
    SUPERUSER = auto()  # superusers: the page tree, and keys that our code looks pages up by
    OVERRIDDEN = auto()  # nobody: a view of ours replaces it, however the address is spelled
    DISABLED = auto()  # nobody
    UNCLASSIFIED = auto()  # nobody: not in the table below


ENDPOINTS = {
    "pages-root": Access.PUBLIC,
    "pages-details-by-slug": Access.PUBLIC,
    "cms_login": Access.OVERRIDDEN,
    "cms_wizard_create": Access.DISABLED,
    # Django's admin
    "admin:index": Access.OVERRIDDEN,
    "admin:app_list": Access.OVERRIDDEN,
    "admin:login": Access.OVERRIDDEN,
    "admin:logout": Access.ADMIN,
    "admin:password_change": Access.OVERRIDDEN,
    "admin:password_change_done": Access.ADMIN,
    "admin:jsi18n": Access.ADMIN,
    "admin:autocomplete": Access.SUPERUSER,
    "admin:view_on_site": Access.DISABLED,  # fails for a draft, which has no address
    "admin:django.contrib.admin.sites.catch_all_view": Access.ADMIN,  # a slash is missing, or 404
    "admin:django.views.generic.base.RedirectView": Access.ADMIN,  # `<object_id>/` leads to `change`
    "admin:content_entry_changelist": Access.OVERRIDDEN,
    "admin:sites_site_changelist": Access.SUPERUSER,
    "admin:sites_site_add": Access.SUPERUSER,
    "admin:sites_site_change": Access.SUPERUSER,
    "admin:sites_site_delete": Access.SUPERUSER,
    "admin:sites_site_history": Access.SUPERUSER,
    # pages
    "admin:cms_page_get_list": Access.EDITOR_HELPER,  # the box for a page's redirect
    "admin:cms_page_set_home": Access.IMMEDIATE_SUBTREE,
    "admin:cms_page_move_page": Access.IMMEDIATE_SUBTREE,
    "admin:cms_page_changelist": Access.OVERRIDDEN,
    "admin:cms_page_delete": Access.OVERRIDDEN,
    "admin:cms_page_add": Access.SUPERUSER,
    "admin:cms_page_change": Access.SUPERUSER,
    "admin:cms_page_history": Access.SUPERUSER,
    "admin:cms_page_advanced": Access.SUPERUSER,
    "admin:cms_page_get_permissions": Access.SUPERUSER,
    "admin:cms_page_actions_menu": Access.SUPERUSER,
    "admin:cms_page_copy_page": Access.SUPERUSER,
    "admin:cms_page_get_copy_dialog": Access.SUPERUSER,
    "admin:cms_page_edit_title_fields": Access.DISABLED,  # asks neither whether it is live nor who holds the draft
    # a page's texts
    "admin:cms_pagecontent_add": Access.CREATE,
    "admin:cms_pagecontent_duplicate": Access.CREATE,
    "admin:cms_pagecontent_change": Access.OVERRIDDEN,
    "admin:cms_pagecontent_changelist": Access.OVERRIDDEN,
    "admin:cms_pagecontent_change_template": Access.OVERRIDDEN,
    "admin:cms_pagecontent_delete": Access.OVERRIDDEN,
    "admin:cms_pagecontent_change_innavigation": Access.IMMEDIATE,
    "admin:cms_pagecontent_get_tree": Access.SUPERUSER,
    "admin:cms_pagecontent_history": Access.SUPERUSER,
    "admin:cms_pagecontent_copy_language": Access.DISABLED,
    # the editor
    "admin:cms_placeholder_render_object_edit": Access.EDITOR_OBJECT,
    "admin:cms_placeholder_render_object_structure": Access.OVERRIDDEN,
    "admin:cms_placeholder_render_object_preview": Access.EDITOR_OBJECT,
    "admin:cms_placeholder_add_plugin": Access.OVERRIDDEN,
    "admin:cms_placeholder_edit_plugin": Access.OVERRIDDEN,
    "admin:cms_placeholder_delete_plugin": Access.OVERRIDDEN,
    "admin:cms_placeholder_clear_placeholder": Access.OVERRIDDEN,
    "admin:cms_placeholder_move_plugin": Access.OVERRIDDEN,
    "admin:cms_placeholder_copy_plugins": Access.OVERRIDDEN,
    "admin:cms_placeholder_edit_field": Access.DISABLED,
    "admin:cms_wizard_create": Access.DISABLED,
    "admin:cms_usersettings_get_toolbar": Access.EDITOR_HELPER,
    "admin:cms_usersettings_session_store": Access.EDITOR_HELPER,
    "admin:cms_usersettings_change": Access.EDITOR_HELPER,
    # the text editor
    "admin:djangocms_text_textplugin_get_available_urls": Access.EDITOR_HELPER,  # the box for links
    "admin:djangocms_text_textplugin_get_messages": Access.EDITOR_HELPER,
    "admin:djangocms_text_textplugin_render_plugin": Access.EDITOR_HELPER,
    "admin:djangocms_text_textplugin_revert_on_cancel": Access.EDITOR_HELPER,
    # versions
    "admin:djangocms_versioning_pagecontentversion_compare": Access.EDITOR_HELPER,
    "admin:djangocms_versioning_pagecontentversion_changelist": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_edit_redirect": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_archive": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_discard": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_revert": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_unlock": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_publish": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_unpublish": Access.OVERRIDDEN,
    "admin:djangocms_versioning_pagecontentversion_history": Access.SUPERUSER,
    "admin:djangocms_versioning_pagecontentversion_grouper": Access.DISABLED,
    "admin:djangocms_versioning_pagecontentversion_add": Access.DISABLED,
    "admin:djangocms_versioning_pagecontentversion_change": Access.DISABLED,
    "admin:djangocms_versioning_pagecontentversion_delete": Access.DISABLED,
}


def classify(match: ResolverMatch) -> Access:
    """Return the access that the view at an address requires, by its name with all namespaces."""
    if is_ours(match):
        return Access.OURS
    of_our_models = match.view_name.startswith(OUR_ADMIN)
    return ENDPOINTS.get(match.view_name, Access.ADMIN if of_our_models else Access.UNCLASSIFIED)


def is_ours(match: ResolverMatch) -> bool:
    """Whether the view is this site's own, at its own address or in place of one of the CMS's."""
    view = getattr(match.func, "view_class", match.func)
    return str(getattr(view, "__module__", "")).startswith(OUR_PACKAGES)


def key_in(match: ResolverMatch, access: Access) -> object:
    """Return the key of the record that an address is about, as it is in the address; None if it names none."""
    first_arg = match.args[0] if match.args and access is Access.IMMEDIATE_SUBTREE else None
    return match.kwargs.get("object_id", first_arg)


def is_about_pages(match: ResolverMatch) -> bool:
    """Whether an EDITOR_OBJECT address shows a page: for other records the CMS raises."""
    return str(match.args[0]) == str(ContentType.objects.get_for_model(PageContent).pk)
