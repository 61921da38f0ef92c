"""The site's addresses, with two that a later release of the CMS might bring."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from clinic_site import urls as site


def novelty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("A novelty")


again = include(([path("move/", novelty, name="cms_placeholder_move_plugin")], "admin"), namespace="admin")
handler403 = site.handler403
urlpatterns = [
    path("admin/cms/page/novelty/", novelty, name="cms_page_novelty"),
    *site.urlpatterns[:-1],
    path("again/", again),
    *site.urlpatterns[-1:],
]
