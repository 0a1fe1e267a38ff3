"""Real servers for contracts: granian and the job worker on a database of the test's own; stopped by their pids."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import ROOT, SITE, Server
from conftest import database_url
from launcher import schema
from launcher.processes import die_with_parent


def environment(name: str) -> dict[str, str]:
    """The environment of a process that works on the database of this name, as the application's role."""
    return dict(os.environ) | {
        "DATABASE_URL": database_url("DATABASE_URL", name),
        "RONGPEI_OWNER_DATABASE_URL": database_url("RONGPEI_OWNER_DATABASE_URL", name),
        "DJANGO_SETTINGS_MODULE": "rongpei.site.settings",
        "PYTHONPATH": str(ROOT),
    }


def web(name: str, folder: Path, *, target: str = SITE, workers: int = 1) -> Server:
    """The site on this database, on a free loopback port, with the flags of `./run`; use with `with`. Crowds ask for workers."""
    return Server(environment(name), folder / "web.log", target=target, workers=workers)


def portal_url(name: str) -> str:
    """The database as the portal's role reaches it."""
    return database_url("DATABASE_URL", name).replace("rongpei_app", "rongpei_portal")


def portal_apart(name: str, folder: Path) -> Server:
    """The portal as a process of its own, with its role of the database and no other."""
    apart = environment(name) | {"DATABASE_URL": portal_url(name), "RONGPEI_SITE": "portal"}
    del apart["RONGPEI_OWNER_DATABASE_URL"]
    return Server(apart, folder / "portal.log", workers=1)


def either(name: str, folder: Path, width: int) -> Server:
    """The whole site for wide windows, the portal apart for narrow ones: what readers meet is the same."""
    return web(name, folder) if width > 1000 else portal_apart(name, folder)


@contextmanager
def job_worker(name: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The job worker on this database."""
    with (folder / "work.log").open("ab") as log:
        process = subprocess.Popen(
            schema.django("work"), env=environment(name), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
