"""The site as a WSGI application."""

import os

from clinic_site import requires

requires.exit_if_unmet()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")

from django.core.handlers.wsgi import WSGIRequest  # noqa: E402  the settings are named first
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.utils.http import parse_header_parameters  # noqa: E402

from clinic_site.http import database_waits  # noqa: E402
from clinic_site.page_cache.wsgi_app import PageCacheApplication  # noqa: E402


class Utf8Request(WSGIRequest):
    """Reads every request as UTF-8, whatever encoding it names: some that Python knows aren't text encodings."""

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


django_application = get_wsgi_application()

from clinic_site.http.thread_pool import DjangoThreadPool  # noqa: E402  it needs Django's apps, which are loaded now

django_application.request_class = Utf8Request
database_waits.limit_replies()
application = PageCacheApplication(DjangoThreadPool(django_application))
