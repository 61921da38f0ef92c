"""CPU and requests a second: of a published page, of a 304 and of a page that is rendered, beside the peers.

"Alike" is a page of ours made as the peers' is: the same words in as many text blocks, and the same photographs.
"Rendered" is our treatment page, whose blocks are steps, tables, questions and drawings, while a tree is open that does not hold it, as a fresh tree does until it is whole; "closed" is
the same without a tree, as in the instant after a change. All three are asked for as they are, because no peer compresses;
"packed" is the rendered page as most browsers ask for it, compressed by Django on the way.
"""

import json
import random
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from tests.bench.peers import djangocms, pages, servers, wagtail
from tests.bench.peers.pages import Article
from tests.bench.peers.servers import Server
from tests.bench.table import Row, ratios, say
from tests.bench.wrk import OFTEN, Load, load
from tests.browser.conftest import ROOT

PAGE = "/microneedling-for-stretch-marks/"
AS_IT_IS = {"Accept-Encoding": "identity"}
ALIKE = "/bench-text/"
FILL = """
import json
from django.db import transaction
from tests.factories import CaseGalleryFactory, ProseFactory, author, page_of_kind
told = json.load(open("{}/article.json"))
with transaction.atomic():
    draft = page_of_kind("clinic", title=told["title"], slug="bench-text")
    slot = draft.get_placeholders()[0]
    for number, words in enumerate(told["blocks"]):
        ProseFactory(placeholder=slot, heading="", body=words)
        if not number:
            CaseGalleryFactory(placeholder=slot, how_many=len(told["pictures"]) // 2)
    draft.versions.get().publish(author())
"""
#: Lanes whose reply was there before: they are compared with each other, so nothing heavier stands between them.
KEPT = {"bare", "ours", "unchanged", "djangocms_kept", "wagtail_kept"}
HOP = {"server", "date", "connection", "transfer-encoding", "content-length"}


class Sites(NamedTuple):
    """Folders of our site: with its tree, with a tree that lacks the page, and without a tree."""

    kept: Path
    unkept: Path
    closed: Path


@dataclass
class Lane:
    """A server under the same load each round, and what the rounds came to."""

    server: Server
    headers: dict[str, str] = field(default_factory=dict)
    loads: list[Load] = field(default_factory=list)

    @property
    def cpu(self) -> list[float]:
        """Seconds for each request, round by round."""
        return [one.cpu for one in self.loads]

    @property
    def rate(self) -> list[float]:
        """Requests a second, round by round."""
        return [one.rate for one in self.loads]


def bare(stack: ExitStack, like: Server, folder: Path) -> Server:
    """A callable that returns what this server returned."""
    status, headers, body = like.fetched()
    assert status == 200
    kept = [(name, value) for name, value in headers.items() if name.lower() not in HOP]
    (folder / "body").write_bytes(body)
    (folder / "headers.json").write_text(json.dumps([*kept, ("Content-Length", str(len(body)))]))
    where = {"python": Path(sys.executable), "folder": ROOT, "BARE": str(folder)}
    return stack.enter_context(servers.gunicorn("bare callable", "tests.bench.peers.bare", "/", **where))


def checked_unchanged(server: Server) -> dict[str, str]:
    """The headers that ask for a 304, once the reply has shown a strong ETag and the right Vary."""
    _, headers, _ = server.fetched()
    assert headers["ETag"].startswith('"'), headers
    assert headers["Vary"] == "Accept-Encoding", headers
    return {"If_None_Match": headers["ETag"]}


def article(server: Server, var: Path, folder: Path) -> Article:
    """Our page for the peers."""
    return pages.article(server, int(servers.shell(var, pages.BLOCKS)), folder)


def filled(var: Path, text: Article, folder: Path) -> None:
    """Put the peers' page on this site of ours, and leave the tree without the pages that are to be rendered."""
    text.write(folder)
    servers.shell(var, FILL.format(folder))
    servers.manage(var, "tick")
    for page in (PAGE, ALIKE):
        for told in var.glob(f"published/trees/*/told{page}index.html.json"):
            told.unlink()


