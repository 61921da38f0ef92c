"""The site as a WSGI application."""

import os

from clinic_site import requires

requires.check()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  the settings are named first

application = get_wsgi_application()
