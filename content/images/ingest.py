"""Takes uploads in: decoded in a child process (`decode`), stored only as newly encoded pictures without metadata."""

import fcntl
import json
import logging
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.conf import settings
from django.db import transaction

from clinic_site.http.typed_text import clean_line
from content.images import storage

from .models import Photo
from .specs import MAX_BYTES, MAX_WALL_SECONDS, MIN_SIDE, NO_CUT, Cut, container

MAX_DECODERS = 2  # child processes on this machine, over all workers
SLOT_TIMEOUT = 60  # seconds that an upload waits for its turn
MAX_NAME_LENGTH = 60  # characters of a file's name in a sentence
DIRECTION_CHANGES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # for all that follows them

#: Why an upload is refused and what to do, to follow the file's name.
MESSAGES = {
    "empty": "is empty: if it is kept in the cloud, download it to this device first, then upload it.",
    "unknown": "is not a photograph this site can read: save it as JPEG, PNG, WebP, AVIF or HEIC and upload that.",
    "film": "is a film, not a photograph: save one picture of it as a JPEG and upload that.",
    "unusual": "can’t be opened here, being damaged or of a rare kind: save it as an ordinary JPEG and upload that.",
    "colours": "is saved in HDR, or in other colours that web pages can’t show as they are: "
    "save it as an ordinary JPEG (sRGB, not HDR) and upload that.",
    "many_bytes": "is larger than 30 MB: save it smaller, for example as a JPEG, and upload that.",
    "many_pixels": "has too many pixels: save it with at most 50 megapixels (64 as a JPEG) and upload that.",
    "strip": "is a long strip: crop it to the area that matters and upload that.",
    "small": f"is too small: upload a photograph of at least {MIN_SIDE} pixels each way.",
    "damaged": "is damaged or incomplete: copy it from the camera again and upload that.",
    "heavy": "takes too much work to open: save it again as an ordinary JPEG and upload that.",
    "no_room": "could not be kept because the server’s disk is full: tell whoever looks after the site.",
    "busy": "could not be taken in because others are being uploaded: wait a minute and try again.",
    "failed": "could not be opened because of a fault on this site: tell whoever looks after it.",
}
#: What staff should know of a photograph that was kept, as sentences after the one that says so.
NOTES = {
    "cut_off": "The end of its file is missing, but nothing of the picture: look whether it is as you know it.",
    "one_of_several": "It holds several pictures: only the main one is kept.",
}
logger = logging.getLogger(__name__)


class Upload(Protocol):
    """A file that Django received, or any other open in binary mode; its `name` is only used in messages."""

    @property
    def name(self) -> str | None: ...
    def seek(self, offset: int, /) -> Any: ...
    def read(self, size: int, /) -> bytes: ...


class UploadRefusedError(Exception):
    """One sentence that names the file and says what to do; nothing of the upload was stored. `reason` is its key."""

    def __init__(self, name: str | None, reason: str) -> None:
        super().__init__(f"“{display_name(name)}” {MESSAGES[reason]}")
        self.reason = reason


