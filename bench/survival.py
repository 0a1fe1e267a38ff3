"""Sign-ins while processes are killed: a real `./run` in a data folder of its own, blows, and what was kept.

Whoever gets no answer tries again, as a person would. What was acknowledged must be stored, exactly once.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench.hospital import Guest
from bench.load import Load, Outcome, drive
from bench.phones import Phones
from bench.serving import ROOT, answers, children_of, descendants_of, free_port
from launcher import schema
from launcher.cluster import Cluster
from launcher.data import PRODUCTION, open_data
from launcher.database import create_database, embedded
from launcher.environ import django_env
from launcher.layout import python
from launcher.processes import alive

_OURS = ("DATABASE_URL", "RONGPEI_", "DJANGO_", "PYTHONPATH", "PYTEST")
Meeting = tuple[int, int, str]

# With these a commit is acknowledged before it is written anywhere: what the guard protects from.
CARELESS = """
synchronous_commit = off
wal_writer_delay = 10s
wal_writer_flush_after = 1GB
wal_buffers = 64MB
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """People whose acknowledged sign-in is missing, and people stored more than once."""

    lost: frozenset[int]
    doubled: frozenset[int]


def judge(acknowledged: set[int], stored: dict[int, int]) -> Verdict:
    """Compare what was promised with what is there."""
    return Verdict(
        frozenset(acknowledged - stored.keys()), frozenset(who for who, times in stored.items() if times > 1)
    )


def stored_presences(url: str, tenant_id: int, gathering_id: int) -> dict[int, int]:
    """How often each person is stored as present."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('rongpei.scope', %s, false)", [str(tenant_id)])
        rows = connection.execute(
            "SELECT person_id, count(*) FROM gatherings_attendance WHERE gathering_id = %s AND presence = 'present' "
            "GROUP BY person_id",
            [gathering_id],
        )
        return {int(person): int(times) for person, times in rows.fetchall()}


class Installation:
    """A hospital's own `./run`, in production mode, with people who are about to sign in."""

    def __init__(self, path: Path, *, people: int, meetings: int) -> None:
        self.data = open_data(path, PRODUCTION)
        self.cluster = Cluster(self.data.pg, self.data.log / "postgres.log")
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._populate(people, meetings)

    def _populate(self, people: int, meetings: int) -> None:
        self.cluster.start()
        try:
            create_database(self.cluster)
            database = embedded(self.cluster)
            schema.prepare(self.data, database)
            words = [str(python()), "-m", "bench.populate", str(people), str(meetings)]
            env = django_env(self.data, database)
            done = subprocess.run(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=300)  # noqa: S603
        finally:
            self.cluster.stop()
        told = json.loads(done.stdout)
        self.tenant_id = int(told["tenant_id"])
        self.guests = [Guest(**guest) for guest in told["guests"]]
        self.meetings: list[Meeting] = [tuple(meeting) for meeting in told["meetings"]]

    def __enter__(self) -> "Installation":
        env = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        words = [
            sys.executable,
            "-I",
            str(ROOT / "run"),
            "--data",
            str(self.data.path),
            "--port",
            str(self.port),
        ]
        with (self.data.log / "run.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                [*words, "--production"], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.await_answer(120)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(60)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._process = None
        self.cluster.stop()

    def await_answer(self, patience: float) -> float:
        """Wait until the service answers, its database included; gives the seconds."""
        began = time.monotonic()
        while not answers(self.port, "/health", below=400):
            if (
                self._process is None
                or self._process.poll() is not None
                or time.monotonic() - began > patience
            ):
                told = (self.data.log / "run.log").read_text("utf-8", "replace")[-1500:]
                raise RuntimeError(f"the service does not answer:\n{told}")
            time.sleep(0.05)
        return time.monotonic() - began

    def careless(self) -> None:
        """Have the database acknowledge before it writes, from the next start on."""
        with (self.data.pg / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(CARELESS)

    def kill_web_worker(self) -> None:
        """kill -9 of one process that answers requests."""
        _kill([self._web_workers()[0]])

    def kill_web_server(self) -> None:
        """kill -9 of the process that holds the web workers."""
        _kill([self._granian()])

    def kill_job_worker(self) -> None:
        """kill -9 of the job worker."""
        _kill([pid for pid in self._descendants() if _words(pid).endswith(b"\0work\0")])

    def kill_database(self) -> None:
        """kill -9 of the whole database, the postmaster first, so that nobody can write anything out."""
        postmaster = int((self.data.pg / "postmaster.pid").read_text().split("\n", 1)[0])
        _kill([postmaster, *children_of(postmaster)])

    def job_worker_alive(self) -> bool:
        """Whether a job worker is there."""
        return any(_words(pid).endswith(b"\0work\0") for pid in self._descendants())

    def stored(self, meeting: Meeting) -> dict[int, int]:
        """How often each person is stored as present at a meeting."""
        return stored_presences(embedded(self.cluster).app, self.tenant_id, meeting[0])

    def _descendants(self) -> list[int]:
        return descendants_of(self._process.pid) if self._process else []

    def _granian(self) -> int:
        assert self._process is not None
        return next(pid for pid in children_of(self._process.pid) if b"granian" in _words(pid))

    def _web_workers(self) -> list[int]:
        return children_of(self._granian())


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _kill(pids: Sequence[int]) -> None:
    if not pids:
        raise RuntimeError("there is nothing to kill")
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.005)


@dataclass(slots=True)
class Blow:
    """Something killed when so many sign-ins are acknowledged; `silence` is the longest pause that followed."""

    after: int
    name: str
    strike: Callable[[], None]
    struck_at: float = 0.0
    silence: float = 0.0


@dataclass(slots=True)
class Storm:
    """A meeting at which blows fall."""

    place: Installation
    meeting: Meeting
    blows: list[Blow]
    struck: list[Blow] = field(default_factory=list)

    def hold(
        self, guests: Sequence[Guest], *, connections: int = 16, limit: float = 400.0
    ) -> tuple[Outcome, set[int]]:
        """Everybody signs in until acknowledged; gives the outcome and the people acknowledged."""
        place = self.place
        phones = Phones(place.port, place.tenant_id, self.meeting[1], self.meeting[2], guests)
        outcome = drive(
            Load(
                port=place.port, render=phones.render, count=len(guests), connections=connections, limit=limit,
                patience=20, again=True, watch=self._watch,
            )
        )  # fmt: skip
        self._listen(outcome)
        return outcome, {guests[index].person_id for index in outcome.answered}

    def _watch(self, outcome: Outcome) -> None:
        if self.blows and len(outcome.answered) >= self.blows[0].after:
            blow = self.blows.pop(0)
            blow.struck_at = time.perf_counter()
            blow.strike()
            self.struck.append(blow)

    def _listen(self, outcome: Outcome) -> None:
        times = sorted(outcome.answered_at.values())
        for number, blow in enumerate(self.struck):
            end = self.struck[number + 1].struck_at if number + 1 < len(self.struck) else float("inf")
            heard = [blow.struck_at, *(at for at in times if blow.struck_at <= at <= end)]
            blow.silence = max(
                (later - earlier for earlier, later in zip(heard, heard[1:], strict=False)), default=0
            )
