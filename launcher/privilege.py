"""PostgreSQL refuses to run as root. As root we therefore start it as somebody else.

Preferred is a user namespace, in which root merely looks like an ordinary user: no file changes owner.
Where the kernel or container forbids that, the process drops to a service account.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.say import Refusal


@dataclass(frozen=True)
class Identity:
    """How to start a PostgreSQL program: words to put before it, and who must own its folders."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Hand a folder to the service account, when there is one."""
        if self.uid is None or self.gid is None or not path.exists() or path.stat().st_uid == self.uid:
            return
        os.chown(path, self.uid, self.gid)
        for parent, folders, files in os.walk(path):
            for name in folders + files:
                os.chown(os.path.join(parent, name), self.uid, self.gid, follow_symlinks=False)


def identity_for(cluster: Path, programs: Path) -> Identity:
    """Choose how to run the cluster in this folder."""
    if os.geteuid() != 0:
        return Identity() if _named(os.geteuid()) else (_namespace() or Identity())
    owner = cluster.stat().st_uid if cluster.exists() else 0
    if owner == 0 and (inside := _namespace()):
        return inside
    account = _service_account(owner)
    return Identity(_drop(account, [cluster, programs]), account.pw_uid, account.pw_gid)


def _named(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _namespace() -> Identity | None:
    if os.environ.get("RONGPEI_NO_UNSHARE") or not shutil.which("unshare"):
        return None
    # initdb looks its user up by name, so the mapped number must be one that the machine knows.
    user = next((entry for entry in pwd.getpwall() if entry.pw_uid == 1000), None) or _service_account(0)
    prefix = ("unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return Identity(prefix) if tried.returncode == 0 else None


def _service_account(owner: int) -> pwd.struct_passwd:
    if owner:
        try:
            return pwd.getpwuid(owner)
        except KeyError as error:
            raise Refusal(f"数据库目录属于本机不存在的用户（编号 {owner}），请先用 chown 改正。") from error
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refusal("以 root 运行时需要一个服务账号（postgres 或 nobody）来运行数据库，本机没有。")


def _drop(account: pwd.struct_passwd, paths: list[Path]) -> tuple[str, ...]:
    if not shutil.which("setpriv"):
        raise Refusal("以 root 运行数据库需要 unshare 或 setpriv 程序（Debian 软件包 util-linux）。")
    words = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    if not all(_reachable(path) for path in paths):
        # Passing through closed parent folders (/root) is allowed to this process alone; opening them is not our right.
        words += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return tuple(words)


def _reachable(path: Path) -> bool:
    return all(not parent.exists() or parent.stat().st_mode & 0o001 for parent in path.parents)
