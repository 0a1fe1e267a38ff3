"""Talking to the person at the keyboard: progress on stderr, results on stdout, refusals in one sentence."""

import sys
import time

_STARTED = time.monotonic()


class Refusal(Exception):
    """A sentence for the person at the keyboard; shown without a traceback."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def elapsed() -> float:
    """Seconds since the command began."""
    return time.monotonic() - _STARTED


def step(text: str) -> None:
    """A progress line. On stderr, so that a command's own output stays clean."""
    print(f"[{elapsed():6.1f} 秒] {text}", file=sys.stderr, flush=True)


def result(text: str) -> None:
    """Something the person asked for."""
    print(text, flush=True)


def complain(text: str) -> None:
    """The sentence of a refusal."""
    print(f"融培：{text}", file=sys.stderr, flush=True)
