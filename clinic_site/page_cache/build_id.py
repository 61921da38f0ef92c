"""Identifies the build: cached pages of another release, or of other settings, are never served."""

import hashlib
from functools import cache

from django.conf import settings

SOURCE_FOLDERS = ("clinic_site", "content", "templates", "static")
SETTING_NAMES = ("SITE_DOMAIN", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "TIME_ZONE", "DEBUG")
DATABASE_KEYS = ("ENGINE", "HOST", "PORT", "NAME")


@cache
def current() -> str:
    """Return a digest of the site's files, library pins, settings and database name, taken once in a process."""
    digest = hashlib.sha256()
    files = [settings.BASE_DIR / "requirements.txt"]
    for folder in SOURCE_FOLDERS:
        files += sorted(file for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix != ".pyc")
    for file in files:
        if file.is_file():
            digest.update(f"{file}\n".encode() + file.read_bytes())
    database = settings.DATABASES["default"]
    configuration = (
        [getattr(settings, name) for name in SETTING_NAMES],
        [str(database.get(name, "")) for name in DATABASE_KEYS],
    )
    digest.update(repr(configuration).encode())
    return digest.hexdigest()[:32]
