"""Progress, on standard error."""

import sys
import time

_BEGAN = time.monotonic()


def say(text: str) -> None:
    """One line, with the time since the start."""
    print(f"[{time.monotonic() - _BEGAN:6.1f} s] {text}", file=sys.stderr, flush=True)  # noqa: T201 - progress
