"""Databases for tests: one migrated template with the cast in it, cloned for each worker.

An ordinary test runs in a transaction that is rolled back. A test that must commit asks for `committed`, and
gets a fresh clone that is dropped afterwards. Tests connect as the application's role, never as the owner.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

# A slow machine is no fault of the code: nothing is judged by its time.
settings.register_profile("rongpei", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rongpei")

ROOT = Path(__file__).parent
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
TEMPLATE = f"rongpei_template_{RUN}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser waited for in vain on a busy machine is tried once more; any other failure stands."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))


def _super() -> psycopg.Connection:
    return psycopg.connect(os.environ["RONGPEI_SUPER_DATABASE_URL"], autocommit=True)


def database_url(kind: str, name: str) -> str:
    """The URL of another database on the same server, for the role behind the environment variable `kind`."""
    parts = urlsplit(os.environ[kind])
    return (
        urlunsplit(parts._replace(path=f"/{name}"))
        .replace("postgresql:/", "postgresql:///", 1)
        .replace("////", "///")
    )


def _build_template() -> None:
    with _super() as server:
        server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        server.execute(f"CREATE DATABASE {TEMPLATE} OWNER rongpei_owner")
    owner = dict(os.environ, RONGPEI_DB_ROLE="owner")
    owner["RONGPEI_OWNER_DATABASE_URL"] = database_url("RONGPEI_OWNER_DATABASE_URL", TEMPLATE)
    app = dict(os.environ, DATABASE_URL=database_url("DATABASE_URL", TEMPLATE))
    app["DJANGO_SETTINGS_MODULE"] = owner["DJANGO_SETTINGS_MODULE"] = "rongpei.site.settings"
    for arguments, environment in (
        (["-m", "django", "migrate", "--verbosity=0", "--skip-checks"], owner),
        (["-m", "django", "raise_walls", "--skip-checks"], owner),
        (["-m", "contracts.build_cast"], app),
    ):
        subprocess.run(
            [sys.executable, *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )


def clone(name: str) -> None:
    """Make a database from the template."""
    with _super() as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER rongpei_owner")


def drop(name: str) -> None:
    """Remove a clone."""
    with _super() as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The template database, built once by whichever worker comes first; `./run test` throws the cluster away."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if worker_id != "master" else base
    with (shared / "template.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            _build_template()
            lock.write("built")
    yield TEMPLATE
    if worker_id == "master":
        drop(TEMPLATE)


def _connect_to(name: str) -> str:
    """Connect this process to another database; gives the name of the one before."""
    from django.db import connections

    connection = connections["default"]
    connection.close()
    before = str(connection.settings_dict["NAME"])
    connections.databases["default"]["NAME"] = connection.settings_dict["NAME"] = name
    return before


@contextmanager
def in_a_clone(name: str, blocker: "DjangoDbBlocker") -> Iterator[str]:
    """A fresh clone in which commits are real, until it is dropped; then the database before is back."""
    from django.db import connections

    clone(name)
    before = _connect_to(name)
    try:
        with blocker.unblock():
            yield name
    finally:
        connections.close_all()
        _connect_to(before)
        drop(name)


@pytest.fixture(scope="session")
def django_db_setup(template: str, worker_id: str) -> Iterator[None]:
    """One clone for each worker's rolled-back tests."""
    from django.core.cache import cache

    name = f"rongpei_test_{RUN}_{worker_id}"
    clone(name)
    _connect_to(name)
    cache.clear()
    yield
    _connect_to("postgres")
    drop(name)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: "DjangoDbBlocker", worker_id: str) -> Iterator[str]:
    """A fresh clone in which commits are real; gives its name."""
    with in_a_clone(f"rongpei_commit_{RUN}_{worker_id}", django_db_blocker) as name:
        yield name


@pytest.fixture
def cast(db: None) -> "object":
    """The cast of people, inside a rolled-back transaction."""
    from contracts.cast import load

    return load()


@pytest.fixture
def analyze(committed: str) -> Callable[[], None]:
    """Gives the planner the statistics of what was committed, so that a plan is the same on every run."""

    def now() -> None:
        with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", committed), autocommit=True) as owner:
            owner.execute("ANALYZE")

    return now


@pytest.fixture
def committed_cast(committed: str) -> "object":
    """The cast of people in a fresh clone, where commits are real."""
    from contracts.cast import load

    return load()


@pytest.fixture(autouse=True)
def _fresh_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.cache import cache

    from rongpei.ground.clock import reading

    # The business date is asked once a test, however slow the machine: queries are counted.
    monkeypatch.setattr(reading, "_KEPT_SECONDS", 3600.0)
    reading.forget()
    cache.clear()  # what is kept for a minute belongs to another test's rows
