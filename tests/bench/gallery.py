"""The list of cases with 10, 1,000 and 10,000 of them: `python -m tests.bench.gallery`, on SQLite or on DATABASE_URL.

Each size is a database of its own; rounds alternate between the sizes in one run. A request is one of Django's test
client, first page, unfiltered and filtered by turns. With PostgreSQL: `python tests/postgres.py python -m
tests.bench.gallery`.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10, 1_000, 10_000)
ROUNDS = 5
FILL = """
import os, secrets, random
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from content.seed import loader
loader.seed()
from clinic_site.assets.storage import collect_if_changed
collect_if_changed()
from content.gallery.models import renew_stamp
from content.gallery.choices import *
from content.models import Case, Consent, EverPublic, Pair, Photo, Treatment
from tests.factories import CaseFactory, ConsentFactory, PhotoFactory, attesting_clinician
from datetime import timedelta
from django.utils import timezone
chance = random.Random(7)
size = int(os.environ["SIZE"])
today = timezone.localdate()
dates = dict(given_on=today, expires_on=today + timedelta(days=700))
signed = dict(wording="x", wording_sha256="x", **dates)
consents = Consent.objects.bulk_create([ConsentFactory.build(**signed) for _ in range(size)])
photos = Photo.objects.bulk_create([PhotoFactory.build() for _ in range(2 * size)])
shared = dict(treatment=Treatment.objects.first(), attested_by=attesting_clinician())
cases = Case.objects.bulk_create([
    CaseFactory.build(
        consent=consent, pairs=0, ever_public=None, **shared,
        body_area=chance.choice(BodyArea.values), skin_tone=chance.choice(SkinTone.values),
        mark_colour=chance.choice(MarkColour.values), outcome=chance.choice(Outcome.values),
        sessions=chance.randint(2, 8), weeks_after=chance.randint(4, 60),
    )
    for consent in consents
])
Pair.objects.bulk_create([
    Pair(case=case, view="FRONT", before=before, after=after)
    for case, before, after in zip(cases, photos[::2], photos[1::2])
])
renew_stamp()
from django.db import connection
if connection.vendor == "postgresql":
    connection.cursor().execute("ANALYZE")
"""
ASK = """
import json, time
import django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from content.gallery.models import renew_stamp
client = Client(headers={"host": "localhost"})
urls = ["/before-and-after/", "/before-and-after/?area=abdomen&skin=black&skin=white", "/before-and-after/?change=small"]
assert client.get(urls[0]).status_code == 200
times = []
for number in range(45):
    begin = time.perf_counter()
    client.get(urls[number % 3])
    times.append(time.perf_counter() - begin)
with CaptureQueriesContext(connection) as warm:
    client.get(urls[0])
renew_stamp()
begin = time.perf_counter()
with CaptureQueriesContext(connection) as cold:
    client.get(urls[0])
print(json.dumps([sorted(times)[22], len(warm), len(cold), time.perf_counter() - begin]))
"""


def run(program: str, var: Path, size: int) -> str:
    """What a program says in a process with a database of its own."""
    env = {**os.environ, "VAR_DIR": str(var), "SIZE": str(size), "DJANGO_SETTINGS_MODULE": "clinic_site.settings"}
    if url := env.get("DATABASE_URL"):
        env["DATABASE_URL"] = url.rsplit("/", 1)[0] + f"/bench_{size}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


def make_databases() -> None:
    """On PostgreSQL one for each size; SQLite makes its own."""
    if url := os.environ.get("DATABASE_URL"):
        import psycopg2

        connection = psycopg2.connect(url)
        connection.autocommit = True
        for size in SIZES:
            connection.cursor().execute(f"DROP DATABASE IF EXISTS bench_{size}")
            connection.cursor().execute(f"CREATE DATABASE bench_{size}")
        connection.close()


def main() -> None:
    """Print a line for each size."""
    with tempfile.TemporaryDirectory() as name:
        folders = {size: Path(name) / str(size) for size in SIZES}
        make_databases()
        for size, folder in folders.items():
            run(FILL, folder, size)
        found: dict[int, list[list[float]]] = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size, folder in folders.items():
                found[size].append(json.loads(run(ASK, folder, size)))
    least = statistics.median(one[0] for one in found[SIZES[0]])
    for size, rounds in found.items():
        middle = statistics.median(one[0] for one in rounds)
        cold = statistics.median(one[3] for one in rounds)
        sys.stdout.write(
            f"{size:6} cases: {middle * 1000:6.1f} ms ({middle / least:.2f}×), {rounds[0][1]:.0f} queries; "
            f"first after a change: {cold * 1000:6.1f} ms, {rounds[0][2]:.0f} queries\n"
        )


if __name__ == "__main__":
    main()
