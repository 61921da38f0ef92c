"""Redirects URLs typed without their last slash."""

from cms.models import PageUrl
from django.http import HttpRequest
from django.middleware.common import CommonMiddleware


class AppendSlashMiddleware(CommonMiddleware):
    """Appends the slash only where a page exists: the CMS matches every URL, so Django would redirect unknown ones."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Return whether the URL with a slash is a page or a staff address."""
        if not super().should_redirect_with_slash(request):
            return False
        is_for_staff = request.path in {"/admin", "/cms_login", "/staff"}
        return is_for_staff or PageUrl.objects.filter(path=request.path_info.strip("/")).exists()
