"""`./run test`: what continuous integration runs, on a database that is thrown away afterwards."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import processes
from launcher.data import open_data
from launcher.database import Database, running
from launcher.environ import django_env
from launcher.install import TEST, ensure_env
from launcher.layout import ROOT, VAR, Data, python
from launcher.node import ensure_node_modules
from launcher.say import Refusal, step

_PACKAGES = {
    "chromium": ("/usr/bin/chromium",),
    "fonts-noto-cjk": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",),
}
_LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"


def test(words: list[str]) -> int:
    """Every stage, or pytest alone when it is given arguments. Ends with pytest's own summary."""
    ensure_env(TEST)
    ensure_node_modules()
    _ensure_debian_packages()
    with _throw_away() as data, running(data, durable=False, quiet=True) as database:
        env = _test_env(data, database)
        if not words:
            _stages(env)
            # Browser journeys stand together; whoever is done takes some over, instead of idling at the end.
            words = ["-n", "2", "--dist", "worksteal"]
            step("测试")
        return processes.foreground([python(), "-m", "pytest", *words], env, cwd=ROOT)


def _stages(env: dict[str, str]) -> None:
    program = str(python())
    stages = {
        "ruff check": [program, "-m", "ruff", "check", "--quiet", ".", "run"],
        "ruff format": [program, "-m", "ruff", "format", "--check", "--quiet", ".", "run"],
        "lint-imports": [program, "-c", _LINT_IMPORTS],
        "mypy": [program, "-m", "mypy", "rongpei", "launcher"],
    }
    for name, words in stages.items():
        step(name)
        code = processes.foreground(words, env, cwd=ROOT, stdout_to_stderr=True)
        if code != 0:
            raise Refusal(f"{name} 没有通过，后面的检查没有运行。", code)


def _test_env(data: Data, database: Database) -> dict[str, str]:
    env = django_env(data, database, mode="test")
    if database.superuser:
        env["RONGPEI_SUPER_DATABASE_URL"] = database.superuser
    return env


@contextmanager
def _throw_away() -> Iterator[Data]:
    """A data folder named after this process; what killed runs left behind is cleared first."""
    home = VAR / "test"
    home.mkdir(parents=True, exist_ok=True)
    for old in home.iterdir():
        if old.name.isdigit() and not processes.alive(int(old.name)):
            _clear(old)
    path = home / str(os.getpid())
    _clear(path)
    try:
        yield open_data(path)
    finally:
        _clear(path)


def _clear(path: Path) -> None:
    if (path / "pg").exists():
        from launcher.cluster import Cluster

        Cluster(path / "pg", path / "log" / "postgres.log").stop()
    shutil.rmtree(path, ignore_errors=True)


def _ensure_debian_packages() -> None:
    missing = [name for name, files in _PACKAGES.items() if not _present(name, files)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Refusal(
            f"测试需要 {' 和 '.join(missing)}，请由管理员安装后再试（Debian：apt-get install {' '.join(missing)}）。"
        )
    step(f"安装 Debian 软件包 {' '.join(missing)}")
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    processes.logged(["apt-get", "-q", "update"], "更新 Debian 软件包列表", env)
    processes.logged(
        ["apt-get", "-q", "install", "-y", "--no-install-recommends", *missing],
        f"安装 {' '.join(missing)}",
        env,
    )


def _present(name: str, files: tuple[str, ...]) -> bool:
    if any(Path(file).exists() for file in files) or (name == "chromium" and shutil.which("chromium")):
        return True
    if name == "chromium" or not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())
