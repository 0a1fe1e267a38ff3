"""The data folder: recognised, created, given its keys, and kept to one server at a time."""

import base64
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from launcher.layout import VAR, Data
from launcher.locks import Lock
from launcher.say import Refusal

KEY_NAMES = ("secret_key", "field_key", "seal_key")
DEMONSTRATION = "demonstration"
PRODUCTION = "production"


def default_path() -> Path:
    """The data folder when none is named on the command line."""
    named = os.environ.get("RONGPEI_DATA")
    return Path(named) if named else VAR / "data"


def open_data(path: Path, mode: str | None = None) -> Data:
    """Open or begin a data folder. The mode is settled when the folder is begun."""
    data = Data(Path(os.path.abspath(path)))
    _refuse_strange(data)
    try:
        for folder in (data.path, data.files, data.outside, data.log):
            folder.mkdir(parents=True, exist_ok=True)
        data.path.chmod(0o700)
    except (PermissionError, NotADirectoryError) as error:
        raise Refusal(f"数据目录 {data.path} 无法写入，请换一个目录或修改权限。") from error
    facts = read_marker(data)
    if not facts:
        facts = {"format": 1, "mode": mode or DEMONSTRATION, "created": datetime.now(UTC).isoformat()}
        write_marker(data, facts)
    elif mode == PRODUCTION and facts.get("mode") != PRODUCTION:
        raise Refusal(
            f"数据目录 {data.path} 里是演示数据和演示账号，不能用于正式运行，请用 --data 指定新的目录。"
        )
    make_keys(data)
    return data


def _refuse_strange(data: Data) -> None:
    if data.path.exists() and not data.path.is_dir():
        raise Refusal(f"--data 指向的 {data.path} 不是目录。")
    if data.restoring.exists():
        raise Refusal(f"数据目录 {data.path} 里有一次没有完成的恢复，请清空它后重新运行 ./run restore。")
    if data.path.is_dir() and not data.marker.exists():
        ours = {"files", "outside", "log", "keys", "lock"}
        try:
            present = {entry.name for entry in data.path.iterdir()}
        except PermissionError as error:
            raise Refusal(f"数据目录 {data.path} 无法读取，请检查权限。") from error
        if present - ours:
            raise Refusal(f"--data 指向的 {data.path} 不是融培的数据目录，且里面已有别的内容。")


def read_marker(data: Data) -> dict[str, object]:
    """What the folder says about itself; empty for a new folder."""
    try:
        facts = json.loads(data.marker.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, PermissionError) as error:
        raise Refusal(f"数据目录的说明文件 {data.marker} 无法读取。") from error
    return dict(facts)


def write_marker(data: Data, facts: dict[str, object]) -> None:
    """Replace the note in one step, so that a crash leaves the old or the new one."""
    draft = data.marker.with_suffix(".new")
    draft.write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
    os.replace(draft, data.marker)


def note(data: Data, **more: object) -> None:
    """Remember something about the folder."""
    facts = read_marker(data)
    if any(facts.get(name) != value for name, value in more.items()):
        write_marker(data, facts | more)


def make_keys(data: Data) -> None:
    """Create the secrets of a new folder; never replace a lost one, which would hide that data became unreadable."""
    data.keys.mkdir(mode=0o700, exist_ok=True)
    data.keys.chmod(0o700)
    for name in KEY_NAMES:
        path = data.keys / name
        if path.exists():
            path.chmod(0o600)
            continue
        if data.pg.exists():
            raise Refusal(
                f"密钥文件 {path} 不见了，请从备份的 .keys 文件恢复；没有它，已加密的内容无法读取。"
            )
        text = (
            secrets.token_urlsafe(50)
            if name == "secret_key"
            else base64.b64encode(secrets.token_bytes(32)).decode()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)


@contextmanager
def only_server(data: Data) -> Iterator[None]:
    """Let one `./run` serve a data folder."""
    lock = Lock(data.path / "lock")
    try:
        if not lock.try_take():
            raise Refusal(
                f"数据目录 {data.path} 正由另一个 ./run 使用，请先停止它，或用 --data 指定别的目录。"
            )
        yield
    finally:
        lock.close()
