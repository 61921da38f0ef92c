"""The CMS's toolbar without what staff must not use."""

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
