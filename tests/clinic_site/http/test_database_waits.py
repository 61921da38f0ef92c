"""Readers wait a second for the database, and for a PostgreSQL server that is stopped not for ever."""

from pathlib import Path

import pytest
from django.db import connection

from tests.isolated_sites import machine_in

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]

BEGIN = """
import signal, sqlite3, time
from contextlib import closing, contextmanager
from cms.models import PageContent
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from clinic_site.http import database_waits
from content.feedback import answers
from content.models import Answer
from tests.factories import author

page = PageContent.objects.filter(page__is_home=False).first().pk
ORIGIN = {"origin": "http://testserver"}
settings.ALLOWED_HOSTS = ["testserver"]

def waits():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout")
        return str(cursor.fetchone()[0])

@contextmanager
def locked():
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
        return
    import psycopg2
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as writer:
        writer.cursor().execute("LOCK TABLE content_answer, content_counter IN ACCESS EXCLUSIVE MODE")
        yield

def press(browser, clear="yes"):
    return browser.post("/was-this-clear/", {"page": page, "clear": clear}, headers=ORIGIN)
"""
READERS = """
forged = Client()
forged.cookies["sessionid"] = "0" * 32
browser = Client()
receipt = press(browser)["Location"].split("receipt=")[1]
from urllib.parse import unquote
before = Answer.objects.count()
for client in (browser, forged):
    with locked():
        begun = time.monotonic()
        reply = press(client, clear="no")  # another answer: the same one again is known already
        seconds = time.monotonic() - begun
    assert reply.status_code == 503, reply.status_code
    assert "could not be saved just now" in reply.content.decode()
    assert 0.5 < seconds < 3, seconds
with locked():
    reply = browser.post("/was-this-clear/words/", {"receipt": unquote(receipt), "words": "I typed this"}, headers=ORIGIN)
    assert reply.status_code == 503, reply.status_code
    assert "I typed this" in reply.content.decode()
    assert "send them again" in reply.content.decode()
assert Answer.objects.count() == before
assert press(browser).status_code == 303
print(waits())
"""
STAFF = """
seen = []
record = answers.record_answer
answers.record_answer = lambda *args, **more: (seen.append(waits()), record(*args, **more))[1]
browser = Client()
press(browser)
browser.force_login(author())
press(browser, clear="no")
print(*seen)
"""
STOPPED = """
database_waits.limit_replies()
connection.ensure_connection()
server = connection.connection.info.backend_pid
os.kill(server, signal.SIGSTOP)
begun = time.monotonic()
try:
    reply = Client(raise_request_exception=False).get("/search/?q=pain")
    seconds = time.monotonic() - begun
finally:
    os.kill(server, signal.SIGCONT)
assert reply.status_code == 503, reply.status_code
assert database_waits.VISITOR_REPLY_SECONDS <= seconds < database_waits.VISITOR_REPLY_SECONDS + 3, seconds
assert Client().get("/search/?q=pain").status_code == 200
for page in PageContent.objects.order_by("pk").iterator(chunk_size=2):  # a cursor on the server
    assert page.pk
"""


def test_readers_wait_for_a_lock_for_a_second_and_lose_no_word(tmp_path: Path) -> None:
    with machine_in(tmp_path) as machine:
        assert machine.python(BEGIN + READERS) == ("20000" if connection.vendor == "sqlite" else "10s")


def test_staff_wait_longer_than_readers(tmp_path: Path) -> None:
    with machine_in(tmp_path) as machine:
        expected = "1000 20000" if connection.vendor == "sqlite" else "1s 10s"
        assert machine.python(BEGIN + STAFF) == expected


def test_stopped_server_holds_no_reader_for_long(tmp_path: Path) -> None:
    """SQLite has no server that could stop, and needs no client of PostgreSQL."""
    on_sqlite = "database_waits.limit_replies()\nassert 'psycopg2' not in sys.modules\n"
    with machine_in(tmp_path) as machine:
        machine.python(BEGIN + (on_sqlite if connection.vendor == "sqlite" else STOPPED))
