"""The real site with Debian's nginx in front of it, as `deploy/nginx.conf` sets it up."""

import getpass
import http.client
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import ROOT, Site, free_port, running

NGINX, BROTLI = Path("/usr/sbin/nginx"), Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
SENTENCE = "The nginx tests need it with brotli: `apt-get install nginx libnginx-mod-http-brotli-static`."
MAIN = """
load_module {brotli};
user {user};
pcre_jit on;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log alert;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    types_hash_max_size 2048;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Reply:
    """A reply, its headers with small names and without what each server says of itself."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Nginx:
    """nginx in front of a running site."""

    site: Site
    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def today(self) -> Path:
        """The folder of the pages that are read today."""
        days = (one for one in (self.site.var / "published" / "open").iterdir() if one.name.startswith("20"))
        (folder,) = (one for one in days if not one.is_symlink())
        return folder

    def logs(self) -> str:
        """All that nginx has written, once its buffers are empty."""
        time.sleep(1.5)
        return "".join(file.read_text() for file in self.folder.glob("*.log"))


def ask(url: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    """One request, as it stands, to the server at this address."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        own = {"server", "date", "connection", "keep-alive"}
        said = {name.lower(): value for name, value in reply.getheaders() if name.lower() not in own}
        return Reply(reply.status, said, reply.read())
    finally:
        connection.close()


def wait_for_tree(site: Site) -> None:
    """Until the tree is whole and open."""
    published = site.var / "published"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        both = [published / name for name in ("open", "last")]
        if all(link.is_symlink() for link in both) and both[0].readlink() == both[1].readlink():
            return
        time.sleep(0.1)
    pytest.fail(f"No tree was made:\n{site.log.read_text()}")


def rewritten(site: Site, port: int, folder: Path) -> str:
    """`deploy/nginx.conf` with this test's ports and folders, and nothing else changed."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in {
        "127.0.0.1:8000": str(urlsplit(site.url).netloc),
        "/srv/clinic/var": str(site.var),
        "server_name clinic.example;": "server_name 127.0.0.1 localhost;",
        "listen 80": f"listen 127.0.0.1:{port}",
        "/var/log/nginx": str(folder),
    }.items():
        assert old in text, f"deploy/nginx.conf no longer holds {old!r}"
        text = text.replace(old, new)
    return text


def with_tls(text: str, folder: Path) -> str:
    """The same with the lines for TLS switched on, and a certificate of its own."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    text = re.sub(r"^( *)# (.*;|if .*}) +# TLS.*$", r"\1\2", text, flags=re.MULTILINE)
    text = text.replace("/etc/letsencrypt/live/clinic.example/privkey.pem", str(key))
    text = text.replace("/etc/letsencrypt/live/clinic.example/fullchain.pem", str(certificate))
    return text.replace("listen 443", f"listen 127.0.0.1:{free_port()}")


@contextmanager
def in_front_of(site: Site, folder: Path, zone: str = "Europe/London", *, has_tls: bool = False) -> Iterator[Nginx]:
    """nginx in front of this site, stopped by its own id."""
    assert all(file.exists() for file in (NGINX, BROTLI)), SENTENCE
    folder.mkdir(exist_ok=True)
    port = free_port()
    text = rewritten(site, port, folder)
    (folder / "site.conf").write_text(with_tls(text, folder) if has_tls else text)
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(brotli=BROTLI, user=getpass.getuser(), folder=folder))
    command = [str(NGINX), "-c", str(main), "-e", str(folder / "error.log"), "-g", "daemon off;"]
    env = {"PATH": os.environ["PATH"], "TZ": zone}
    with (folder / "out").open("w") as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out)
    try:
        end = time.monotonic() + 10
        while not (folder / "pid").exists() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert process.poll() is None, (folder / "out").read_text()
        yield Nginx(site, port, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


@pytest.fixture(scope="session")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """A site of these tests' own with its tree, and nginx in front of it."""
    with running(tmp_path_factory.mktemp("var")) as site:
        wait_for_tree(site)
        with in_front_of(site, site.var / "nginx") as started:
            yield started


@pytest.fixture
def still(nginx: Nginx, tmp_path: Path) -> Iterator[Nginx]:
    """nginx in front of the same site, but reading a copy of the tree that nobody renews."""
    copied = False
    while not copied:  # while another test's change is being taken in, files go
        wait_for_tree(nginx.site)
        shutil.rmtree(tmp_path / "var", ignore_errors=True)
        with suppress(shutil.Error):
            shutil.copytree(nginx.site.var / "published", tmp_path / "var" / "published", symlinks=True)
            copied = True
    (tmp_path / "var" / "static").symlink_to(nginx.site.var / "static")
    with in_front_of(Site(nginx.site.url, tmp_path / "var", nginx.site.log), tmp_path / "nginx") as started:
        yield started
