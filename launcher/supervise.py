"""Keeping the server and the job worker alive, each on its own."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from launcher.database import Database
from launcher.processes import die_with_parent
from launcher.say import Refusal, step

_LONGEST_PAUSE = 10.0
_STEADY = 30.0
_LOG_LIMIT = 20 << 20


class Service:
    """One process that is started again when it dies."""

    def __init__(self, name: str, argv: Sequence[str], env: dict[str, str], log: Path) -> None:
        self.name = name
        self.argv = list(argv)
        self.env = env | {"RONGPEI_PROCESS": log.stem}  # names its database connections
        self.log = log
        self.failures = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._again = 0.0

    def start(self) -> None:
        """Start in a session of its own: Ctrl-C reaches it through us, in order."""
        turn_over(self.log)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.argv, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509 - we have no threads
            )  # fmt: skip
        self._began = time.monotonic()

    def tend(self) -> None:
        """Notice a death and start again, soon at first and later with pauses."""
        now = time.monotonic()
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                if self.failures and now - self._began > _STEADY:
                    self.failures = 0
                return
            self._sweep(signal.SIGKILL)
            self._process = None
            pause = min(_LONGEST_PAUSE, 0.25 * 2**self.failures)
            self.failures += 1
            self._again = now + pause
            step(f"{self.name}意外退出（{code}），{pause:.1f} 秒后重新启动；日志：{self.log}")
        if now >= self._again:
            self.start()

    def ask_to_stop(self) -> None:
        """Begin an orderly end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def ensure_stopped(self, deadline: float) -> None:
        """Wait for the end, then make sure that nothing of the group is left."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=max(0.1, deadline - time.monotonic()))
        self._sweep(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _sweep(self, number: int) -> None:
        # Workers of a killed server would otherwise go on holding its port.
        assert self._process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def turn_over(log: Path) -> None:
    """Keep one old log and start a new one when it has grown."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        os.replace(log, log.with_name(log.name + ".1"))


def watch(database: Database, services: Sequence[Service]) -> None:
    """One look at everything; called a few times a second."""
    cluster = database.cluster
    if cluster is not None and not cluster.running():
        step("数据库意外停止，正在重新启动")
        try:
            cluster.start()
            step("数据库已恢复")
        except Refusal as refusal:
            step(f"{refusal} 稍后再试")
    for service in services:
        service.tend()


def stop_all(services: Sequence[Service], patience: float = 12.0) -> None:
    """Stop every service at the same time."""
    for service in services:
        service.ask_to_stop()
    deadline = time.monotonic() + patience
    for service in services:
        service.ensure_stopped(deadline)
