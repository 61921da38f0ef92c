"""The CMS's toolbar without what staff must not use, and without what our own bar shows in plainer words."""

from typing import Any

from cms.cms_toolbars import PlaceholderToolbar
from cms.toolbar.items import ModalItem
from cms.toolbar_base import CMSToolbar
from cms.toolbar_pool import toolbar_pool
from djangocms_versioning.cms_toolbars import VersioningToolbar, replace_toolbar
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

REMOVED_ITEMS = ("/delete/",)
SUPERUSER_ITEMS = ("/advanced-settings/", "/permissions/")  # refused to others by `endpoints`


@toolbar_pool.register
class ClinicToolbar(CMSToolbar):
    """Removes from the page menu what staff may not do, such as changing a page's template or deleting it.

    Its script asks before a window of the editor is closed over typed text.
    """

    class Media:
        css = {"all": ["css/unsaved-text.css"]}
        js = ["js/editor-window.js"]

    def post_template_populate(self) -> None:
        """Remove the items, after all other toolbars have added theirs."""
        menu = self.toolbar.get_menu("page")
        templates = menu and menu.menus.get("templates")
        if templates:
            menu.remove_item(templates)
        unused = REMOVED_ITEMS if self.request.user.is_superuser else REMOVED_ITEMS + SUPERUSER_ITEMS
        for result in menu.find_items(ModalItem) if menu else []:
            if any(verb in str(result.item.url) for verb in unused):
                menu.remove_item(result.item)


class PageToolbar(VersioningToolbar):
    """Replaces versioning's toolbar, whose buttons don't say why they refuse, and use four nouns for one page."""

    def _add_lock_message(self) -> None:
        """Add nothing: our own bar shows who holds the draft."""

    def _add_publish_button(self) -> None:
        """Add nothing: our own bar shows the next step, or the reason why it is disabled."""

    def _add_edit_button(self, disabled: bool = False) -> None:  # noqa: FBT001, FBT002  versioning's signature
        """Add versioning's button with a label that says what happens."""
        super()._add_edit_button(disabled)
        for item in self.toolbar.right_items:
            for button in getattr(item, "buttons", []):
                if "cms-versioning-js-edit-btn" in button.extra_classes:
                    button.name = "Go on writing" if self._has_draft() else "Change this page"

    def _has_draft(self) -> bool:
        drafts = Version.objects.filter_by_content_grouping_values(self.toolbar.obj)
        return bool(drafts.filter(state=DRAFT).exists())

    def _add_unlock_button(self) -> None:
        """Add nothing: unlocking has a page of its own, which says whose work it is."""

    def _add_view_published_button(self) -> None:
        """Add nothing: our own bar links to the live page."""

    def _add_versioning_menu(self) -> None:
        """Add nothing: our own bar links to the versions and what changed."""


def install_toolbars() -> None:
    """Replace versioning's toolbar by ours, and remove the "Create" button of the CMS's wizard, which is disabled.

    Versioning subclasses `PlaceholderToolbar`, so the method is replaced on the base class. Called once, when the apps
    are ready.
    """
    PlaceholderToolbar.add_wizard_button = _no_wizard_button
    replace_toolbar(VersioningToolbar, PageToolbar)


def _no_wizard_button(toolbar: Any) -> None:
    """Replace the method that adds the button, and add none."""
