"""Every published address after the database has been stopped."""

import json
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.peers import servers
from tests.bench.rows.memory import PATHS
from tests.bench.table import Row
from tests.postgres import server as postgres


def rows(folder: Path) -> list[Row]:
    """Percent of the addresses that answer 200, each asked three times on connections of its own."""
    var = folder / "postgres"
    var.mkdir()
    with ExitStack() as database:
        url = database.enter_context(postgres())
        servers.manage(var, "prepare", DATABASE_URL=url)
        servers.manage(var, "tick", DATABASE_URL=url)
        paths = json.loads(servers.shell(var, PATHS, DATABASE_URL=url).splitlines()[-1])
        with servers.ours(var, "/", has_tick=True, DATABASE_URL=url) as server:
            database.close()
            time.sleep(1)
            statuses = [server.status(path) for _ in range(3) for path in paths]
    share = 100 * statuses.count(200) / len(statuses)
    return [Row(f"database stopped: {len(paths)} published addresses", [share], 100, "% 200", is_least=True)]
