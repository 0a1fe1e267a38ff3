"""The embedded PostgreSQL: made, started, found running, stopped. Reached through a unix socket only."""

import hashlib
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from launcher import processes
from launcher.layout import postgres_bin
from launcher.privilege import Identity, identity_for
from launcher.say import Refusal

SUPER = "rongpei_super"
MAJOR = "18"
DATABASE = "rongpei"
_SOCKET = ".s.PGSQL.5432"
_LONGEST = (
    100  # a socket's whole address must fit 107 bytes, and PostgreSQL appends ".lock" to a sibling file
)

_SETTINGS = """
# Written once by the launcher; yours to edit.
listen_addresses = ''
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
wal_compression = on
max_wal_size = 2GB
min_wal_size = 256MB
checkpoint_timeout = 10min
checkpoint_completion_target = 0.9
random_page_cost = 1.1
jit = off
log_timezone = 'UTC'
timezone = 'UTC'
log_min_duration_statement = 2000
# Statement parameters can be personal data and do not belong in a log.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def socket_folder(pg: Path) -> Path:
    """Beside the cluster, or under the temporary folder when that address would be too long."""
    beside = pg.parent / "socket"
    if len(os.fsencode(beside / _SOCKET)) <= _LONGEST and "," not in str(beside):
        return beside
    name = hashlib.sha256(os.fsencode(pg)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"rongpei-{os.geteuid()}-{name}"


def first_error(text: str) -> str:
    """The line of a PostgreSQL program's output that says what went wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next(
        (line for line in lines if "rror:" in line or "ERROR:" in line), lines[-1] if lines else "原因不明"
    )


class Cluster:
    """One database cluster."""

    def __init__(self, pg: Path, log: Path, *, durable: bool = True) -> None:
        self.pg = pg
        self.log = log
        self.durable = durable
        self.socket = socket_folder(pg)
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for a role, in the form libpq and Django's settings read."""
        return f"postgresql:///{database}?host={quote(os.fsencode(self.socket), safe='')}&user={role}"

    def running(self) -> bool:
        """Whether the postmaster of this very folder is alive."""
        if self._process is not None and self._process.poll() is None:
            return True
        pid = self._written_pid()
        return pid is not None and processes.alive(pid) and self._is_ours(pid)

    def start(self) -> None:
        """Make the cluster if need be, start it, and wait until it answers."""
        self.make()
        identity = identity_for(self.pg, postgres_bin())
        identity.own(self.pg)
        self._prepare_socket(identity)
        if self.running():
            self._await_ready(30)
            return
        deadline = time.monotonic() + 30
        while True:
            self._forget_stale()
            self._launch(identity)
            try:
                self._await_ready(120)
                return
            except Refusal:
                # Backends of a killed postmaster keep its shared memory for a moment.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def stop(self) -> None:
        """Fast shutdown; immediate only if that takes too long."""
        pid = self._written_pid()
        if pid is None or not self.running():
            return
        for number, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 15)):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                break
            if self._await_end(pid, patience):
                break
        self._process = None
        with suppress(OSError):
            self.socket.rmdir()

    def sql(self, text: str, database: str = "postgres", role: str = SUPER) -> str:
        """Run SQL and return the unaligned rows."""
        done = subprocess.run(
            [*self.client("psql", database, role), "-XAtq", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=text, capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        if done.returncode != 0:
            raise Refusal(f"数据库命令失败：{first_error(done.stderr)}")
        return done.stdout

    def client(self, program: str, database: str, role: str = SUPER) -> list[str]:
        """The beginning of a client program's command line."""
        return [str(postgres_bin() / program), "-w", "-h", str(self.socket), "-U", role, "-d", database]

    def make(self) -> None:
        """Create the cluster if it is not there."""
        version = self.pg / "PG_VERSION"
        if version.exists():
            if version.read_text().strip() != MAJOR:
                raise Refusal(
                    f"{self.pg} 是 PostgreSQL {version.read_text().strip()} 的数据，本程序使用 {MAJOR}。"
                )
            return
        draft = self.pg.with_name(self.pg.name + ".new")
        subprocess.run(["rm", "-rf", "--", draft], check=True)
        draft.mkdir(mode=0o700, parents=True)
        programs = postgres_bin()
        identity = identity_for(draft, programs)
        identity.own(draft)
        words = ["-D", str(draft), "-U", SUPER, "--auth=trust", "--encoding=UTF8", "--locale=C",
                 "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]  # fmt: skip
        words += [] if self.durable else ["--no-sync"]
        done = subprocess.run(
            [*identity.prefix, programs / "initdb", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if done.returncode != 0:
            if "No space left" in done.stderr:
                raise Refusal(f"磁盘已满：无法在 {self.pg} 建立数据库。")
            raise Refusal(f"无法建立数据库：{first_error(done.stderr)}")
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(_SETTINGS)
        os.replace(draft, self.pg)

    def _prepare_socket(self, identity: Identity) -> None:
        self.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = {os.geteuid(), identity.uid}
        if self.socket.is_symlink() or self.socket.lstat().st_uid not in mine:
            raise Refusal(f"{self.socket} 属于别的用户，数据库不能使用它。")
        self.socket.chmod(0o700)
        identity.own(self.socket)

    def _launch(self, identity: Identity) -> None:
        quoted = '"' + str(self.socket).replace('"', '""') + '"'
        words = [
            "-D",
            str(self.pg),
            "-c",
            f"unix_socket_directories={quoted}",
            "-c",
            "unix_socket_permissions=0700",
        ]
        if not self.durable:
            # Survives killed processes, not a power cut; a commit is still written before it is acknowledged.
            words += ["-c", "fsync=off", "-c", "full_page_writes=off"]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with self.log.open("ab") as log:
            # Its own session: Ctrl-C at the terminal must not reach it before the server has finished.
            self._process = subprocess.Popen(
                [*identity.prefix, postgres_bin() / "postgres", *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/", env=environment,
            )  # fmt: skip

    def _await_ready(self, patience: float) -> None:
        probe = [str(postgres_bin() / "pg_isready"), "-q", "-h", str(self.socket)]
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if subprocess.run(probe, check=False).returncode == 0:
                return
            if self._process is not None and self._process.poll() is not None:
                raise Refusal(f"数据库没有启动，原因见 {self.log}。")
            time.sleep(0.03)
        raise Refusal(f"数据库在 {patience:.0f} 秒内没有就绪，原因见 {self.log}。")

    def _await_end(self, pid: int, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self._process is not None:
                self._process.poll()  # a child of ours stays a zombie until it is asked after
            if not processes.alive(pid):
                return True
            time.sleep(0.03)
        return False

    def _written_pid(self) -> int | None:
        try:
            return int((self.pg / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def _is_ours(self, pid: int) -> bool:
        if not Path("/proc/self").exists():
            return True
        try:
            return Path(f"/proc/{pid}/cwd").resolve() == self.pg.resolve()
        except PermissionError:
            return False

    def _forget_stale(self) -> None:
        """Remove the note of a dead postmaster, whose number may by now belong to an unrelated process."""
        pid = self._written_pid()
        if pid is None or (processes.alive(pid) and self._is_ours(pid)):
            return
        for path in (self.pg / "postmaster.pid", self.socket / _SOCKET, self.socket / f"{_SOCKET}.lock"):
            path.unlink(missing_ok=True)
