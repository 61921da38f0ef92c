"""Readers who check what they get against what was committed before they asked."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.bench.peers.servers import Server
from tests.bench.rows.publisher import ADDRESS, VERSION

LATE = 1.0  # seconds within which a change has to be seen; a withdrawn picture has none
TOKEN = re.compile(rb"/photographs/([0-9a-f]{32})/")


@dataclass
class Known:
    """What was committed, and when: versions of one page, and cases withdrawn."""

    first: int
    cases: dict[str, list[str]]  # the addresses of each: its page and its photographs
    published: list[tuple[float, int]] = field(default_factory=list)
    withdrawn: dict[str, float] = field(default_factory=dict)

    def addresses(self) -> list[str]:
        """All of all cases."""
        return [address for some in self.cases.values() for address in some]

    def least(self, asked_at: float) -> int:
        """The version that a reader who asks at this time has to see, or a newer one."""
        return max([self.first, *(number for end, number in list(self.published) if end + LATE < asked_at)])

    def gone(self, asked_at: float) -> str:
        """All addresses that may not be shown any more, as one text."""
        codes = [code for code, end in list(self.withdrawn.items()) if end < asked_at]
        return " ".join(address for code in codes for address in self.cases[code])


class Reader(threading.Thread):
    """Asks for one address after another on one connection."""

    def __init__(self, server: Server, addresses: list[str], known: Known, requests: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.server, self.addresses, self.known, self.requests = server, addresses, known, requests
        self.chance, self.found, self.complaints = random.Random(seed), Counter[str](), list[str]()
        self.connection = self.connected()

    def connected(self) -> http.client.HTTPConnection:
        """A fresh connection."""
        return http.client.HTTPConnection(self.server.url.removeprefix("http://"), timeout=30)

    def run(self) -> None:
        """Every request, judged."""
        for _ in range(self.requests):
            path = self.chance.choice(self.addresses)
            asked_at = time.time()
            status, body = self.ask(path)
            self.found["asked"] += 1
            for fault in self.faults(path, asked_at, status, body):
                self.found[fault] += 1
                self.complaints.append(f"{fault}: {path} {status}")
        self.connection.close()

    def ask(self, path: str) -> tuple[int, bytes]:
        """Status and body; 0 where there is no answer on a fresh connection either."""
        for is_again in (False, True):
            try:
                self.connection.request("GET", path)
                reply = self.connection.getresponse()
                return reply.status, reply.read()
            except (OSError, http.client.HTTPException):
                self.connection.close()
                self.connection = self.connected()
                self.found["again"] += not is_again
        return 0, b""

    def faults(self, path: str, asked_at: float, status: int, body: bytes) -> list[str]:
        """What is wrong with this answer."""
        gone = self.known.gone(asked_at)
        if status == 410:
            is_expected = any(path in self.known.cases[code] for code in list(self.known.cases))
            return [] if is_expected else ["failed"]
        if status != 200:
            return ["failed"]
        shown = VERSION.search(body) if path == ADDRESS else None
        found = ["stale"] if shown and int(shown[1]) < self.known.least(asked_at) else []
        tokens = {one.decode() for one in TOKEN.findall(body)}
        is_withdrawn = path in gone.split() or any(token in gone for token in tokens)
        return [*found, "withdrawn"] if is_withdrawn else found
