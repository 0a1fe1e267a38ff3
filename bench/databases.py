"""Databases of the bench: the floor's, a template for each kind of hospital, and clones of them."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
_APP, _OWNER = "DATABASE_URL", "RONGPEI_OWNER_DATABASE_URL"


def url(name: str, *, owner: bool = False) -> str:
    """The address of another database on the same server."""
    parts = urlsplit(os.environ[_OWNER if owner else _APP])
    # urlunsplit drops the empty host of a socket address.
    return urlunsplit(parts._replace(path=f"/{name}")).replace(":/" + name, ":///" + name, 1)


def env_for(name: str, **more: str) -> dict[str, str]:
    """The environment of a process that works on this database."""
    return dict(os.environ) | {_APP: url(name), _OWNER: url(name, owner=True)} | more


def connect(name: str, *, owner: bool = False) -> psycopg.Connection:
    """A connection that commits each statement."""
    return psycopg.connect(url(name, owner=owner), autocommit=True)


def main_name() -> str:
    """The migrated database that `./run bench` prepared; nothing is ever written there."""
    return urlsplit(os.environ[_APP]).path.lstrip("/")


def exists(name: str) -> bool:
    """Whether the database is there."""
    with connect(main_name(), owner=True) as server:
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def create(name: str, template: str | None = None) -> None:
    """A database, empty or a copy."""
    drop(name)
    with connect(main_name(), owner=True) as server:
        server.execute(f"CREATE DATABASE {name} " + (f"TEMPLATE {template}" if template else ""))


def drop(name: str) -> None:
    """Remove a database that nobody uses."""
    with connect(main_name(), owner=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")


def rename(old: str, new: str) -> None:
    """Give a finished database its lasting name, so that half a one is never taken for it."""
    with connect(main_name(), owner=True) as server:
        server.execute(f"ALTER DATABASE {old} RENAME TO {new}")


@contextmanager
def cloned(template: str, name: str) -> Iterator[str]:
    """A copy for a while."""
    create(name, template)
    try:
        yield name
    finally:
        drop(name)


def sources_key() -> str:
    """A digest of everything a kept template depends on: the schema and what fills it."""
    package = ROOT / "rongpei"
    patterns = ("**/migrations/*.py", "**/models.py", "ground/tenancy/*.py", "org/people/roster/samples.py")
    found = {path for pattern in patterns for path in package.glob(pattern)}
    found |= {ROOT / "bench" / "hospital.py", ROOT / "bench" / "growing.py", ROOT / "bench" / "library.py"}
    digest = hashlib.sha256()
    for path in sorted(found):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def forget_old(key: str) -> None:
    """Drop kept templates of other sources, and what a killed run left."""
    with connect(main_name(), owner=True) as server:
        rows = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_%'").fetchall()
        for (name,) in rows:
            if not name.endswith(key):
                server.execute(f"DROP DATABASE IF EXISTS {name}")


def use(name: str) -> None:
    """Point this process's Django at a database."""
    from django.db import connections

    connection = connections["default"]
    connection.close()
    connections.databases["default"]["NAME"] = connection.settings_dict["NAME"] = name


def leave() -> None:
    """Close this process's connection, so that the database can be copied or dropped."""
    use(main_name())


def vacuum(name: str) -> None:
    """What the server's own upkeep would have done by now."""
    with connect(name, owner=True) as owner:
        owner.execute("VACUUM ANALYZE")
