"""The first account of a new site, whose generated password is in a file that only the file's owner can read.

`manage.py prepare` creates it, and its file in VAR_DIR; at the first sign-in `access_middleware` asks for a telephone.
"""

import secrets
from pathlib import Path

from django.contrib.auth import get_user_model

from clinic_site.atomic_file import replacing

OWNER_USERNAME = "owner"


def create_owner_account(folder: Path) -> str:
    """Create the owner's account if there is no staff account yet; return a hint where to find the sign-in."""
    file = folder / "staff-sign-in.txt"
    accounts = get_user_model().objects
    if accounts.filter(is_staff=True).exists():
        return f"first sign-in: see {file}" if file.exists() else "sign in with your own account"
    if not file.exists():
        with replacing(file, mode=0o600) as out:
            out.write(f"user name: {OWNER_USERNAME}\npassword: {secrets.token_urlsafe(15)}\n".encode())
    password = file.read_text().split("password: ")[1].strip()
    accounts.create_superuser(OWNER_USERNAME, password=password)
    return f"first sign-in: see {file}"
