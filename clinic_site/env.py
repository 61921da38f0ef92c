"""Reads the environment, the only module that does; a missing or malformed value ends the start with one sentence."""

import re
import secrets
import sys
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import available_timezones

import dj_database_url
from environs import Env, EnvError

from clinic_site.atomic_file import replacing

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
PORT = re.compile(r":\d+$")


class EnvironmentValueError(Exception):
    """An invalid value; the message says in one sentence which one and what to write instead."""


@dataclass(frozen=True)
class Environment:
    """Every value that the environment may set, checked."""

    var_dir: Path
    allowed_hosts: list[str]
    site_domain: str
    is_https: bool
    secret_key: str
    database: dict[str, Any]
    time_zone: str
    is_debug: bool
    is_local: bool
    is_domain_local: bool
    has_second_factor: bool
    refuses_samples: bool
    trusted_proxies: list[IPv4Network | IPv6Network]


def read(env: Env) -> Environment:
    """Return the checked environment; raises EnvironmentValueError."""
    try:
        var_dir = Path(env.str("VAR_DIR", "") or ROOT / "var").resolve()
        hosts = env.list("ALLOWED_HOSTS", sorted(LOOPBACK))
        is_local = set(hosts) <= LOOPBACK
        is_https = env.bool("HTTPS", not is_local)
        is_debug = env.bool("DEBUG", False)
        domain = env.str("SITE_DOMAIN", "localhost:8000" if is_local else "")
        key = env.str("SECRET_KEY", "").strip()
        url = env.str("DATABASE_URL", f"sqlite:///{quote(str(var_dir / 'site.sqlite3'))}")
        zone = env.str("TIME_ZONE", "Europe/London")
        has_second_factor = env.bool("SECOND_FACTOR", True)
        refuses_samples = env.bool("REFUSE_SAMPLES", False)
        proxies: list[str] = env.list("TRUSTED_PROXIES", [])
    except EnvError as error:
        raise EnvironmentValueError(f"{error}. Correct that value and start again.") from error
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentValueError(f"VAR_DIR is {str(var_dir)!r}, which can't be used as a folder.") from error
    if not hosts or any(not host or "*" in host or "/" in host for host in hosts):
        raise EnvironmentValueError(
            "ALLOWED_HOSTS must list plain host names with commas between, such as clinic.example."
        )
    if is_debug and not is_local:
        raise EnvironmentValueError("DEBUG may be on only while every name in ALLOWED_HOSTS is this machine.")
    if not has_second_factor and not is_local:
        raise EnvironmentValueError("SECOND_FACTOR may be off only while every name in ALLOWED_HOSTS is this machine.")
    if not domain or "/" in domain or " " in domain:
        raise EnvironmentValueError("SITE_DOMAIN must be the site's host name alone, such as clinic.example.")
    if zone not in available_timezones():
        raise EnvironmentValueError(f"TIME_ZONE is {zone!r}, which is no time zone; write one such as Europe/London.")
    return Environment(
        var_dir,
        hosts,
        domain,
        is_https,
        _secret_key(key, var_dir, is_local=is_local),
        _database(url),
        zone,
        is_debug,
        is_local,
        PORT.sub("", domain) in LOOPBACK,
        has_second_factor,
        refuses_samples,
        _proxies(proxies),
    )


def _proxies(names: list[str]) -> list[IPv4Network | IPv6Network]:
    """Return the networks whose X-Forwarded-For header is trusted."""
    try:
        return [ip_network(name.strip()) for name in names if name.strip()]
    except ValueError as error:
        raise EnvironmentValueError(
            "TRUSTED_PROXIES must list addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8."
        ) from error


def _secret_key(key: str, var_dir: Path, *, is_local: bool) -> str:
    """Return the key given, or on a local machine one that is generated once and stored under var/."""
    if not key and is_local:
        key_file = var_dir / "secret-key"
        if not key_file.exists():
            candidate = key_file.with_suffix(f".{secrets.token_hex(4)}")
            with replacing(candidate, mode=0o600) as file:
                file.write(secrets.token_urlsafe(64).encode())
            try:
                key_file.hardlink_to(candidate)  # of several first starts at once, one key wins
            except FileExistsError:
                pass
            finally:
                candidate.unlink()
        key = key_file.read_text()
    if len(key) < 50:
        raise EnvironmentValueError(
            "SECRET_KEY must be at least 50 random characters; only a local site may leave it out."
        )
    return key


def _database(url: str) -> dict[str, Any]:
    """Return Django's database settings for SQLite in WAL mode or for PostgreSQL."""
    sentence = (
        "DATABASE_URL must look like postgres://user:password@host:5432/name or sqlite:////full/path/site.sqlite3."
    )
    try:
        config: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError as error:
        raise EnvironmentValueError(sentence) from error
    if not config.get("NAME") or config["NAME"] == ":memory:":
        raise EnvironmentValueError(sentence)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["CONN_MAX_AGE"] = 60  # opening a connection reads the whole schema
        config["OPTIONS"] = {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-500;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
    elif config["ENGINE"] == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            "options": "-c statement_timeout=30s -c lock_timeout=10s -c jit=off",
            "connect_timeout": 5,
            "keepalives_idle": 30,  # seconds, as all here but the last
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        }
    else:
        raise EnvironmentValueError(sentence)
    return config


def load() -> Environment:
    """Return the checked environment of this process, or exit with the error's sentence."""
    try:
        return read(Env())
    except EnvironmentValueError as error:
        sys.exit(str(error))
