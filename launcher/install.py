"""The Python environment: uv from a locked requirement, then a venv that matches a locked list exactly."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import processes
from launcher.layout import (
    CACHE,
    ENV,
    GIGABYTE,
    REQUIREMENTS,
    ROOT,
    TOOLS,
    VAR,
    bundle,
    python,
    require_space,
    sha256,
)
from launcher.locks import exclusive
from launcher.say import Refusal, step

BASE = "base"
TEST = "test"
_STAMP = ENV / ".rongpei.json"
_UV_LOCK = ROOT / "launcher" / "uv.txt"
_WAITING = "正在等待另一个命令装好运行环境……"


def ensure_env(kind: str = BASE) -> None:
    """Have the environment match its lock. Does nothing when the stamp says it does."""
    if _current(kind):
        return
    with exclusive(VAR / "setup.lock", _WAITING):
        if _current(kind):
            return
        require_space(VAR, GIGABYTE, "安装运行环境")
        kind = _larger(kind)
        lock = REQUIREMENTS / f"{kind}.txt"
        uv = ensure_uv()
        env = uv_env()
        if not _healthy():
            step("建立 Python 环境")
            processes.logged(
                [uv, "venv", "-q", "--no-project", "--clear", "--python", base_python(), ENV],
                "建立 Python 环境",
                env,
            )
        step("安装 Python 软件包" + ("和测试工具" if kind == TEST else ""))
        words = [str(uv), "pip", "sync", "--no-progress", "--require-hashes", "--python", str(python())]
        processes.logged([*words, *offline_words(kind), str(lock)], "安装 Python 软件包", env)
        _STAMP.write_text(json.dumps({"kind": kind, "lock": sha256([lock])}))


def _stamp() -> dict[str, str]:
    try:
        return dict(json.loads(_STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _healthy() -> bool:
    # A venv whose interpreter was removed or upgraded away holds a dangling link.
    if not python().exists() or not (ENV / "pyvenv.cfg").exists():
        return False
    return subprocess.run([python(), "-c", ""], capture_output=True, check=False).returncode == 0


def _larger(kind: str) -> str:
    """Never take the test tools away from somebody who has them."""
    had = _stamp().get("kind") or (TEST if any(ENV.glob("lib/python3*/site-packages/pytest")) else BASE)
    return TEST if TEST in (kind, had) and (kind == TEST or bundle() is None) else BASE


def _current(kind: str) -> bool:
    stamp = _stamp()
    installed = stamp.get("kind")
    if installed not in (BASE, TEST) or (kind == TEST and installed != TEST) or not python().exists():
        return False
    return stamp.get("lock") == sha256([REQUIREMENTS / f"{installed}.txt"])


def base_python() -> str:
    """The interpreter below any venv that we may ourselves be running in."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def ensure_uv() -> Path:
    """The installer, at the locked version, without touching the machine's Python."""
    program = TOOLS / "bin" / "uv"
    stamp = TOOLS / ".uv-lock"
    wanted = sha256([_UV_LOCK])
    if program.exists() and stamp.exists() and stamp.read_text() == wanted:
        return program
    if (
        subprocess.run([base_python(), "-m", "pip", "--version"], capture_output=True, check=False).returncode
        != 0
    ):
        found = shutil.which("uv")
        if found:
            return Path(found)
        raise Refusal("本机的 Python 没有 pip，请先安装它（Debian：apt-get install python3-pip）。")
    step("安装 uv（软件包安装工具）")
    words = [base_python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--upgrade"]
    words += [
        "--target",
        str(TOOLS),
        "--no-deps",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "-r",
        str(_UV_LOCK),
    ]
    offline = bundle()
    words += ["--no-index", "--find-links", str(offline / "wheels")] if offline else ["--retries", "2"]
    env = dict(os.environ, PIP_REQUIRE_VIRTUALENV="0")
    env.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    processes.logged(words, "安装 uv", env)
    stamp.write_text(wanted)
    return program


def offline_words(kind: str = BASE) -> list[str]:
    """Options that make uv use the bundle instead of a registry."""
    offline = bundle() if kind == BASE else None
    return ["--offline", "--no-index", "--find-links", str(offline / "wheels")] if offline else []


def uv_env() -> dict[str, str]:
    """The machine's certificates, our cache, and the mirror that pip is configured for."""
    env = dict(os.environ, UV_SYSTEM_CERTS="1", UV_PYTHON_DOWNLOADS="never", UV_NO_PROGRESS="1")
    env.pop("VIRTUAL_ENV", None)
    env.setdefault("UV_CACHE_DIR", str(CACHE / "uv"))
    if not any(name in env for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")):
        asked = subprocess.run(
            [base_python(), "-m", "pip", "config", "get", "global.index-url"],
            capture_output=True,
            text=True,
            check=False,
        )
        mirror = env.get("PIP_INDEX_URL") or asked.stdout.strip()
        if mirror.startswith("http"):
            env["UV_DEFAULT_INDEX"] = mirror
    return env
