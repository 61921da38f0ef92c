"""With every thread of Django busy, what needs no database is answered at once, and nobody waits for ever."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse

from clinic_site.http.thread_pool import MAX_WAITING, THREADS, DjangoThreadPool

SECONDS = 5  # for what takes a moment


class Slow:
    """Stands in for Django: `/livez` and static files are quick, everything else waits for `go_on`."""

    def __init__(self) -> None:
        self.go_on, self.begun = threading.Event(), threading.Semaphore(0)
        self.at_work, self.most_at_work, self.lock = 0, 0, threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if not environ["PATH_INFO"].startswith(("/livez", "/static/")):
            with self.lock:
                self.at_work += 1
                self.most_at_work = max(self.most_at_work, self.at_work)
            self.begun.release()
            assert self.go_on.wait(SECONDS)
            with self.lock:
                self.at_work -= 1
        start_response("200 OK", [])
        return HttpResponse(b"from Django")


class Crowd:
    """Requests in threads of their own, as gunicorn has one for each."""

    def __init__(self, pool: DjangoThreadPool) -> None:
        self.pool, self.threads, self.replies = pool, list[threading.Thread](), list[str]()

    def ask(self, path: str) -> str:
        started: list[Any] = []
        body = b"".join(self.pool({"PATH_INFO": path}, lambda *args: started.extend(args)))
        assert body
        self.replies.append(started[0])
        return str(started[0])

    def start(self, count: int) -> None:
        for _ in range(count):
            self.threads.append(threading.Thread(target=self.ask, args=("/search/",)))
            self.threads[-1].start()

    def end(self) -> None:
        for thread in self.threads:
            thread.join(SECONDS)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def crowd(slow: Slow) -> Iterator[Crowd]:
    """As many requests as there are places, all at once."""
    crowd = Crowd(DjangoThreadPool(slow))
    crowd.start(THREADS + MAX_WAITING)
    for _ in range(THREADS):
        assert slow.begun.acquire(timeout=SECONDS)
    while crowd.pool.places.acquire(blocking=False):
        crowd.pool.places.release()
    yield crowd
    slow.go_on.set()
    crowd.end()


def test_livez_does_not_wait(crowd: Crowd) -> None:
    assert crowd.ask("/livez") == "200 OK"
    assert crowd.replies == ["200 OK"]


def test_static_file_that_exists_does_not_wait(crowd: Crowd, settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a.js").write_text("")
    assert crowd.ask("/static/js/a.js") == "200 OK"
    for path in ("/static/js/b.js", "/static/../a.js", "/static/js/", "/static/js/../js/a.js"):
        assert crowd.ask(path).startswith("503"), path  # what isn't there, Django looks for in the database


def test_more_than_may_wait_are_told_to_come_back(crowd: Crowd, slow: Slow) -> None:
    assert crowd.ask("/search/") == "503 Service Unavailable"
    slow.go_on.set()
    crowd.end()
    assert crowd.replies.count("200 OK") == THREADS + MAX_WAITING
    assert slow.most_at_work == THREADS
    assert crowd.ask("/search/") == "200 OK"


def test_failed_request_gives_its_place_back() -> None:
    def fail(environ: Any, start_response: Any) -> Any:
        raise ZeroDivisionError

    pool = DjangoThreadPool(fail)
    for _ in range(THREADS + MAX_WAITING + 1):
        with pytest.raises(ZeroDivisionError):
            pool({"PATH_INFO": "/"}, lambda *_: None)


def test_page_is_closed_where_it_was_made_and_a_file_where_it_is_sent(tmp_path: Path) -> None:
    """Closing a response closes the database connections of the thread that does so."""
    closed: list[str] = []
    (tmp_path / "a").write_bytes(b"a file")

    def respond(environ: dict[str, Any], start_response: Any) -> Any:
        response: Any = HttpResponse(b"a page")
        if environ["PATH_INFO"] == "/file":
            response = FileResponse((tmp_path / "a").open("rb"))
        close = response.close
        response.close = lambda: (closed.append(threading.current_thread().name), close())
        return response

    pool = DjangoThreadPool(respond)
    assert b"".join(pool({"PATH_INFO": "/page"}, lambda *_: None)) == b"a page"
    assert [name.split("_")[0] for name in closed] == ["django"]
    response: Any = pool({"PATH_INFO": "/file"}, lambda *_: None)
    assert len(closed) == 1
    assert b"".join(response) == b"a file"
    response.close()
    assert closed[1:] == [threading.current_thread().name]
