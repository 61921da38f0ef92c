"""The CMS's toolbar without anything in it: its script edits blocks where they stand, our own bar says all the rest."""

from cms.toolbar_base import CMSToolbar
from cms.toolbar_pool import toolbar_pool


@toolbar_pool.register
class ClinicToolbar(CMSToolbar):
    """Takes every menu and button out of the toolbar, which is then not shown (`editor-window.css`).

    Without the button that switches to the CMS's list of blocks its script neither loads that list nor binds the space
    bar to it: the list of blocks is a page of ours. Our script asks before a window is closed over typed text.
    """

    class Media:
        css = {"all": ["css/editor-window.css", "css/unsaved-text.css"]}
        js = ("js/window-names.js", "js/editor-window.js")

    def post_template_populate(self) -> None:
        """Remove the items, after all other toolbars have added theirs."""
        toolbar = self.toolbar
        for items in (toolbar.left_items, toolbar.last_left_items, toolbar.right_items, toolbar.last_right_items):
            items.clear()
        toolbar.menus.clear()


def install_toolbar() -> None:
    """Put ours behind all others, which add their items in the order in which they were registered."""
    toolbar_pool.discover_toolbars()
    toolbar_pool.unregister(ClinicToolbar)
    toolbar_pool.register(ClinicToolbar)
