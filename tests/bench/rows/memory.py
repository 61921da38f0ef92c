"""What a worker holds in memory after many requests; no worker is exchanged meanwhile."""

import json
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.peers.servers import Server
from tests.bench.rows.speed import PAGE
from tests.bench.table import Row
from tests.bench.wrk import load

RENDERED = [
    "/plan-your-sessions/?first=2027-01-04&sessions=4&weeks=5",
    "/before-and-after/?area=abdomen",
    "/search/?q=pain",
]
EACH = 50  # one of so many requests goes to Django, each time for another of these
PATHS = """
import json
from clinic_site.page_cache import store
print(json.dumps([path for path in store.last_complete().paths()]))
"""
SCRIPT = """
local kept, rendered, number = {%s}, {%s}, 0
request = function()
  number = number + 1
  local paths = number %% %d == 0 and rendered or kept
  return wrk.format("GET", paths[math.floor(number / (number %% %d == 0 and %d or 1)) %% #paths + 1])
end
"""


def script(folder: Path, paths: list[str]) -> Path:
    """wrk's: every published address in turn, and now and then one that is rendered."""
    file = folder / "every.lua"
    kept, rendered = (", ".join(map(json.dumps, some)) for some in (paths, RENDERED))
    file.write_text(SCRIPT % (kept, rendered, EACH, EACH, EACH))
    return file


def ask(server: Server, requests: int, every: Path) -> int:
    """At least so many requests."""
    done = 0
    while done < requests:
        done += load(server, script=every, seconds=5).requests
    return done


def rows(kept: Path, folder: Path, requests: int) -> list[Row]:
    """After a tenth of the requests, and after all."""
    every = script(folder, json.loads(servers.shell(kept, PATHS).splitlines()[-1]))
    with servers.ours(kept, PAGE) as server:
        early = ask(server, requests // 10, every)
        before = server.memory()
        total = early + ask(server, requests - early, every)
        after = server.memory()
    growth = [(now / then - 1) * 100 for (now, _), (then, _) in zip(after, before, strict=True)]
    done = f"after {total:,} requests"
    return [
        Row(f"RSS of a worker, {done}", [rss for rss, _ in after], 85, "MB"),
        Row("unshared memory of a worker", [unshared for _, unshared in after], 35, "MB"),
        Row(f"growth of RSS since {early:,} requests", growth, 5, "%"),
    ]
