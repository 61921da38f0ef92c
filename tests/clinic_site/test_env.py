"""The environment: what stops the start, with which sentence, and what needs nobody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from environs import Env

from clinic_site import env

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 60


def read(monkeypatch: pytest.MonkeyPatch, folder: Path, **values: str) -> env.Environment:
    names = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_DOMAIN", "TIME_ZONE", "HTTPS", "DEBUG")
    for name in (*names, "SECOND_FACTOR", "TRUSTED_PROXIES", "REFUSE_SAMPLES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(folder))
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return env.read(Env())


def test_an_empty_environment_is_a_local_site_with_a_key_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = read(monkeypatch, tmp_path)
    assert first.secret_key == read(monkeypatch, tmp_path).secret_key
    assert len(first.secret_key) > 60
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret-key"]
    assert set(first.allowed_hosts) == {"localhost", "127.0.0.1", "[::1]"}
    assert (first.is_https, first.is_debug) == (False, False)
    assert first.database["NAME"] == str(tmp_path / "site.sqlite3")
    assert first.database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in first.database["OPTIONS"]["init_command"]


def test_a_real_host_is_https_and_reaches_postgresql(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = read(
        monkeypatch,
        tmp_path,
        ALLOWED_HOSTS="clinic.example,www.clinic.example",
        SITE_DOMAIN="clinic.example",
        SECRET_KEY=KEY,
        DATABASE_URL="postgres://clinic:p%40ss@db.example:5433/site",
    )
    assert found.is_https
    assert found.allowed_hosts == ["clinic.example", "www.clinic.example"]
    assert (found.database["HOST"], found.database["PORT"], found.database["PASSWORD"]) == ("db.example", 5433, "p@ss")
    assert found.database["CONN_HEALTH_CHECKS"]
    assert not (tmp_path / "secret-key").exists()


REAL = {"ALLOWED_HOSTS": "clinic.example", "SITE_DOMAIN": "clinic.example", "SECRET_KEY": KEY}


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({**REAL, "SECRET_KEY": ""}, "SECRET_KEY"),
        ({**REAL, "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({**REAL, "SECRET_KEY": " " * 62}, "SECRET_KEY"),
        ({"VAR_DIR": "/proc/nothing"}, "VAR_DIR"),
        ({"VAR_DIR": __file__}, "VAR_DIR"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
        ({**REAL, "SITE_DOMAIN": ""}, "SITE_DOMAIN"),
        ({**REAL, "SITE_DOMAIN": "https://clinic.example/"}, "SITE_DOMAIN"),
        ({**REAL, "DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "https://clinic.example"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"HTTPS": "perhaps"}, "HTTPS"),
        ({"DEBUG": "ja"}, "DEBUG"),
        ({"TIME_ZONE": "Europe/Atlantis"}, "TIME_ZONE"),
        ({"DATABASE_URL": "mysql://root@localhost/site"}, "DATABASE_URL"),
        ({"DATABASE_URL": "site.sqlite3"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://clinic@db.example"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://clinic@db.example:many/site"}, "DATABASE_URL"),
        ({"DATABASE_URL": "banana://"}, "DATABASE_URL"),
        ({**REAL, "SECOND_FACTOR": "0"}, "SECOND_FACTOR"),
        ({"ALLOWED_HOSTS": "localhost,clinic.example", **REAL, "SECOND_FACTOR": "off"}, "SECOND_FACTOR"),
        ({"SECOND_FACTOR": "perhaps"}, "SECOND_FACTOR"),
        ({"REFUSE_SAMPLES": "perhaps"}, "REFUSE_SAMPLES"),
        ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES"),
    ],
)
def test_a_malformed_value_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, values: dict[str, str], named: str
) -> None:
    with pytest.raises(env.EnvironmentValueError, match=named) as refused:
        read(monkeypatch, tmp_path, **values)
    assert "\n" not in str(refused.value)


def test_the_second_factor_is_on_unless_a_site_of_this_machine_alone_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert read(monkeypatch, tmp_path).has_second_factor
    assert read(monkeypatch, tmp_path, **REAL).has_second_factor
    assert not read(monkeypatch, tmp_path, SECOND_FACTOR="0").has_second_factor


@pytest.mark.parametrize(
    ("domain", "is_local"),
    [
        ("", True),
        ("127.0.0.1:9000", True),
        ("[::1]", True),
        ("clinic.example", False),
        ("localhost.example:8000", False),
    ],
)
def test_a_domain_that_only_this_machine_can_open_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, domain: str, *, is_local: bool
) -> None:
    values = {"SITE_DOMAIN": domain} if domain else {}
    assert read(monkeypatch, tmp_path, **values).is_domain_local == is_local


def test_samples_are_refused_only_where_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not read(monkeypatch, tmp_path, **REAL).refuses_samples
    assert read(monkeypatch, tmp_path, **REAL, REFUSE_SAMPLES="1").refuses_samples


def test_proxies_are_believed_only_where_they_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert read(monkeypatch, tmp_path).trusted_proxies == []
    found = read(monkeypatch, tmp_path, TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8,::1").trusted_proxies
    assert [str(network) for network in found] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]


def test_the_start_ends_with_that_sentence_and_no_traceback(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "TIME_ZONE": "Nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == "TIME_ZONE is 'Nowhere', which is no time zone; write one such as Europe/London.\n"


def test_an_empty_folder_name_means_the_usual_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert read(monkeypatch, tmp_path, VAR_DIR="", SECRET_KEY=KEY).var_dir == ROOT / "var"


@pytest.mark.parametrize("name", ["a#b", "a?b", "a%20b", "a+b", "a b"])
def test_the_database_lies_in_the_folder_whatever_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    assert read(monkeypatch, tmp_path / name).database["NAME"] == str(tmp_path / name / "site.sqlite3")
