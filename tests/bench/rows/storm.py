"""GETs while pages are published, cases withdrawn and workers killed one at a time: what failed, and what was not true.

A reader keeps a connection, as browsers and nginx do; where it breaks, the page is asked for once more on a fresh one, as
both do with a GET. What gets no answer then has failed, and so has any status but 200, or 410 once a case is withdrawn.
One worker at a time: the next is killed once every reader has an answer since, so that no request loses two of them.
"""

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.peers.servers import Server
from tests.bench.rows.changes import whole_after
from tests.bench.rows.publisher import ADDRESS, Publisher
from tests.bench.rows.readers import Known, Reader
from tests.bench.table import Row, say

READERS = 4
STEPS = 25  # times at most that something is done to the site in one run
LEAST = 100  # requests between two of them
PAGES = ["/", "/microneedling-for-stretch-marks/", "/before-and-after/", ADDRESS, ADDRESS]


def rows(kept: Path, requests: int, **env: str) -> list[Row]:
    """So many requests in all, by a few readers at once; `env` is what the site's environment holds besides its folder."""
    publisher = Publisher(kept, **env)
    number, _, _ = publisher.publish()
    cases = publisher.cases()
    known = Known(number, cases)
    with servers.ours(kept, "/", has_tick=True, **env) as server:
        whole_after(kept, time.time())
        readers = [
            Reader(server, [*PAGES, *known.addresses()], known, requests // READERS, seed) for seed in range(READERS)
        ]
        for reader in readers:
            reader.start()
        killed = disturbed(server, publisher, known, readers)
        for reader in readers:
            reader.join()
    publisher.close()
    return told(readers, known, killed)


def disturbed(server: Server, publisher: Publisher, known: Known, readers: list[Reader]) -> int:
    """Publish, withdraw and kill, evenly over all that is read; says how many workers were killed."""
    chance, killed, waiting = random.Random(7), 0, list(known.cases)
    at_kill: list[tuple[Reader, int]] = []
    each, steps = max(LEAST, sum(reader.requests for reader in readers) // STEPS), 0
    while any(reader.is_alive() for reader in readers):
        time.sleep(0.1)
        asked = sum(reader.found["asked"] for reader in readers)
        if asked < steps * each or any(one.is_alive() and one.found["asked"] <= then for one, then in at_kill):
            continue
        steps += 1
        number, _, end = publisher.publish()
        known.published.append((end, number))
        if len(waiting) > 1 and steps % 3 == 0:
            code = waiting.pop()
            known.withdrawn[code] = publisher.withdraw(code)
        workers = server.workers()
        if len(workers) > 1:  # the other one answers meanwhile
            os.kill(chance.choice(workers), signal.SIGKILL)
            at_kill = [(reader, reader.found["asked"]) for reader in readers]
            killed += 1
        say(f"\r{asked:,} asked", end="")
    say("")
    return killed


def told(readers: list[Reader], known: Known, killed: int) -> list[Row]:
    """The rows, and what happened meanwhile."""
    total: Counter[str] = sum((reader.found for reader in readers), Counter())
    done = total["asked"]
    say(
        f"{done:,} GETs: {len(known.published)} publishes, {len(known.withdrawn)} withdrawals, {killed} workers killed, "
        f"{total['again']} asked again on a fresh connection"
    )
    for reader in readers:
        for line in reader.complaints[:3]:
            say(f"  {line}")
    return [
        Row(f"{done:,} GETs in a storm: failed", [float(total["failed"])], 0, ""),
        Row("  stale beyond 1 s", [float(total["stale"])], 0, ""),
        Row("  with a withdrawn picture", [float(total["withdrawn"])], 0, ""),
    ]
