"""Cleaning the vault: what no row names goes, what a row names gets to its place.

A blob in its place without a row is first put aside for 30 days: after a restored backup it may still be wanted.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from rongpei.ground.files import vault
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope

# No transaction is open that long; a younger pending blob may still be waiting for its commit.
PENDING_FOR = timedelta(hours=1)
LOST_FOR = timedelta(days=30)
_BATCH = 1000


@dataclass(slots=True)
class Swept:
    """What a sweep did."""

    removed: int = 0
    finished: int = 0
    put_aside: int = 0


def sweep(*, now: datetime) -> Swept:
    """Clean once; safe at any time, beside uploads and beside another sweep."""
    done = Swept()
    for batch in _batches(_older(vault.pending_blobs(), now - PENDING_FOR)):
        alive, _deleted = _named(batch)
        for place in batch:
            if place.name in alive:
                vault.publish(place.name)
                done.finished += 1
            else:
                place.unlink(missing_ok=True)
                done.removed += 1
    for batch in _batches(_older(vault.published_blobs(), now - PENDING_FOR)):
        alive, deleted = _named(batch)
        for place in batch:
            if place.name in deleted:
                place.unlink(missing_ok=True)
                done.removed += 1
            elif place.name not in alive:
                _put_aside(place, now)
                done.put_aside += 1
    for place in _older(_lost(), now - LOST_FOR):
        place.unlink(missing_ok=True)
        done.removed += 1
    return done


def _named(places: Iterable[Path]) -> tuple[set[str], set[str]]:
    """Of the blobs, the names whose row is alive, and those whose content was deleted."""
    names = [place.name for place in places]
    alive: set[str] = set()
    deleted: set[str] = set()
    with scope(list(Tenant.objects.values_list("id", flat=True))):
        rows = StoredFile.objects.filter(storage_name__in=names)
        for name, deleted_at in rows.values_list("storage_name", "deleted_at"):
            (alive if deleted_at is None else deleted).add(name)
    return alive, deleted


def _put_aside(place: Path, now: datetime) -> None:
    folder = vault.root() / vault.LOST
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.utime(place, (now.timestamp(), now.timestamp()))
    place.rename(folder / place.name)


def _lost() -> Iterator[Path]:
    return (vault.root() / vault.LOST).glob("*")


def _older(places: Iterable[Path], than: datetime) -> Iterator[Path]:
    for place in places:
        try:
            changed_at = place.stat().st_mtime
        except FileNotFoundError:  # published or deleted meanwhile
            continue
        if changed_at < than.timestamp():
            yield place


def _batches(places: Iterator[Path]) -> Iterator[list[Path]]:
    while batch := list(islice(places, _BATCH)):
        yield batch
