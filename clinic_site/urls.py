"""The root URLconf: the site's own URLs and the admin, then the pages of the CMS."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

handler403 = "content.staff.refusals.permission_denied"

admin.site.site_header = "Clinic staff"
admin.site.site_title = "Clinic staff"
admin.site.enable_nav_sidebar = False  # it fills half of the windows that the editor opens
admin.site.index_title = "What would you like to do?"


def redirect_to_admin_login(request: HttpRequest) -> HttpResponse:
    """Redirect the CMS's own sign-in page to the admin's, which is the only one."""
    return redirect("admin:login")


urlpatterns = [
    path("cms_login/", redirect_to_admin_login),
    path("", include("content.urls")),
    path("admin/", admin.site.urls),
    path("", include("cms.urls")),
]
