"""`./run restore`: a backup and its keys become a new data folder, checked before and after."""

import base64
import hashlib
import json
import os
import subprocess
import tarfile
from pathlib import Path
from typing import IO, Any

from launcher import archive, backup
from launcher.cluster import SUPER, Cluster, first_error
from launcher.data import KEY_NAMES, default_path, write_marker
from launcher.database import embedded, external
from launcher.install import ensure_env
from launcher.layout import GIGABYTE, Data, postgres_bin, require_space
from launcher.privilege import identity_for
from launcher.say import Refusal, result, step

_USAGE = "用法：./run restore 文件.tar [--data 目录] [--keys 密钥文件]"


def restore(data_path: Path | None, words: list[str]) -> int:
    """Restore into an empty data folder."""
    source, data_path, keys_path = _arguments(data_path, words)
    if external() is not None:
        raise Refusal(
            "已设置 DATABASE_URL：恢复只支持内置数据库，外部服务器请用 pg_restore 恢复备份中的 database.dump。"
        )
    data = Data((data_path or default_path()).absolute())
    if data.path.exists() and (not data.path.is_dir() or any(data.path.iterdir())):
        raise Refusal(f"{data.path} 不是空目录，恢复不会覆盖已有数据，请用 --data 指定一个空目录。")
    ensure_env()
    step("核对备份")
    manifest = verify(source)
    keys = _keys(keys_path, manifest)
    require_space(data.path, 2 * source.stat().st_size + GIGABYTE, "恢复")
    write(data, source, manifest, keys)
    rows = sum(manifest["tables"].values())
    files = sum(name.startswith("files/") for name in manifest["parts"])
    result(f"已恢复到 {data.path}：{len(manifest['tables'])} 张表、{rows} 行、{files} 个文件，均已核对。")
    return 0


def verify(source: Path) -> dict[str, Any]:
    """Read the whole backup once and compare every part with the manifest; nothing is written."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source, "r:") as tar:
            for member in archive.members(tar, source):
                stream = tar.extractfile(member)
                assert stream is not None
                if member.name == backup.MANIFEST:
                    manifest = dict(json.loads(stream.read()))
                elif member.name in found:
                    raise Refusal(f"{source} 里有重复的部分 {member.name}，拒绝恢复。")
                else:
                    found[member.name] = _digest(stream)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Refusal(f"{source} 不是完好的融培备份文件。") from error
    except FileNotFoundError as error:
        raise Refusal(f"找不到备份文件 {source}。") from error
    if manifest.get("format") != backup.FORMAT:
        raise Refusal(f"{source} 不是完好的融培备份文件，或来自更新的版本。")
    expected = {name: part["sha256"] for name, part in manifest["parts"].items()}
    wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if wrong or backup.DUMP not in found:
        raise Refusal(f"备份 {source} 已损坏或被改动（{(wrong or [backup.DUMP])[0]} 校验不符），拒绝恢复。")
    return manifest


def write(data: Data, source: Path, manifest: dict[str, Any], keys: dict[str, bytes]) -> None:
    """Fill the folder; the note `restore-unfinished` goes only when everything has been compared."""
    data.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    data.path.chmod(0o700)
    data.restoring.touch()
    for folder in (data.files, data.outside, data.log):
        folder.mkdir(exist_ok=True)
    step("恢复文件和密钥")
    _unpack(data, source)
    data.keys.mkdir(mode=0o700)
    for name, content in keys.items():
        with os.fdopen(os.open(data.keys / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    step("恢复数据库")
    _restore_database(data, manifest)
    write_marker(data, dict(manifest["folder"]))
    for name in (backup.DUMP, backup.ROLES):
        (data.path / name).unlink()
    data.restoring.unlink()


def _unpack(data: Data, source: Path) -> None:
    with tarfile.open(source, "r:") as tar:
        for member in archive.members(tar, source):
            top = member.name.partition("/")[0]
            if top in {"files", "outside", backup.DUMP, backup.ROLES}:
                archive.write_member(tar, member, data.path / member.name)


def _restore_database(data: Data, manifest: dict[str, Any]) -> None:
    cluster = Cluster(data.pg, data.log / "postgres.log")
    cluster.make()
    _advance_transactions(cluster, int(manifest["next_xid"]))
    cluster.start()
    try:
        _restore_roles(cluster, (data.path / backup.ROLES).read_text("utf-8"))
        tool = cluster.client("pg_restore", "postgres")
        done = subprocess.run(
            [*tool, "--create", "--exit-on-error", str(data.path / backup.DUMP)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise Refusal(f"恢复数据库失败：{first_error(done.stderr)}")
        cluster.sql("ANALYZE;", database="rongpei")
        counted = backup.count_tables(backup.psql(embedded(cluster)))
        if counted != manifest["tables"]:
            raise Refusal("恢复后的数据表行数与备份记录不符，恢复没有完成。")
    finally:
        cluster.stop()


def _advance_transactions(cluster: Cluster, next_xid: int) -> None:
    """Begin above the old cluster's transaction numbers: audit rows carry them and are sealed in their order."""
    identity = identity_for(cluster.pg, postgres_bin())
    words = ["-D", str(cluster.pg), "--epoch", str((next_xid >> 32) + 1)]
    done = subprocess.run(
        [*identity.prefix, postgres_bin() / "pg_resetwal", *words], capture_output=True, check=False, cwd="/"
    )
    if done.returncode != 0:
        raise Refusal("无法准备新的数据库，恢复没有完成。")


def _restore_roles(cluster: Cluster, text: str) -> None:
    # The superuser exists already in every cluster of ours.
    kept = [
        line for line in text.splitlines() if line != f"CREATE ROLE {SUPER};" and not line.startswith("\\")
    ]
    cluster.sql("\n".join(kept))


def _keys(path: Path, manifest: dict[str, Any]) -> dict[str, bytes]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Refusal(f"找不到密钥文件 {path}，请用 --keys 指定；没有密钥，加密的内容无法读取。") from error
    if hashlib.sha256(content).hexdigest() != manifest["keys"]:
        raise Refusal(f"{path} 不是这份备份的密钥文件。")
    found = json.loads(content)["keys"]
    return {name: base64.b64decode(found[name]) for name in KEY_NAMES}


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _arguments(data_path: Path | None, words: list[str]) -> tuple[Path, Path | None, Path]:
    words = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    options: dict[str, Path | None] = {"--data": data_path, "--keys": None}
    plain: list[Path] = []
    rest = iter(words)
    for word in rest:
        if word in options:
            value = next(rest, None)
            if value is None:
                raise Refusal(_USAGE, 2)
            options[word] = Path(value)
        elif word.startswith("-"):
            raise Refusal(_USAGE, 2)
        else:
            plain.append(Path(word).absolute())
    if len(plain) != 1:
        raise Refusal(_USAGE, 2)
    return plain[0], options["--data"], options["--keys"] or Path(f"{plain[0]}.keys")
