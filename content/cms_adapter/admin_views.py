"""The CMS's and versioning's own admin views, for our views that wrap them."""

from collections.abc import Callable
from typing import Any

from cms.models import Page, PageContent, Placeholder
from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from djangocms_versioning.versionables import for_content

AdminView = Callable[..., HttpResponseBase]


def version_view(name: str) -> AdminView:
    """Return versioning's view `edit_redirect`, `archive`, `discard` or `revert` of a page's version."""
    return _view(for_content(PageContent).version_model_proxy, f"{name}_view")


def block_view(name: str) -> AdminView:
    """Return the CMS's view of that name of blocks and slots, such as `add_plugin`, for signed-in staff."""
    return _view(Placeholder, name)


def change_page_settings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer with the CMS's form of a page's title, description and address."""
    return _view(PageContent, "change_view")(request, str(pk))


def delete_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer with the CMS's confirmation page for deleting a page, or delete it."""
    return _view(Page, "delete_view")(request, str(pk))


def _view(model: Any, name: str) -> AdminView:
    """Return a view of a model's admin; looked up per request, since admins register after the URLs are loaded."""
    view: AdminView = admin.site.admin_view(getattr(admin.site.get_model_admin(model), name))
    return view
