"""A backup restored into an empty folder is the same, table by table and file by file."""

import hashlib
import io
import os
import tarfile
from pathlib import Path

import pytest

from launcher import archive, backup, database, restore
from launcher.cluster import Cluster
from launcher.data import KEY_NAMES, open_data
from launcher.layout import Data
from launcher.say import Refusal

_SCHEMA = """
SET ROLE rongpei_owner;
CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, born date, tags int[]);
CREATE TABLE "Odd name" (id bigint GENERATED ALWAYS AS IDENTITY, person int REFERENCES person, note jsonb, raw bytea);
INSERT INTO person SELECT n, '人' || n || '𬱖', date '1990-01-01' + n, ARRAY[n, n * 2] FROM generate_series(1, 500) n;
INSERT INTO "Odd name" (person, note, raw) SELECT id, jsonb_build_object('k', name), decode(md5(name), 'hex') FROM person;
CREATE TABLE empty (id int);
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON person USING (id::text = nullif(current_setting('rongpei.scope', true), ''));
GRANT SELECT ON person TO rongpei_app;
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$;
CREATE TRIGGER never BEFORE UPDATE OR DELETE ON person FOR EACH ROW EXECUTE FUNCTION never();
"""
_DIGESTS = """
SELECT format('SELECT %L, count(*), md5(coalesce(string_agg(t::text, E''\\n'' ORDER BY t::text), '''')) FROM %I.%I t;',
              c.relname, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public' ORDER BY 1
\\gexec
"""
_TABLES = 3


def _files(data: Data) -> dict[str, str]:
    homes = (data.files, data.outside, data.keys)
    found = (path for home in homes for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(data.path)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _fill(data: Data, cluster: Cluster) -> None:
    cluster.sql(_SCHEMA, database="rongpei")
    (data.files / "ab").mkdir()
    (data.files / "ab" / "照片 1.bin").write_bytes(os.urandom(70_000))
    (data.files / "empty").touch()
    (data.outside / "heads").write_text("sealed")


@pytest.fixture
def made(data: Data, tmp_path: Path) -> tuple[Data, Path, str, int]:
    target = tmp_path / "备份 1.tar"
    with database.running(data, durable=False, quiet=True) as base:
        assert base.cluster is not None
        _fill(data, base.cluster)
        backup.write(data, base, target)
        digests = base.cluster.sql(_DIGESTS, database="rongpei")
        xid = int(base.cluster.sql("SELECT pg_current_xact_id();"))
    return data, target, digests, xid


def test_restore_gives_back_every_table_and_file(made: tuple[Data, Path, str, int], tmp_path: Path) -> None:
    data, target, digests, xid = made
    assert digests.count("\n") == _TABLES
    assert restore.restore(tmp_path / "空 目录", [str(target)]) == 0
    copy = open_data(tmp_path / "空 目录")
    assert _files(copy) == _files(data)
    with database.running(copy, durable=False, quiet=True) as base:
        assert base.cluster is not None
        assert base.cluster.sql(_DIGESTS, database="rongpei") == digests
        assert int(base.cluster.sql("SELECT pg_current_xact_id();")) > xid
        seen = "SELECT count(*) FROM person;"
        assert base.cluster.sql(seen, "rongpei", "rongpei_app").strip() == "0"
        assert base.cluster.sql(f"SET rongpei.scope = '7'; {seen}", "rongpei", "rongpei_app").strip() == "1"
        with pytest.raises(Refusal, match="append only"):
            base.cluster.sql("UPDATE person SET name = '';", "rongpei")
        base.cluster.sql('INSERT INTO "Odd name" (person) VALUES (1);', "rongpei")


def test_keys_are_apart_and_secret(made: tuple[Data, Path, str, int]) -> None:
    data, target, _, _ = made
    keys = Path(f"{target}.keys")
    assert keys.stat().st_mode & 0o777 == 0o600
    assert target.stat().st_mode & 0o777 == 0o600
    whole = target.read_bytes()
    assert not any((data.keys / name).read_bytes() in whole for name in KEY_NAMES)


def test_restore_refuses_what_it_should(made: tuple[Data, Path, str, int], tmp_path: Path) -> None:
    data, target, _, _ = made
    with pytest.raises(Refusal, match="不是空目录"):
        restore.restore(data.path, [str(target)])
    empty = tmp_path / "empty"
    with pytest.raises(Refusal, match="找不到密钥文件"):
        restore.restore(empty, [str(target), "--keys", str(tmp_path / "none")])
    (tmp_path / "wrong").write_text("{}")
    with pytest.raises(Refusal, match="不是这份备份的密钥"):
        restore.restore(empty, [str(target), f"--keys={tmp_path / 'wrong'}"])
    content = bytearray(target.read_bytes())
    content[content.index(b"PGDMP") + 2000] ^= 1
    target.write_bytes(content)
    with pytest.raises(Refusal, match="校验不符"):
        restore.restore(empty, [str(target)])
    target.write_bytes(content[: len(content) // 2])
    with pytest.raises(Refusal, match="备份"):
        restore.restore(empty, [str(target)])
    assert not empty.exists()


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out"])
def test_archives_cannot_write_elsewhere(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.tar"
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(Refusal, match="不安全"):
        archive.extract(path, tmp_path / "in")


def test_archives_cannot_hold_links(tmp_path: Path) -> None:
    path = tmp_path / "bad.tar"
    member = tarfile.TarInfo("link")
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(path, "w") as tar:
        tar.addfile(member)
    with pytest.raises(Refusal, match="链接"):
        archive.extract(path, tmp_path / "in")
