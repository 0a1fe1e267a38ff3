"""Locks held by open files: the kernel frees them whatever happens to their holder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.say import step


class Lock:
    """One lock file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False) -> None:
        """Wait for the lock."""
        fcntl.flock(self._file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Take the lock alone, or report that somebody else is using it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._file)


@contextmanager
def exclusive(path: Path, waiting: str) -> Iterator[None]:
    """Hold a lock; say what we are waiting for when another command has it."""
    lock = Lock(path)
    try:
        if not lock.try_take():
            step(waiting)
            lock.take()
        yield
    finally:
        lock.close()
