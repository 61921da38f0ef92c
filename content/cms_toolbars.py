"""Index: the toolbars of all rooms, where the CMS looks for them."""

from content.cms_adapter.toolbar import ClinicToolbar

__all__ = ["ClinicToolbar"]
