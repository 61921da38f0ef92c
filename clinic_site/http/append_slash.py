"""Addresses typed without their last slash."""

from cms.models import PageUrl
from django.http import HttpRequest
from django.middleware.common import CommonMiddleware


class AppendSlashMiddleware(CommonMiddleware):
    """Adds the slash only where a page is: the CMS takes any address, so Django would send strays round once more."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Whether the address with a slash is one that answers."""
        if not super().should_redirect_with_slash(request):
            return False
        is_for_staff = request.path in {"/admin", "/cms_login", "/staff"}
        return is_for_staff or PageUrl.objects.filter(path=request.path_info.strip("/")).exists()
