"""The embedded database starts in odd places and after sudden death."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from launcher import database
from launcher.cluster import Cluster, socket_folder
from launcher.layout import Data
from launcher.say import Refusal


def test_starts_in_a_path_with_spaces_and_chinese(cluster: Cluster) -> None:
    assert " " in str(cluster.pg)
    assert "融" in str(cluster.pg)
    assert cluster.sql("SELECT '𬱖㛃';").strip() == "𬱖㛃"
    assert cluster.sql("SHOW listen_addresses;").strip() == ""
    locale = cluster.sql("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'postgres';")
    assert locale.strip() == "b|C.UTF-8"


def test_a_path_too_long_for_a_socket_uses_a_short_folder(tmp_path: Path) -> None:
    long = tmp_path / ("很长的目录名" * 8)
    assert socket_folder(Path("/d/pg")) == Path("/d/socket")
    made = Cluster(long / "pg", long / "postgres.log", durable=False)
    assert len(os.fsencode(made.socket / ".s.PGSQL.5432")) <= 107
    assert long not in made.socket.parents
    made.start()
    try:
        assert made.socket.stat().st_mode & 0o777 == 0o700
        assert made.sql("SELECT 1;").strip() == "1"
    finally:
        made.stop()
    assert not made.socket.exists()


def _kill(cluster: Cluster) -> int:
    pid = int((cluster.pg / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while cluster.running() and time.monotonic() < deadline:
        time.sleep(0.01)
    return pid


def test_starts_again_after_kill_9_and_keeps_what_was_committed(cluster: Cluster) -> None:
    cluster.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7);")
    _kill(cluster)
    assert not cluster.running()
    assert (cluster.pg / "postmaster.pid").exists()
    cluster.start()
    assert cluster.sql("SELECT n FROM kept;").strip() == "7"


def test_a_stale_pid_that_now_belongs_to_somebody_else_does_not_matter(cluster: Cluster) -> None:
    dead = _kill(cluster)
    note = cluster.pg / "postmaster.pid"
    note.write_text(note.read_text().replace(str(dead), str(os.getpid()), 1))
    successor = Cluster(cluster.pg, cluster.log, durable=False)
    assert not successor.running()
    successor.start()
    assert successor.sql("SELECT 1;").strip() == "1"
    successor.stop()


def test_a_second_launcher_finds_the_running_cluster(cluster: Cluster) -> None:
    before = (cluster.pg / "postmaster.pid").read_text().split()[0]
    other = Cluster(cluster.pg, cluster.log, durable=False)
    other.start()
    assert (cluster.pg / "postmaster.pid").read_text().split()[0] == before


def test_the_last_user_stops_the_cluster(data: Data) -> None:
    with database.running(data, durable=False, quiet=True) as first:
        assert first.cluster is not None
        with database.running(data, durable=False, quiet=True):
            pass
        assert first.cluster.running()
    assert not first.cluster.running()


def test_the_application_is_neither_superuser_nor_owner(data: Data) -> None:
    with database.running(data, durable=False, quiet=True) as base:
        assert base.cluster is not None
        rows = base.cluster.sql(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname ~ '^rongpei_(app|owner|portal)$' ORDER BY 1;"
        )
        assert rows.split() == ["rongpei_app|f|f|f", "rongpei_owner|f|f|t", "rongpei_portal|f|f|f"]
        owner = base.cluster.sql("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'rongpei';")
        assert owner.strip() == "rongpei_owner"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has anything to drop")
def test_where_namespaces_are_forbidden_root_becomes_a_service_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RONGPEI_NO_UNSHARE", "1")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    made = Cluster(closed / "pg", closed / "postgres.log", durable=False)
    try:
        made.start()
        pid = int((made.pg / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{pid}").stat().st_uid == made.pg.stat().st_uid != 0
        assert closed.stat().st_mode & 0o777 == 0o700
        monkeypatch.delenv("RONGPEI_NO_UNSHARE")
        made.stop()
        made.start()
        assert made.sql("SELECT 1;").strip() == "1"
    finally:
        with suppress(Refusal):
            made.stop()


def test_another_version_of_the_cluster_is_named(data: Data) -> None:
    data.pg.mkdir()
    (data.pg / "PG_VERSION").write_text("15\n")
    with pytest.raises(Refusal, match="PostgreSQL 15"):
        Cluster(data.pg, data.log / "postgres.log").start()
