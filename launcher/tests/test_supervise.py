"""What dies is started again; what is stopped is gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from launcher import database, processes
from launcher.cluster import Cluster
from launcher.layout import Data
from launcher.supervise import Service, stop_all, watch

_WITH_A_CHILD = """
import pathlib, subprocess, sys, os, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
note = pathlib.Path(sys.argv[1])
note.with_suffix(".new").write_text(f"{os.getpid()} {child.pid}")
note.with_suffix(".new").rename(note)
time.sleep(60)
"""


def _until(happened: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_a_killed_service_returns_and_leaves_no_orphan(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    service = Service(
        "x", [sys.executable, "-c", _WITH_A_CHILD, str(pids)], dict(os.environ), tmp_path / "x.log"
    )
    service.start()
    try:
        _until(pids.exists)
        first, child = map(int, pids.read_text().split())
        pids.unlink()
        os.kill(first, signal.SIGKILL)

        def returned() -> bool:
            service.tend()
            return pids.exists()

        _until(returned)
        _until(lambda: not processes.alive(child))
        second, grandchild = map(int, pids.read_text().split())
        assert second != first
    finally:
        stop_all([service], patience=3)
    _until(lambda: not processes.alive(second) and not processes.alive(grandchild))


def test_a_service_that_cannot_start_is_tried_with_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hundredths = iter(range(101))
    monkeypatch.setattr("launcher.supervise.time", SimpleNamespace(monotonic=lambda: next(hundredths) / 100))
    service = Service("x", ["false"], dict(os.environ), tmp_path / "x.log")
    service.start()
    failures = []
    with suppress(StopIteration):
        while True:
            if service._process is not None:
                service._process.wait(60)
            service.tend()
            failures.append(service.failures)
    assert failures[-1] == 3
    assert 0 < failures.index(2) - failures.index(1) < failures.index(3) - failures.index(2)


def test_the_database_returns_while_watched(cluster: Cluster, data: Data) -> None:
    os.kill(int((data.pg / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    _until(lambda: not cluster.running())
    watch(database.embedded(cluster), [])
    assert cluster.sql("SELECT 1;").strip() == "1"


def test_an_exit_code_passes_through() -> None:
    assert processes.foreground([sys.executable, "-c", "raise SystemExit(7)"], dict(os.environ)) == 7
    assert processes.foreground(["sh", "-c", "kill -TERM $$"], dict(os.environ)) == 128 + signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_services_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; sys.path.insert(0, sys.argv[1]); from pathlib import Path; "
        "from launcher.supervise import Service; "
        "s = Service('x', ['sleep', '60'], dict(os.environ), Path(sys.argv[2])); s.start(); "
        "os.write(1, str(s._process.pid).encode()); os.kill(os.getpid(), 9)"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script, root, str(tmp_path / "log")],
        capture_output=True,
        text=True,
        check=False,
    )
    _until(lambda: not processes.alive(int(done.stdout)))
