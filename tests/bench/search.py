"""A search among 10,000 published documents: `python -m tests.bench.search`, on SQLite or on DATABASE_URL.

Half are cases, half sections of live pages, made of the site's own sentences and 4,000 invented words. Rounds go through
all queries, each asked as a search alone and as a request of Django's test client by turns. With PostgreSQL:
`python tests/postgres.py python -m tests.bench.search`.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench import gallery

SIZE = 5_000  # of each kind
ROUNDS = 3
SECTIONS = """
import sys, time
from content.models import IndexStamp, Passage
from content.search import index, spelling
from content.search.extraction import SearchText
begin = time.perf_counter()
index.rebuild()
print(f"made the index of {size} cases in {time.perf_counter() - begin:.1f} s", file=sys.stderr)
pick = lambda: "".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
invented = [pick() for _ in range(4000)]
pages = list(Passage.objects.exclude(page_id=None))
said = [sentence for one in pages for sentence in one.text.split(". ") if sentence]
made = []
for _ in range(size):
    like = chance.choice(pages)
    words = " ".join(invented[int(chance.paretovariate(0.6)) % 4000] for _ in range(30))
    text = ". ".join([*chance.sample(said, 3), words])
    read = SearchText(f"{like.heading} {chance.choice(invented)}", text, like.anchor)
    made.append(index._passage(read, page_id=like.page_id, content_id=like.content_id))
index._insert_passages(made)
index._renew_stamp()
if connection.vendor == "postgresql":
    connection.cursor().execute("ANALYZE")
else:
    connection.cursor().execute("PRAGMA optimize")
"""
ASK = """
import json, time
import django
django.setup()
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from content.models import Case, Passage, Term, Treatment
from content.pages import published_pages
from content.search import spelling
from content.search.find import find
from tests.search.test_queries import QUERIES
client, on = Client(headers={"host": "localhost"}), timezone.localdate()
queries = [typed for typed, _ in QUERIES] + ["skin", "picture of medium brown skin", "marks on my abdomin before and after", "skinn"]
pages = published_pages(RequestFactory().get("/"))
client.get("/")
clock = time.perf_counter
def timed(call):
    begin = clock()
    call()
    return clock() - begin
found = {"find": [], "cpu": [], "request": [], "slow": {}}
found["documents"], found["terms"] = Passage.objects.count(), Term.objects.count()
def read():
    spelling._cached_vocabulary = None
    spelling.vocabulary()
found["words read after a change"] = [timed(read) for _ in range(3)]
for _ in range(3):
    for typed in queries:
        cpu, begin = time.process_time(), clock()
        find(typed, pages, on)
        took = clock() - begin
        found["find"].append(took)
        found["slow"].setdefault(typed, []).append(took)
        found["cpu"].append(time.process_time() - cpu)
        found["request"].append(timed(lambda: client.get("/search/", {"q": typed})))
cases = list(Case.objects.all()[:10])
found["a case saved"] = [timed(one.save) for one in cases]
treatment = Treatment.objects.first()
with transaction.atomic():  # and taken back: the invented sections stand on no page
    found["a fact saved"] = [timed(treatment.save)]
    transaction.set_rollback(True)
print(json.dumps(found))
"""
MEASURED = ["find", "cpu", "request", "words read after a change", "a case saved", "a fact saved"]


def make_database() -> None:
    """On PostgreSQL a fresh one; SQLite makes its own."""
    if url := os.environ.get("DATABASE_URL"):
        import psycopg2

        connection = psycopg2.connect(url)
        connection.autocommit = True
        connection.cursor().execute(f"DROP DATABASE IF EXISTS bench_{SIZE}")
        connection.cursor().execute(f"CREATE DATABASE bench_{SIZE}")
        connection.close()


def main() -> None:
    """Print a line for each of what is measured: median and 95th of a hundred."""
    found: dict[str, list[float]] = {name: [] for name in MEASURED}
    slow: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        make_database()
        sys.stdout.write(gallery.run(gallery.FILL + SECTIONS, Path(name), SIZE))
        for _ in range(ROUNDS):
            said = json.loads(gallery.run(ASK, Path(name), SIZE))
            for key in MEASURED:
                found[key] += said[key]
            for typed, more in said["slow"].items():
                slow.setdefault(typed, []).extend(more)
    sys.stdout.write(f"{said['documents']} documents, {said['terms']} words of them; {len(found['find'])} searches\n")
    for key, times in found.items():
        middle, late = statistics.median(times) * 1000, sorted(times)[int(len(times) * 0.95)] * 1000
        sys.stdout.write(f"{key:26} p50 {middle:7.1f} ms   p95 {late:7.1f} ms\n")
    slowest = sorted(((statistics.median(times) * 1000, typed) for typed, times in slow.items()), reverse=True)
    sys.stdout.write("slowest: " + ", ".join(f"“{typed}” {took:.0f} ms" for took, typed in slowest[:6]) + "\n")


if __name__ == "__main__":
    main()
