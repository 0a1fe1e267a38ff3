"""Blobs on disk.

A blob is first written under `pending/` (temporary name, fsync, rename), and moved to its sharded place only when
the transaction has committed; before that no row names it. A process that dies between commit and move loses
nothing: `find` looks in both places, and `sweeping` finishes the move.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

PENDING, LOST = "pending", "lost"


def root() -> Path:
    """The folder of all blobs."""
    return Path(settings.RONGPEI_FILES)


def place_of(name: str) -> Path:
    """Where a published blob lies: two levels of 256 folders."""
    return root() / name[:2] / name[2:4] / name


def pending_place_of(name: str) -> Path:
    """Where a blob waits for its transaction."""
    return root() / PENDING / name


def write_pending(name: str, content: bytes) -> None:
    """Write a blob durably where it waits; nothing is left behind when that fails."""
    place = pending_place_of(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_suffix(".part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as blob:
            blob.write(content)
            blob.flush()
            os.fsync(blob.fileno())
        part.rename(place)
        _sync_folder(place.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        place.unlink(missing_ok=True)
        raise


def publish(name: str) -> None:
    """Move a waiting blob to its place; doing it twice changes nothing."""
    place = place_of(name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        pending_place_of(name).rename(place)
        _sync_folder(place.parent)


def find(name: str) -> Path | None:
    """The file of a blob, or None when it is gone."""
    # The second look at the first place covers a move between the two looks.
    for place in (place_of(name), pending_place_of(name), place_of(name)):
        if place.exists():
            return place
    return None


def remove(name: str) -> None:
    """Delete a blob, wherever it lies."""
    place_of(name).unlink(missing_ok=True)
    pending_place_of(name).unlink(missing_ok=True)


def pending_blobs() -> Iterator[Path]:
    """Every file that waits, unfinished ones included."""
    folder = root() / PENDING
    return iter(sorted(folder.iterdir())) if folder.exists() else iter(())


def published_blobs() -> Iterator[Path]:
    """Every file in its place."""
    return root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
