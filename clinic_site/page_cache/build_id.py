"""What this site is made of, as one word: another release, or other settings, never hand out its pages."""

import hashlib
from functools import cache

from django.conf import settings

FOLDERS = ("clinic_site", "content", "templates", "static")
SETTINGS = ("SITE_DOMAIN", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "TIME_ZONE", "DEBUG")
DATABASE = ("ENGINE", "HOST", "PORT", "NAME")


@cache
def current() -> str:
    """A digest of the site's files, libraries, settings and database's address, as the process was started with."""
    digest = hashlib.sha256()
    files = [settings.BASE_DIR / "requirements.txt"]
    for folder in FOLDERS:
        files += sorted(file for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix != ".pyc")
    for file in files:
        if file.is_file():
            digest.update(f"{file}\n".encode() + file.read_bytes())
    database = settings.DATABASES["default"]
    said = [getattr(settings, name) for name in SETTINGS], [str(database.get(name, "")) for name in DATABASE]
    digest.update(repr(said).encode())
    return digest.hexdigest()[:32]
