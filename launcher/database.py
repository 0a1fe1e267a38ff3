"""The database a command works with: the embedded cluster, or the server named by DATABASE_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from launcher.cluster import DATABASE, SUPER, Cluster
from launcher.data import note
from launcher.layout import GIGABYTE, Data, require_space
from launcher.locks import Lock, exclusive
from launcher.say import step

OWNER = "rongpei_owner"
APP = "rongpei_app"
PORTAL = "rongpei_portal"

# Row-level security binds only a role that is neither superuser nor owner: hence three roles.
_ROLES = {OWNER: "CREATEDB", APP: "NOCREATEDB", PORTAL: "NOCREATEDB"}


@dataclass(frozen=True)
class Database:
    """Addresses for the roles, and the cluster behind them when it is ours."""

    app: str
    owner: str
    superuser: str | None
    cluster: Cluster | None = None


def external() -> Database | None:
    """The server named in the environment, if any."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return None
    owner = os.environ.get("RONGPEI_OWNER_DATABASE_URL") or url
    return Database(url, owner, os.environ.get("RONGPEI_SUPER_DATABASE_URL"))


def create_roles(cluster: Cluster) -> None:
    """The roles alone; a restore brings its own database."""
    present = cluster.sql("SELECT rolname FROM pg_roles;").split()
    for role, right in _ROLES.items():
        if role not in present:
            cluster.sql(f"CREATE ROLE {role} LOGIN NOSUPERUSER {right} NOCREATEROLE NOBYPASSRLS;")


def create_database(cluster: Cluster) -> bool:
    """Roles and an empty database, if they are not there; says whether it made them."""
    present = cluster.sql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}';")  # noqa: S608 - a constant
    if present.strip():
        return False
    create_roles(cluster)
    cluster.sql(f"CREATE DATABASE {DATABASE} OWNER {OWNER};")
    return True


def embedded(cluster: Cluster) -> Database:
    """The addresses of a cluster of ours."""
    return Database(cluster.url(APP), cluster.url(OWNER), cluster.url(SUPER), cluster)


@contextmanager
def running(data: Data, *, durable: bool = True, quiet: bool = False) -> Iterator[Database]:
    """Have the database up for a while. Whoever leaves last stops the embedded cluster."""
    outside = external()
    if outside is not None:
        yield outside
        return
    cluster = Cluster(data.pg, data.log / "postgres.log", durable=durable)
    users = Lock(data.path / "pg.users")
    try:
        users.take(shared=True)
        _bring_up(data, cluster, quiet=quiet)
        try:
            yield embedded(cluster)
        finally:
            if users.try_take():
                cluster.stop()
    finally:
        users.close()


def _bring_up(data: Data, cluster: Cluster, *, quiet: bool) -> None:
    with exclusive(data.path / "pg.start", "正在等待另一个命令启动数据库……"):
        if not data.pg.exists():
            require_space(data.path, GIGABYTE, "建立数据库")
            step("建立数据库")
        elif not quiet and not cluster.running():
            step("启动数据库")
        cluster.start()
        if create_database(cluster):
            # What was noted about an earlier database does not hold for this one.
            (data.path / "schema.stamp").unlink(missing_ok=True)
            note(data, demonstrated=False)
