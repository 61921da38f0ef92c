"""The process cache: values are current while the page cache is active, private copies, and only for readers."""

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory

from clinic_site.page_cache import process_cache, store
from tests.page_cache import activate_page_cache

pytestmark = pytest.mark.usefixtures("remembers")


def reader() -> HttpRequest:
    return RequestFactory().get("/")


class Well:
    """Gives another number each time it is asked."""

    def __init__(self) -> None:
        self.drawn = 0

    def draw(self) -> int:
        self.drawn += 1
        return self.drawn


def test_value_is_loaded_once_while_the_cache_is_active() -> None:
    well = Well()
    assert [process_cache.get_shared(reader(), "well", well.draw) for _ in range(3)] == [1, 1, 1]
    assert process_cache.get_shared(reader(), "other", well.draw) == 2


def test_value_is_loaded_again_once_the_cache_is_invalidated_or_replaced() -> None:
    well = Well()
    process_cache.get_shared(reader(), "well", well.draw)
    store.invalidate()
    assert [process_cache.get_shared(reader(), "well", well.draw) for _ in range(2)] == [2, 3]
    activate_page_cache()
    assert [process_cache.get_shared(reader(), "well", well.draw) for _ in range(2)] == [4, 4]


def test_nothing_is_stored_without_an_active_cache(tmp_path: Path, settings: settings) -> None:
    settings.VAR_DIR = tmp_path / "elsewhere"
    well = Well()
    assert [process_cache.get_shared(reader(), "well", well.draw) for _ in range(2)] == [1, 2]


def test_value_loaded_during_a_change_is_not_stored() -> None:
    well = Well()

    def draw_over_a_change() -> int:
        store.invalidate()
        activate_page_cache()
        return well.draw()

    assert process_cache.get_shared(reader(), "well", draw_over_a_change) == 1
    assert process_cache.get_shared(reader(), "well", well.draw) == 2


def test_slow_load_stores_nothing_in_the_next_cache() -> None:
    well = Well()

    def outlast() -> int:
        store.invalidate()
        activate_page_cache()
        return process_cache.get_shared(reader(), "quick", well.draw)

    process_cache.get_shared(reader(), "slow", outlast)
    assert process_cache.get_shared(reader(), "quick", well.draw) == 1


def test_only_readers_get_cached_values() -> None:
    well = Well()
    process_cache.get_shared(reader(), "well", well.draw)
    signed_in = reader()
    signed_in.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    others = [signed_in, RequestFactory().post("/"), HttpRequest()]
    assert [process_cache.get_shared(request, "well", well.draw) for request in others] == [2, 3, 4]
    assert [process_cache.get_copy(request, "own", lambda: [well.draw()]) for request in others] == [[5], [6], [7]]


def test_nothing_is_stored_in_a_transaction(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.undo()  # the test's own transaction is one
    activate_page_cache()
    well = Well()
    assert [process_cache.get_shared(reader(), "well", well.draw) for _ in range(2)] == [1, 2]


def test_each_request_may_change_its_own_copy() -> None:
    for _ in range(2):
        found = process_cache.get_copy(reader(), "list", lambda: [{"a": 1}])
        assert found == [{"a": 1}]
        found[0]["a"] = 2


def test_cache_stores_at_most_max_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_cache, "MAX_VALUES", 3)
    well = Well()
    for number in range(5):
        process_cache.get_shared(reader(), number, well.draw)
    assert [process_cache.get_shared(reader(), number, well.draw) for number in range(5)] == [1, 2, 3, 6, 7]


def test_threads_never_get_what_was_true_before_a_change() -> None:
    """The truth grows, closed before and opened after; a reader may get what was true when it began, or later."""
    truth, wrong, is_over = [0], list[tuple[int, int]](), threading.Event()

    def read() -> None:
        while not is_over.is_set():
            least = truth[0]
            found = process_cache.get_copy(reader(), "truth", lambda: list(truth))[0]
            if found < least:
                wrong.append((found, least))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 150):
        store.invalidate()
        truth[0] = number
        activate_page_cache()
    is_over.set()
    for thread in threads:
        thread.join()
    assert wrong == []
