"""`./run bundle`: everything that a machine without any network needs, in one folder."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from launcher import processes
from launcher.install import BASE, base_python, ensure_env, uv_env
from launcher.layout import CACHE, GIGABYTE, NODE_MODULES, REQUIREMENTS, ROOT, require_space
from launcher.node import ensure_node_modules
from launcher.say import Refusal, result, step

_NOT_SOURCE = {".git", "var", "node_modules", "dist", "bundle", "__pycache__"}
_NOT_SOURCE_SUFFIXES = ("_cache", ".pyc")

_NOTE = """融培离线安装说明
================

目标机器需要：Linux（{machine}），Python {python}（与打包机器同一小版本），以及 pip。不需要网络。

1. 把本目录整个复制到目标机器，进入本目录。
2. 解开程序：    tar -xzf rongpei.tar.gz
3. 启动：        cd rongpei && python3 run

程序会使用旁边的 wheels 和 node_modules.tar.gz，不访问任何软件源。
正式运行请加 --production，并用 --data 指定数据目录；备份用 python3 run backup。
升级：停止程序，用新的 rongpei 目录替换旧的（保留旧目录里的 var），再启动。
"""


def bundle(_data: Path | None, words: list[str]) -> int:
    """Collect wheels, front-end libraries, source and an install note."""
    if len(words) > 1 or any(word.startswith("-") for word in words):
        raise Refusal("用法：./run bundle [目录]", 2)
    target = Path(words[0]).absolute() if words else ROOT / "dist" / "bundle"
    if target.exists() and (
        not target.is_dir() or (any(target.iterdir()) and not (target / "bundle.json").exists())
    ):
        raise Refusal(f"{target} 里已有别的内容，请换一个空目录。")
    ensure_env()
    ensure_node_modules()
    require_space(target, GIGABYTE, "打包")
    shutil.rmtree(target, ignore_errors=True)
    (target / "wheels").mkdir(parents=True)
    _wheels(target / "wheels")
    step("打包前端软件包和程序")
    _pack(target / "node_modules.tar.gz", NODE_MODULES, "node_modules", _tree(NODE_MODULES))
    _pack(target / "rongpei.tar.gz", ROOT, "rongpei", _source())
    facts = {
        "format": 1,
        "created": datetime.now(UTC).isoformat(),
        "python": _python(),
        "machine": platform.machine(),
    }
    note = _NOTE.format(python=_python(), machine=platform.machine())
    (target / "INSTALL.zh-CN.txt").write_text(note, "utf-8")
    (target / "bundle.json").write_text(json.dumps(facts, indent=1))
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    result(f"已打包到 {target}（{size / 1e6:.0f} MB）；安装方法见其中的 INSTALL.zh-CN.txt。")
    return 0


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _wheels(folder: Path) -> None:
    step("下载 Python 软件包")
    env = dict(os.environ, **{name: value for name, value in uv_env().items() if name == "UV_DEFAULT_INDEX"})
    env.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    if "UV_DEFAULT_INDEX" in env:
        env["PIP_INDEX_URL"] = env["UV_DEFAULT_INDEX"]
    for lock in (REQUIREMENTS / f"{BASE}.txt", ROOT / "launcher" / "uv.txt"):
        words = [
            base_python(),
            "-m",
            "pip",
            "download",
            "--disable-pip-version-check",
            "--no-input",
            "--no-deps",
        ]
        words += ["--only-binary", ":all:", "--require-hashes", "-r", str(lock), "-d", str(folder)]
        processes.logged(words, "下载 Python 软件包", env)


def _tree(home: Path) -> list[Path]:
    # npm's links to programs (.bin) are left out: nothing of ours runs them, and the reader accepts plain files only.
    return sorted(path for path in home.rglob("*") if path.is_file() and not path.is_symlink())


def _source() -> list[Path]:
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-coz", "--exclude-standard"], capture_output=True, check=False
    ) if (ROOT / ".git").exists() and shutil.which("git") else None  # fmt: skip
    if listed is not None and listed.returncode == 0:
        names = [os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
        return sorted(ROOT / name for name in names if (ROOT / name).is_file())
    return [path for path in _tree(ROOT) if _is_source(path.relative_to(ROOT))]


def _is_source(path: Path) -> bool:
    return path.parts[0] not in _NOT_SOURCE and not any(
        part in _NOT_SOURCE or part.endswith(_NOT_SOURCE_SUFFIXES) for part in path.parts
    )


def _pack(target: Path, home: Path, prefix: str, paths: list[Path]) -> None:
    with tarfile.open(target, "w:gz", compresslevel=6) as tar:
        for path in paths:
            tar.add(path, f"{prefix}/{path.relative_to(home)}", recursive=False, filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
