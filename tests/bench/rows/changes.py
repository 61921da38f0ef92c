"""How soon a change is seen: by every worker, and by the editor who waits for it on a site of many pages."""

import time
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.peers.servers import Server
from tests.bench.rows.publisher import ADDRESS, VERSION, Publisher
from tests.bench.table import Row, say

IN_A_ROW = 40  # answers on new connections: that one of two workers gave none of them is less than likely
FILL = """
from django.db import transaction
from content.models import Prose
from tests.factories import ProseFactory, author, page_of_kind, slot_of
with transaction.atomic():
    for number in range(%d):
        draft = page_of_kind("clinic", title=f"A page of many, number {number}", slug=f"many-{number}")
        ProseFactory(placeholder=draft.get_placeholders()[0])
        draft.versions.get().publish(author())
"""


def version(server: Server) -> int:
    """The number that a reader sees, on a connection of its own."""
    found = VERSION.search(server.fetched(ADDRESS, is_plain=True)[2])
    return int(found[1]) if found else -1


def seen_after(server: Server, number: int, committed: float) -> float:
    """Seconds after the commit from which on every answer of a long row showed this version."""
    row, since = 0, committed
    while row < IN_A_ROW:
        asked = time.time()
        if version(server) == number:
            since = asked if row == 0 else since
            row += 1
        else:
            row = 0
    return since - committed


def is_whole(var: Path) -> bool:
    """Whether a tree is true and whole."""
    folder = var / "published"
    try:
        return (folder / "open").readlink() == (folder / "last").readlink()
    except OSError:
        return False


def whole_after(var: Path, begin: float, most: float = 900) -> float:
    """Seconds until the tree is true and whole again."""
    while not is_whole(var):
        if time.time() - begin > most:
            raise SystemExit("The tree was not made whole in time.")
        time.sleep(0.1)
    return time.time() - begin


def rows(kept: Path, pages: int, times: int = 5) -> list[Row]:
    """Publish a few times, then again with many pages."""
    publisher = Publisher(kept)
    with servers.ours(kept, "/", has_tick=True) as server:
        whole_after(kept, time.time())
        seen = []
        for _ in range(times):
            number, _, end = publisher.publish()
            seen.append(seen_after(server, number, end))
        begin = time.time()
        servers.shell(kept, FILL % pages)
        say(f"{pages} pages more: made in {time.time() - begin:.0f} s, ", end="")
        say(f"kept as files {whole_after(kept, time.time()):.0f} s after that")
        waits, backgrounds = [], []
        for _ in range(3):
            _, begin, end = publisher.publish()
            waits.append(end - begin)
            backgrounds.append(whole_after(kept, end))
    publisher.close()
    note = f"whole tree {max(backgrounds):.0f} s later, in the background"
    return [
        Row("publish → every worker", seen, 1, "s"),
        Row(f"{pages:,} pages: an editor waits for one publish", waits, 2, "s", note=note),
    ]
