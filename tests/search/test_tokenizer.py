"""Words are split and stemmed the same however many threads do it at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from content.search import tokenizer

WORDS = [f"{stem}{ending}" for stem in ("need", "heal", "mark", "patch", "settl") for ending in ("s", "ing", "ed", "")]


@pytest.fixture
def eager_switching() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("eager_switching")
def test_threads_that_stem_at_once_get_the_words_of_one_alone() -> None:
    uncached = tokenizer.stem.__wrapped__
    alone = [uncached(word) for word in WORDS]
    with ThreadPoolExecutor(4) as threads:
        for stems in threads.map(lambda _: [uncached(word) for word in WORDS], range(200)):
            assert stems == alone