def display_name(name: str | None) -> str:
    """Return the last part of a file's name for use in a sentence, which it can't turn round; at most 60 characters."""
    last = str(name or "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = clean_line(last.translate(DIRECTION_CHANGES))
    return f"{plain[: MAX_NAME_LENGTH - 1]}…" if len(plain) > MAX_NAME_LENGTH else plain or "This file"


def ingest(file: Upload, *, now: datetime) -> Photo:
    """Store the photograph in `file` (JPEG, PNG, WebP, AVIF or HEIC) and return its saved record.

    Raises UploadRefusedError with a sentence for staff; then there is neither a record nor a file of it.
    """
    token = secrets.token_hex(16)
    try:
        with spooled(file) as upload, storage.incoming_folder(token) as folder:
            facts = decode("all", upload, folder)
            storage.store(token, folder)
            return _create_photo(token, facts, now)
    except RefusalReason as reason:
        raise UploadRefusedError(file.name, str(reason)) from None
    except OSError as error:
        logger.error("A photograph could not be kept: %s", error.strerror)
        raise UploadRefusedError(file.name, "no_room") from None


def as_jpeg(file: Upload) -> bytes:
    """Return the photograph in `file` as a JPEG without metadata, unstored; raises UploadRefusedError."""
    try:
        with spooled(file) as upload, storage.incoming_folder(secrets.token_hex(16)) as folder:
            decode("original", upload, folder)
            return (folder / "original.jpg").read_bytes()
    except RefusalReason as reason:
        raise UploadRefusedError(file.name, str(reason)) from None
    except OSError as error:
        logger.error("A photograph could not be converted: %s", error.strerror)
        raise UploadRefusedError(file.name, "no_room") from None


def _create_photo(token: str, facts: dict[str, Any], now: datetime) -> Photo:
    captured_on = date.fromisoformat(facts["captured_on"]) if facts["captured_on"] else None
    if captured_on and captured_on > now.date() + timedelta(days=1):
        captured_on = None  # the camera's clock was never set
    try:
        with transaction.atomic():
            photo = Photo.objects.create(
                token=token,
                width=facts["width"],
                height=facts["height"],
                sha256=facts["sha256"],
                captured_on=captured_on,
                uploaded_at=now,
            )
    except BaseException:
        storage.delete(token)
        raise
    photo.upload_notes = tuple(NOTES[note] for note in facts["notes"])
    return photo


class RefusalReason(Exception):  # noqa: N818  a key, not a sentence
    """Why an upload was refused: a key of `MESSAGES`."""


@contextmanager
def spooled(file: Upload) -> Iterator[BinaryIO]:
    """Yield the upload as a nameless temporary file, at its start; raises RefusalReason if useless or too large."""
    file.seek(0)
    with tempfile.TemporaryFile(dir=storage.private_folder()) as upload:
        total = 0
        while block := file.read(1024 * 1024):
            total += len(block)
            if total > MAX_BYTES:
                raise RefusalReason("many_bytes")
            if total == len(block) and container(block[:64]) is None:
                raise RefusalReason("unknown")
            upload.write(block)
        if not total:
            raise RefusalReason("empty")
        upload.flush()
        upload.seek(0)
        yield upload


def decode(what: str, upload: BinaryIO, folder: Path, cut: Cut = NO_CUT) -> dict[str, Any]:
    """Return the facts of the pictures that a child wrote into `folder`, cropped by `cut`; raises RefusalReason."""
    with decoder_slot() as slot:
        try:
            child = subprocess.run(  # noqa: S603  our own module; the upload is never part of the command
                [sys.executable, "-m", "content.images.decode", what, str(folder), json.dumps(cut)],
                cwd=settings.BASE_DIR,
                env={"MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=upload,
                capture_output=True,
                pass_fds=[slot],  # the slot is held as long as the child lives, even if this process is killed
                timeout=MAX_WALL_SECONDS + 2,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RefusalReason("heavy") from None
    if child.returncode < 0:  # killed at one of its limits, or a decoder crashed
        raise RefusalReason("heavy")
    if child.returncode:
        logger.error("The decoder did not start: %s", child.stderr[-2000:].decode(errors="replace"))
        raise RefusalReason("failed")
    facts: dict[str, Any] = json.loads(child.stdout)
    if "refused" in facts:
        raise RefusalReason(facts["refused"])
    return facts


@contextmanager
def decoder_slot() -> Iterator[int]:
    """Wait until fewer than two children run on this machine, then yield the file descriptor that holds the slot."""
    with ExitStack() as stack:
        locks = [
            stack.enter_context((storage.private_folder() / f"decoding-{number}.lock").open("w"))
            for number in range(MAX_DECODERS)
        ]
        deadline = time.monotonic() + SLOT_TIMEOUT
        while time.monotonic() < deadline:
            for lock in locks:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield lock.fileno()
                return
            time.sleep(0.05)
        raise RefusalReason("busy")


def rerender(photos: Iterable[Photo]) -> None:
    """Render each photograph again from its original, to the current specs and its crop.

    Raises RefusalReason or OSError, and then leaves the old renditions.
    """
    for photo in photos:
        incoming = secrets.token_hex(16)
        with storage.original_path(photo.token).open("rb") as original, storage.incoming_folder(incoming) as folder:
            decode("renditions", original, folder, photo.cut)
            storage.store_renditions(photo.token, folder, photo.cut)


def render_missing() -> int:
    """Render what an older release or a failed crop has left out; return the number of photographs."""
    count = 0
    for photo in Photo.objects.all():
        if (
            storage.original_path(photo.token).exists()
            and not storage.current_renditions_folder(photo.token, photo.cut).exists()
        ):
            try:
                rerender([photo])
            except (RefusalReason, OSError) as error:
                logger.error("The renditions of a photograph could not be made: %s", error)
            else:
                count += 1
    return count


def delete_orphans(now: datetime) -> int:
    """Delete files without a record that are older than an hour, as a killed upload leaves them; return how many."""
    stored = storage.stored_tokens()
    recorded = set(Photo.objects.filter(token__in=stored).values_list("token", flat=True)) if stored else set()
    return storage.delete_orphans(stored - recorded, now)
