"""The CMS's toolbar without what staff must not use."""

from typing import Any

from cms.cms_toolbars import PlaceholderToolbar
from cms.toolbar_base import CMSToolbar
from cms.toolbar_pool import toolbar_pool


@toolbar_pool.register
class ClinicToolbar(CMSToolbar):
    """Takes "Templates" out of the page menu: a page keeps to its kind."""

    def post_template_populate(self) -> None:
        """After all other toolbars have put their entries in."""
        menu = self.toolbar.get_menu("page")
        templates = menu and menu.menus.get("templates")
        if templates:
            menu.remove_item(templates)


def without_wizard(toolbar: Any) -> None:
    """Stands for the method that adds the wizard's "Create" button (see `page_kind.refuse_wizard`)."""


# Versioning puts a class of its own in this one's place, so the method is changed where both find it.
PlaceholderToolbar.add_wizard_button = without_wizard
