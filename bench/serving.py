"""Serving an application on a free loopback port with the very flags of `./run`, and stopping it by its pid."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from bench.databases import connect
from bench.load import HOST, allow_files
from launcher.processes import alive, die_with_parent
from launcher.serve import granian

SITE = "rongpei.site.wsgi:application"
ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def granian_words(target: str, port: int, workers: int = 2) -> list[str]:
    """The command line with which `./run` serves, for another application or port."""
    options = argparse.Namespace(listen=HOST, port=port, workers=workers, tls_cert=None, tls_key=None)
    return [*granian(options)[:-1], target]


class Server:
    """One running server; use as a context manager."""

    def __init__(self, env: Mapping[str, str], log: Path, *, target: str = SITE, workers: int = 2) -> None:
        self.env, self.log, self.target, self.workers = dict(env), log, target, workers
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        allow_files(8192)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                granian_words(self.target, self.port, self.workers),
                env=self.env | {"PYTHONPATH": str(ROOT)}, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads here
            )  # fmt: skip
        try:
            self._await()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(12)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def workers_alive(self) -> list[int]:
        """Pids of the web workers."""
        return children_of(self._process.pid) if self._process else []

    def cpu_seconds(self, database: str) -> float:
        """Processor time used so far by the workers and by the database's processes that serve them."""
        pids = self.workers_alive()
        with connect(database) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [database]
            )
            pids += [int(row[0]) for row in rows.fetchall()]
        return sum(_cpu_seconds(pid) for pid in pids)

    def _await(self) -> None:
        deadline = time.monotonic() + 60
        while not answers(self.port, "/health"):
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                tail = self.log.read_text("utf-8", "replace")[-2000:]
                raise RuntimeError(f"the server did not start:\n{tail}")
            time.sleep(0.05)


def answers(port: int, path: str, *, below: int = 500) -> bool:
    """Whether the server answers at all, and with what status."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < below
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """Pids of a process's living children."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if int(parent) == pid and alive(int(entry.name)):
                found.append(int(entry.name))
    return sorted(found)


def descendants_of(pid: int) -> list[int]:
    """Children, their children, and so on."""
    found: list[int] = []
    for child in children_of(pid):
        found += [child, *descendants_of(child)]
    return found
