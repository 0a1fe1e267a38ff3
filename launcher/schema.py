"""Bringing the database to the state that the code expects, and doing nothing when it is there already."""

import hashlib
from pathlib import Path

from launcher import processes
from launcher.data import DEMONSTRATION, note, read_marker
from launcher.database import Database
from launcher.environ import django_env, has_command
from launcher.layout import REQUIREMENTS, ROOT, Data, python, sha256
from launcher.say import Refusal, step

OWNER_COMMANDS = ("migrate", "raise_walls", "analyze", "makemigrations", "squashmigrations", "sqlmigrate")


def django(*words: str) -> list[str]:
    """The command line of a management command."""
    return [str(python()), "-P", "-m", "django", *words]


def prepare(data: Data, database: Database, *, mode: str | None = None) -> None:
    """Migrate and raise the tenancy walls, as the owner, when their sources changed."""
    stamp = data.path / "schema.stamp"
    wanted = _sources() + hashlib.sha256(database.owner.partition("?")[0].encode()).hexdigest()[:8]
    # Somebody else's server may have been emptied behind our back; asking it costs a second.
    if database.cluster is not None and stamp.exists() and stamp.read_text() == wanted:
        return
    env = django_env(data, database, owner=True, mode=mode)
    step("更新数据库结构")
    _must(django("migrate", "--no-input", "--verbosity", "0"), env, "更新数据库结构")
    if has_command("raise_walls"):
        _must(django("raise_walls"), env, "设置行级安全")
    stamp.write_text(wanted)


def demonstrate(data: Data, database: Database) -> None:
    """Fill a new demonstration, once."""
    facts = read_marker(data)
    if facts.get("mode") != DEMONSTRATION or facts.get("demonstrated") or not has_command("demonstrate"):
        return
    step("第一次启动：生成演示数据（最多两分钟）")
    _must(django("demonstrate"), django_env(data, database), "生成演示数据")
    if has_command("analyze"):
        _must(django("analyze"), django_env(data, database, owner=True), "更新统计信息")
    note(data, demonstrated=True)


def _sources() -> str:
    package = ROOT / "rongpei"
    patterns = (
        "**/migrations/*.py",
        "**/models.py",
        "**/models/**/*.py",
        "ground/tenancy/**/*.py",
        "**/raise_walls.py",
    )
    found = {path for pattern in patterns for path in package.glob(pattern)}
    names = hashlib.sha256(
        "\n".join(sorted(str(path.relative_to(package)) for path in found)).encode()
    ).hexdigest()
    return names + sha256([*found, REQUIREMENTS / "base.txt"])


def _must(words: list[str], env: dict[str, str], what: str) -> None:
    # Its stdout goes with our progress: only the command asked for may write to the real one.
    code = processes.foreground(words, env, cwd=Path(ROOT), stdout_to_stderr=True)
    if code != 0:
        raise Refusal(f"{what}没有成功（退出码 {code}），原因见上。", code)
