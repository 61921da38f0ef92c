"""Files of signed forms: scans and PDFs under random names in a folder that no web server may serve."""

import hashlib
import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from clinic_site.atomic_file import replacing

MAX_BYTES = 30 * 1024 * 1024
KINDS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
}
NAME = re.compile(r"[0-9a-f]{32}\.(pdf|jpg|png)")


class FormRefusedError(Exception):
    """One sentence that says why the form is refused and what to do; nothing of it was stored."""


class Upload(Protocol):
    """A file that Django received; its name is not used."""

    @property
    def size(self) -> int | None: ...
    def read(self, size: int = -1, /) -> bytes: ...
    def seek(self, offset: int, /) -> Any: ...


def path(name: str) -> Path:
    """Return the path of the form of this name; raises ValueError for an invalid name."""
    if not NAME.fullmatch(name):
        raise ValueError("A form's name is 32 hexadecimal digits and its kind.")
    return Path(settings.VAR_DIR) / "private" / "consent-forms" / name


def media_type(name: str) -> str:
    """Return the value of the Content-Type header."""
    return KINDS[name.rsplit(".", 1)[1]][1]


def file_extension(file: Upload) -> str:
    """Return the extension by the first bytes; raises FormRefusedError for another or too large a file."""
    if (file.size or 0) > MAX_BYTES:
        raise FormRefusedError("The signed form is larger than 30 MB: scan it again with fewer dots per inch.")
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    for extension, (magic, _) in KINDS.items():
        if head.startswith(magic):
            return extension
    raise FormRefusedError(
        "The signed form must be a PDF or a photograph (JPEG, PNG, WebP, AVIF or HEIC): scan it again as one of these."
    )


def store(file: Upload) -> str:
    """Store the form and return its random name; raises FormRefusedError."""
    name = f"{secrets.token_hex(16)}.{file_extension(file)}"
    target = path(name)
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with replacing(target, mode=0o600) as out:
            while block := file.read(1024 * 1024):
                out.write(block)
    except OSError:
        raise FormRefusedError("The signed form could not be kept: the server’s disk may be full.") from None
    return name


def sha256(name: str) -> str:
    """Return the digest of a stored form, 64 hexadecimal digits."""
    with path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def delete(name: str) -> None:
    """Delete a form whose record was not saved, or that another has replaced."""
    path(name).unlink(missing_ok=True)


def delete_orphans(referenced: set[str], before: datetime) -> int:
    """Delete forms that no record names and that are older than `before`; return how many."""
    count = 0
    for file in (Path(settings.VAR_DIR) / "private" / "consent-forms").glob("*"):
        if file.name not in referenced and file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)
            count += 1
    return count
