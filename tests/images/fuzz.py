"""One limited child that opens thousands of made uploads: `python -m tests.images.fuzz <how many> <seed> <folder>`.

It keeps its memory limit for all of them and its time limit for each. The upload it is at lies in the folder, so that
the one that ends it can be looked at.
"""

import collections
import hashlib
import io
import json
import resource
import shutil
import signal
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from content.images import decode, specs
from tests.images.assertions import ITS_OWN_FAULT, check_day, check_pictures
from tests.images.strategies import uploads


def check(data: bytes, folder: Path) -> str:
    """Open one upload; the reason why it was refused, or `taken`."""
    out = folder / "out"
    out.mkdir()
    signal.alarm(specs.MAX_WALL_SECONDS)
    answer = decode.process("all", out, io.BytesIO(data))
    signal.alarm(0)
    left = {path.name for path in out.iterdir()}
    if "refused" in answer:
        assert answer.keys() == {"refused"}
        assert answer["refused"] in ITS_OWN_FAULT, answer
        assert left == set()
    else:
        assert answer.keys() == {"width", "height", "sha256", "captured_on", "notes"}
        assert left == {"original.jpg", "renditions"}
        assert answer["sha256"] == hashlib.sha256((out / "original.jpg").read_bytes()).hexdigest()
        check_day(answer["captured_on"])
        check_pictures(out / "original.jpg", out / "renditions", (answer["width"], answer["height"]))
    shutil.rmtree(out)
    return str(answer.get("refused", "taken"))


def main(count: int, number: int, folder: Path) -> None:
    """Open `count` uploads and print how many of them came to what."""
    decode.CPU_SECONDS = resource.RLIM_INFINITY  # of all together; each has the time of one child
    decode.limit_self()
    counts: collections.Counter[str] = collections.Counter()

    @seed(number)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),  # a picture is large and slow by nature
    )  # fmt: skip
    @given(uploads)
    def run(data: bytes) -> None:
        (folder / "upload").write_bytes(data)
        counts[check(data, folder)] += 1

    run()
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
