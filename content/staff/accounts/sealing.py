"""Keeps the secrets of the second factor: telephones' keys are sealed, recovery codes hashed.

The key that seals lies beside the database in a file of its own, which no backup holds: who gets hold of a backup or of
the database alone can't make codes.
"""

import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from clinic_site.atomic_file import sync

KEY_NAME = "second-factor.key"  # in VAR_DIR
KEY_LENGTH, NONCE_LENGTH = 32, 12  # bytes
PREFIX = "sealed:"  # no key in clear begins so: those are hexadecimal digits
HASH_LENGTH = 12  # bytes, which are 16 characters
HASH_COST = 2**14  # of scrypt: 16 MB and 50 ms for one code, which has 39 bits


class SealError(Exception):
    """What was sealed can't be opened: it was sealed under another key or for somebody else."""


def key_file() -> Path:
    """Return where the key lies."""
    return Path(settings.VAR_DIR) / KEY_NAME


def load_key() -> bytes:
    """Return the key; make it first where there is none. Of several first starts at once, one key wins."""
    path = key_file()
    if not path.exists():
        candidate = path.with_name(f".{secrets.token_hex(8)}.new")
        with os.fdopen(os.open(candidate, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(candidate)
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
        sync(path.parent)
    return path.read_bytes()


def is_sealed(text: str) -> bool:
    """Return whether this is what `seal` returned."""
    return text.startswith(PREFIX)


def seal(secret: bytes, *, owner: str) -> str:
    """Return the secret encrypted and authenticated, to be opened for the same owner only."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    sealed = AESGCM(load_key()).encrypt(nonce, secret, owner.encode())
    return PREFIX + urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, *, owner: str) -> bytes:
    """Return the secret; raise SealError if key, owner or text are not those of the sealing."""
    try:
        sealed = urlsafe_b64decode(text.removeprefix(PREFIX))
        return AESGCM(load_key()).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], owner.encode())
    except (InvalidTag, ValueError):
        raise SealError from None


def hash_code(code: str, *, salt: str) -> str:
    """Return 16 characters from which nobody gets back to the code; the same for the same code and salt."""
    digest = hashlib.scrypt(code.encode(), salt=salt.encode(), n=HASH_COST, r=8, p=1, dklen=HASH_LENGTH)
    return urlsafe_b64encode(digest).decode()
