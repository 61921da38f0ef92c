"""Restrictions of the CMS's text editor."""

from djangocms_text.cms_plugins import TextPlugin
from djangocms_text.html import cms_parser


def restrict_editor() -> None:
    """Remove `style` from the attributes that the editor allows, and its free-form plugin from every slot.

    Every block is typed; a free-form one would bypass the rules of all others. The plugin stays registered because
    the editor's link dialogue gets the site's pages from it. Called once, when the apps are ready.
    """
    cms_parser.ALLOWED_ATTRIBUTES["*"].discard("style")
    TextPlugin.allowed_slots = []
