"""The installed machine: `./run` to the first page, and a web worker's memory at rest."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.context import Context
from bench.load import Load, drive, get
from bench.rows import MEMORY_AT_REST, START, Row
from bench.say import say
from bench.serving import ROOT, answers, descendants_of, free_port

STARTS = 3
_PAGE = "/accounts/login/"


def measure(context: Context) -> Iterator[Row]:
    """Start the real thing in a data folder of its own, once to install and then timed."""
    seconds, resident, proportional = [], 0.0, 0.0
    for turn in range(STARTS + 1):
        say(f"./run, start {turn} of {STARTS} (start 0 makes the data folder)")
        taken, resident, proportional = _start(context.data / "machine")
        if turn:
            seconds.append(taken)
    yield Row("machine", "./run to the first page", median(seconds), "s", START)
    note = f"PSS {proportional:.0f} MB, largest of two workers"
    yield Row("machine", "memory of a web worker at rest", resident, "MB", MEMORY_AT_REST, note=note)


def _start(data: Path) -> tuple[float, float, float]:
    port = free_port()
    unset = ("DATABASE_URL", "RONGPEI_", "DJANGO_", "PYTHONPATH")
    env = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    words = [
        sys.executable,
        "-I",
        str(ROOT / "run"),
        "--data",
        str(data),
        "--port",
        str(port),
        "--production",
    ]
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own words
        words,
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port, _PAGE, below=400):
            if process.poll() is not None or time.perf_counter() - began > 180:
                raise RuntimeError("./run did not serve a page")
            time.sleep(0.02)
        taken = time.perf_counter() - began
        drive(Load(port=port, render=lambda _index: get(_PAGE, port), count=64, connections=16))
        time.sleep(2)
        resident, proportional = _web_worker_memory(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    return taken, resident, proportional


def _web_worker_memory(supervisor: int) -> tuple[float, float]:
    """RSS and PSS in MB of the largest process that granian started."""
    found = []
    for pid in descendants_of(supervisor):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"granian" in words or b"spawn_main" in words or b"multiprocessing" in words:
            sizes = dict.fromkeys(("Rss", "Pss"), 0.0)
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, _, rest = line.partition(":")
                if name in sizes:
                    sizes[name] = int(rest.split()[0]) / 1024
            found.append((sizes["Rss"], sizes["Pss"]))
    return max(found)