def lanes(stack: ExitStack, sites: Sites, folder: Path) -> dict[str, Lane]:
    """All servers, started."""
    ours = stack.enter_context(servers.ours(sites.kept, PAGE, name="ours, published"))
    text = article(ours, sites.kept, folder)
    filled(sites.unkept, text, folder)
    rendered = stack.enter_context(servers.ours(sites.unkept, PAGE, name="ours, rendered"))
    alike = replace(rendered, name="ours, as the peers' page", path=ALIKE)
    pages.check(alike, text, tag="<picture")  # our drawings are images as well
    found = {
        "bare": Lane(bare(stack, ours, folder)),
        "ours": Lane(ours),
        "unchanged": Lane(ours, checked_unchanged(ours)),
        "alike": Lane(alike, AS_IT_IS),
        "rendered": Lane(rendered, AS_IT_IS),
        "packed": Lane(rendered),
        "closed": Lane(stack.enter_context(servers.ours(sites.closed, PAGE, name="ours, no tree")), AS_IT_IS),
    }
    for name, peer in (("djangocms", djangocms), ("wagtail", wagtail)):
        found[f"{name}_kept"] = Lane(stack.enter_context(peer.serving(text, is_cached=True)))
        found[name] = Lane(stack.enter_context(peer.serving(text, is_cached=False)))
        pages.check(found[name].server, text)
        pages.check(found[f"{name}_kept"].server, text)
    return found


def rows(sites: Sites, folder: Path, rounds: int) -> list[Row]:
    """Rounds over what is kept, then over what is rendered, each in another order because what ran before weighs on the
    next; what they come to."""
    with ExitStack() as stack:
        found = lanes(stack, sites, folder)
        for lane in found.values():
            load(lane.server, seconds=1, **lane.headers)  # warm in every worker
        chance = random.Random(7)
        for names, times in ((KEPT, rounds * OFTEN), (found.keys() - KEPT, rounds)):
            for _ in range(times):
                for name in chance.sample(sorted(names), len(names)):
                    found[name].loads.append(load(found[name].server, **found[name].headers))
        for name, lane in found.items():
            tell(name, lane)
    return compared(found)


def tell(name: str, lane: Lane) -> None:
    """What was served, and what it cost."""
    _, headers, body = lane.server.fetched(is_plain=lane.headers == AS_IT_IS)
    encoding = headers.get("Content-Encoding", "not compressed")
    cpu, rate = sorted(lane.cpu)[len(lane.cpu) // 2], sorted(lane.rate)[len(lane.rate) // 2]
    what = f"{lane.server.name}{' (304)' if name == 'unchanged' else ''}"
    say(f"{name:15} {what:28} {len(body):6} bytes, {encoding:14} {cpu * 1000:7.3f} ms CPU {rate:7.0f} requests/s")


def compared(found: dict[str, Lane]) -> list[Row]:
    """The rows of the table."""
    cpu = {name: lane.cpu for name, lane in found.items()}
    rate = ratios(found["ours"].rate, found["bare"].rate)
    return [
        Row("CPU, published page : bare callable, same bytes", ratios(cpu["ours"], cpu["bare"]), 1.15),
        Row("requests/s, the same", rate, 0.9, is_least=True),
        Row("CPU, published page : django CMS' page cache", ratios(cpu["ours"], cpu["djangocms_kept"]), 0.3),
        Row("CPU, published page : Wagtail with Django's cache", ratios(cpu["ours"], cpu["wagtail_kept"]), 0.5),
        Row("CPU, 304 : that 200 (strong ETag, Vary seen)", ratios(cpu["unchanged"], cpu["ours"]), 0.9),
        *(
            Row(f"CPU, {what} : {against}", ratios(cpu[lane], cpu[peer]), aim)
            for lane, what in (("alike", "rendered page, text blocks"), ("rendered", "rendered treatment page"))
            for peer, against, aim in (("djangocms", "django CMS, caches off", 0.35), ("wagtail", "Wagtail", 0.6))
        ),
    ]
