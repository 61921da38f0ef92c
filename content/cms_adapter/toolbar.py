"""The CMS's toolbar without what staff must not use, and without what our own bar says in plainer words."""

from typing import Any

from cms.cms_toolbars import PlaceholderToolbar
from cms.toolbar.items import ModalItem
from cms.toolbar_base import CMSToolbar
from cms.toolbar_pool import toolbar_pool
from djangocms_versioning.cms_toolbars import VersioningToolbar, replace_toolbar
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

REMOVED_ITEMS = ("/delete/",)
SUPERUSER_ITEMS = ("/advanced-settings/", "/permissions/")  # see `endpoints`: for who looks after the whole site


@toolbar_pool.register
class ClinicToolbar(CMSToolbar):
    """Takes out of the page menu what staff may not do: a page keeps to its kind, and is taken offline."""

    def post_template_populate(self) -> None:
        """After all other toolbars have put their entries in."""
        menu = self.toolbar.get_menu("page")
        templates = menu and menu.menus.get("templates")
        if templates:
            menu.remove_item(templates)
        unused = REMOVED_ITEMS if self.request.user.is_superuser else REMOVED_ITEMS + SUPERUSER_ITEMS
        for found in menu.find_items(ModalItem) if menu else []:
            if any(verb in str(found.item.url) for verb in unused):
                menu.remove_item(found.item)


class PageToolbar(VersioningToolbar):
    """In place of versioning's own: its buttons refuse, and call one page by four nouns."""

    def _add_lock_message(self) -> None:
        """Who holds the draft stands in our own bar (`bar`)."""

    def _add_publish_button(self) -> None:
        """The next step stands in our own bar, with the reason where it is off."""

    def _add_edit_button(self, disabled: bool = False) -> None:  # noqa: FBT001, FBT002  versioning's signature
        """Its own way to a draft, in words that say what happens."""
        super()._add_edit_button(disabled)
        for item in self.toolbar.right_items:
            for button in getattr(item, "buttons", []):
                if "cms-versioning-js-edit-btn" in button.extra_classes:
                    button.name = "Go on writing" if self._has_draft() else "Change this page"

    def _has_draft(self) -> bool:
        drafts = Version.objects.filter_by_content_grouping_values(self.toolbar.obj)
        return bool(drafts.filter(state=DRAFT).exists())

    def _add_unlock_button(self) -> None:
        """Unlocking has a page of its own, which says whose work it is."""

    def _add_view_published_button(self) -> None:
        """The way to the live page stands in our own bar."""

    def _add_versioning_menu(self) -> None:
        """The versions, and what changed, stand in our own bar."""


def install_toolbars() -> None:
    """Put ours in the place of versioning's, and take away the "Create" button of the CMS's wizard, which is off.

    Versioning puts a class of its own in the place of `PlaceholderToolbar`, so the method is changed where both find
    it. Called once, when the apps are ready.
    """
    PlaceholderToolbar.add_wizard_button = _no_wizard_button
    replace_toolbar(VersioningToolbar, PageToolbar)


def _no_wizard_button(toolbar: Any) -> None:
    """Stands for the method that adds the button."""
