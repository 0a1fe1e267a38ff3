"""Starting other programs: logged, in the foreground, or tied to our own life."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from launcher.layout import VAR
from launcher.say import Refusal, step

SETUP_LOG = VAR / "log" / "setup.log"
_PR_SET_PDEATHSIG = 1

_FULL = ("no space left", "os error 28", "enospc", "disk quota exceeded")
_UNREACHABLE = (
    "error sending request", "failed to fetch", "dns error", "connection refused", "timed out",
    "network is unreachable", "could not connect", "name resolution", "max retries exceeded", "enotfound",
    "econnrefused", "etimedout", "eai_again", "econnreset", "connection broken", "no matching distribution",
    "tunnel connection failed", "proxyerror", "network connectivity", "tls handshake", "certificate",
)  # fmt: skip


def diagnose(log: str, what: str) -> Refusal:
    """Turn the log of a failed installation into one sentence."""
    text = log.lower()
    if any(word in text for word in _FULL):
        return Refusal(f"磁盘已满：{what}没有完成，请腾出空间后再运行一次。")
    if any(word in text for word in _UNREACHABLE):
        return Refusal(f"连不上软件源：{what}没有完成，请检查网络、代理或镜像设置（详情见 {SETUP_LOG}）。")
    return Refusal(f"{what}没有成功，详情见 {SETUP_LOG}。")


def logged(
    argv: Sequence[str | Path], what: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> None:
    """Run an installer, its chatter into the log, a sign of life every ten seconds."""
    SETUP_LOG.parent.mkdir(parents=True, exist_ok=True)
    with SETUP_LOG.open("ab") as log:
        start = log.seek(0, os.SEEK_END)
        began = time.monotonic()
        with subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env, cwd=cwd
        ) as process:
            while True:
                try:
                    code = process.wait(timeout=10)
                    break
                except subprocess.TimeoutExpired:
                    step(f"……仍在{what}（已 {time.monotonic() - began:.0f} 秒）")
                except BaseException:
                    process.terminate()
                    raise
    if code != 0:
        with SETUP_LOG.open("rb") as log:
            log.seek(start)
            raise diagnose(log.read().decode("utf-8", "replace"), what)


def foreground(
    argv: Sequence[str | Path],
    env: Mapping[str, str],
    cwd: Path | None = None,
    *,
    stdout_to_stderr: bool = False,
) -> int:
    """Run a command that owns the terminal, hand our signals on, and return its exit code."""
    process = subprocess.Popen(argv, env=env, cwd=cwd, stdout=sys.stderr if stdout_to_stderr else None)

    def hand_on(number: int, _frame: FrameType | None) -> None:
        # A terminal sends Ctrl-C to the whole group: handing it on again would count as a second one.
        if number != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(number)

    caught = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, hand_on) for number in caught}
    try:
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def die_with_parent() -> None:
    """Ask the kernel to end this child when the supervisor is killed (run between fork and exec)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def alive(pid: int) -> bool:
    """Whether a process exists and is not merely waiting to be reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return sys.platform != "linux"
    return stat.rpartition(")")[2].split()[0] != "Z"
