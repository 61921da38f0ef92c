"""What the CMS's text editor may do on this site."""

from djangocms_text.cms_plugins import TextPlugin
from djangocms_text.html import cms_parser


def restrict_editor() -> None:
    """Take `style` from what the editor's own cleaner lets through, and its free-form plugin out of every slot.

    Every block is typed; a free-form one would go round the rules of all others. The plugin stays registered because
    the editor's link box asks it for the site's pages. Called once, when the apps are ready.
    """
    cms_parser.ALLOWED_ATTRIBUTES["*"].discard("style")
    TextPlugin.allowed_slots = []
