"""`./run backup`: database, files and audit heads in one file; the keys apart, in a second."""

import base64
import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from launcher.cluster import MAJOR, first_error
from launcher.data import KEY_NAMES, default_path, open_data, read_marker
from launcher.database import Database, running
from launcher.install import ensure_env
from launcher.layout import VAR, Data, postgres_bin, require_space
from launcher.say import Refusal, result, step

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
ROLES = "roles.sql"

# One row per table, counted inside the snapshot that pg_dump reads too.
_COUNT = """
SELECT format('SELECT %L, count(*) FROM %I.%I;', n.nspname || '.' || c.relname, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1
"""


def backup(data_path: Path | None, words: list[str]) -> int:
    """Write FILE.tar and FILE.tar.keys."""
    if len(words) > 1 or any(word.startswith("-") for word in words):
        raise Refusal("用法：./run backup [文件.tar]", 2)
    path = data_path or default_path()
    if not (path / "rongpei.json").exists():
        raise Refusal(f"{path} 不是融培的数据目录，没有可备份的内容。")
    target = Path(words[0]).absolute() if words else _default_target()
    if target.exists():
        raise Refusal(f"{target} 已经存在，不会覆盖，请换一个文件名。")
    ensure_env()
    data = open_data(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    require_space(target.parent, 2 * _size(data), "备份")
    with running(data, quiet=True) as database:
        write(data, database, target)
    result(f"备份已写入 {target}（{target.stat().st_size / 1e6:.1f} MB）")
    result(f"密钥已写入 {target}.keys，请与备份分开保管；两者缺一不可恢复。")
    return 0


def write(data: Data, database: Database, target: Path) -> None:
    """Make the backup beside its final name, then give it the name."""
    draft = target.with_name(target.name + ".partial")
    dump = target.with_name(target.name + ".dump")
    keys = keys_text(data)
    try:
        step("导出数据库")
        facts = _dump(database, dump)
        facts |= {"format": FORMAT, "created": datetime.now(UTC).isoformat(), "postgresql": MAJOR}
        facts |= {"folder": read_marker(data), "keys": hashlib.sha256(keys).hexdigest()}
        step("打包文件")
        # The folders are read after the dump: a row never points at a file that the backup lacks.
        _pack(data, database, dump, draft, facts)
        _write_secret(target.with_name(target.name + ".keys"), keys)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)


def keys_text(data: Data) -> bytes:
    """The contents of the keys file."""
    keys = {name: base64.b64encode((data.keys / name).read_bytes()).decode() for name in KEY_NAMES}
    return json.dumps({"format": FORMAT, "keys": keys}, indent=1).encode()


def count_tables(run: list[str], snapshot: str = "") -> dict[str, int]:
    """How many rows every table has."""
    text = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n"
    text += f"SET TRANSACTION SNAPSHOT '{snapshot}';\n" if snapshot else ""
    text += "SET LOCAL row_security = off;\n" + _COUNT + "\\gexec\nCOMMIT;\n"
    done = subprocess.run(run, input=text, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode != 0:
        raise Refusal(f"无法统计数据表：{first_error(done.stderr)}")
    rows = (line.rpartition("|") for line in done.stdout.splitlines() if line)
    return {name: int(count) for name, _, count in rows}


def psql(database: Database) -> list[str]:
    """A quiet psql with the widest rights we have: row-level security must hide nothing from a backup."""
    url = database.superuser or database.owner
    return [str(postgres_bin() / "psql"), "-XAtq", "-w", "-v", "ON_ERROR_STOP=1", "-d", url]


def _dump(database: Database, path: Path) -> dict[str, Any]:
    with _snapshot(database) as (snapshot, next_xid):
        tool = [
            str(postgres_bin() / "pg_dump"),
            "-w",
            "-Fc",
            "--create",
            "-d",
            database.superuser or database.owner,
        ]
        tool += ["--snapshot", snapshot, "-f", str(path)]
        done = subprocess.run(tool, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            if "No space left" in done.stderr:
                raise Refusal("磁盘已满：备份没有完成，请腾出空间后再运行一次。")
            raise Refusal(f"导出数据库失败：{first_error(done.stderr)}")
        return {"tables": count_tables(psql(database), snapshot), "next_xid": next_xid}


@contextmanager
def _snapshot(database: Database) -> Iterator[tuple[str, int]]:
    """Hold a transaction open so that dump and counts see the same instant."""
    with subprocess.Popen(
        psql(database), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as session:
        assert session.stdin is not None
        assert session.stdout is not None
        ask = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n"
        session.stdin.write(ask + "SELECT pg_snapshot_xmax(pg_current_snapshot());\n")
        session.stdin.flush()
        snapshot, xid = session.stdout.readline().strip(), session.stdout.readline().strip()
        if not snapshot or not xid:
            raise Refusal("无法连接数据库，备份没有完成。")
        yield snapshot, int(xid)
        session.stdin.close()


def _roles(database: Database) -> bytes:
    if database.cluster is None:
        return b""
    tool = database.cluster.client("pg_dumpall", "dbname=postgres")
    done = subprocess.run([*tool, "--roles-only", "--no-role-passwords"], capture_output=True, check=False)
    if done.returncode != 0:
        raise Refusal("无法导出数据库角色，备份没有完成。")
    return done.stdout


def _pack(data: Data, database: Database, dump: Path, draft: Path, facts: dict[str, Any]) -> None:
    parts: dict[str, dict[str, Any]] = {}
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(handle, "wb") as out,
        tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        roles = _roles(database)
        _add(tar, ROLES, io.BytesIO(roles), len(roles), parts)
        sources = [(DUMP, dump)]
        for folder in ("files", "outside"):
            home = data.path / folder
            sources += [(f"{folder}/{path.relative_to(home)}", path) for path in _plain_files(home)]
        for name, path in sources:
            try:
                with path.open("rb") as file:
                    _add(tar, name, file, os.fstat(file.fileno()).st_size, parts)
            except FileNotFoundError:
                continue  # removed since we listed it: nothing points at it any more
        manifest = json.dumps(facts | {"parts": parts}, ensure_ascii=False, indent=1).encode()
        _add(tar, MANIFEST, io.BytesIO(manifest), len(manifest), {})
        out.flush()
        os.fsync(out.fileno())


class _Hashing:
    """A reader that computes the digest of what the archive is given."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _add(
    tar: tarfile.TarFile, name: str, file: IO[bytes], size: int, parts: dict[str, dict[str, Any]]
) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    reader = _Hashing(file)
    tar.addfile(member, reader)  # type: ignore[arg-type]  # it only ever calls read()
    parts[name] = {"size": size, "sha256": reader.digest.hexdigest()}


def _plain_files(home: Path) -> list[Path]:
    return sorted(path for path in home.rglob("*") if path.is_file() and not path.is_symlink())


def _size(data: Data) -> int:
    return sum(path.stat().st_size for path in _plain_files(data.files)) + (300 << 20)


def _write_secret(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _default_target() -> Path:
    return VAR / "backup" / f"rongpei-{datetime.now().astimezone():%Y%m%d-%H%M%S}.tar"
