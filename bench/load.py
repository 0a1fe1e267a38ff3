"""The load: one process, epoll, keep-alive connections, requests already rendered. Loopback only.

A request is a number; `render` gives its bytes at the moment it is sent, so that a rotating code is fresh. The run
is bounded in count and in time. Answers are read exactly (status, length or chunks), nothing is guessed.
"""

import errno
import math
import resource
import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

HOST = "127.0.0.1"
_PAUSE = 0.05
_READ = 1 << 18


@dataclass(slots=True)
class Outcome:
    """What came back."""

    elapsed: float = 0.0
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    answered: dict[int, int] = field(default_factory=dict)
    answered_at: dict[int, float] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)
    bytes_read: int = 0

    @property
    def per_second(self) -> float:
        """Answers of an accepted status per second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    @property
    def failures(self) -> int:
        """Everything that was not an accepted answer."""
        return sum(self.errors.values())

    def percentile(self, percent: float) -> float:
        """Seconds within which so many of a hundred answers came."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else math.nan


@dataclass(slots=True)
class Load:
    """What to send. `again`: a refused or broken request is sent again, as a person would.

    `timed`: reaching the limit is the plan. `together`: every connection is open before the first request.
    """

    port: int
    render: Callable[[int], bytes]
    count: int
    connections: int = 16
    limit: float = 60.0
    patience: float = 30.0
    accept: frozenset[int] = frozenset({200})
    again: bool = False
    together: bool = False
    keep: bool = False
    timed: bool = False
    watch: Callable[[Outcome], None] | None = None


class _Line:
    """One connection and the request under way on it."""

    __slots__ = ("buffer", "fd", "index", "open", "sent_at", "sock", "unsent")

    def __init__(self) -> None:
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.fd = self.sock.fileno()
        self.open = False
        self.index: int | None = None
        self.sent_at = 0.0
        self.unsent = b""
        self.buffer = b""


def drive(load: Load) -> Outcome:
    """Send everything, or as much as the time allows."""
    return _Driver(load).run()


class _Driver:
    def __init__(self, load: Load) -> None:
        allow_files(load.connections + 64)
        self.load = load
        self.outcome = Outcome()
        self.epoll = select.epoll()
        self.lines: dict[int, _Line] = {}
        self.next = 0
        self.back: deque[int] = deque()
        self.reopen: deque[float] = deque()
        self.waiting: list[_Line] = []
        self.looked = 0.0

    def run(self) -> Outcome:
        began = time.perf_counter()
        deadline = began + self.load.limit
        for _ in range(min(self.load.connections, self.load.count)):
            self._open()
        try:
            while self._work_left():
                if time.perf_counter() > deadline:
                    if not self.load.timed:
                        self.outcome.errors["out of time"] += self.load.count - len(self.outcome.answered)
                    break
                for fd, event in self.epoll.poll(0.02 if self.reopen else 0.2):
                    self._happened(self.lines.get(fd), event)
                self._tend(time.perf_counter())
        finally:
            for line in self.lines.values():
                line.sock.close()
            self.epoll.close()
        self.outcome.elapsed = time.perf_counter() - began
        return self.outcome

    def _work_left(self) -> bool:
        return not self._exhausted() or any(line.index is not None for line in self.lines.values())

    def _exhausted(self) -> bool:
        return self.next >= self.load.count and not self.back

    def _tend(self, now: float) -> None:
        if self.load.watch is not None:
            self.load.watch(self.outcome)
        while self.reopen and self.reopen[0] <= now:
            self.reopen.popleft()
            if not self._exhausted():
                self._open()
        if now - self.looked < 0.25:
            return
        self.looked = now
        for line in [line for line in self.lines.values() if line.index is not None]:
            if now - line.sent_at > self.load.patience:
                self._broken(line, "no answer")

    def _open(self) -> None:
        line = _Line()
        code = line.sock.connect_ex((HOST, self.load.port))
        if code not in (0, errno.EINPROGRESS):
            line.sock.close()
            self.reopen.append(time.perf_counter() + _PAUSE)
            if not self.load.again:
                self.outcome.errors[errno.errorcode.get(code, str(code))] += 1
            return
        self.lines[line.fd] = line
        self.epoll.register(line.fd, select.EPOLLOUT)

    def _happened(self, line: _Line | None, event: int) -> None:
        if line is None:
            return
        if not line.open:
            self._connected(line)
        elif event & select.EPOLLIN:
            self._readable(line)
        elif event & (select.EPOLLERR | select.EPOLLHUP):
            self._broken(line, "reset")
        elif event & select.EPOLLOUT:
            self._push(line)

    def _connected(self, line: _Line) -> None:
        code = line.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._broken(line, errno.errorcode.get(code, str(code)))
            return
        line.open = True
        if not self.load.together:
            self._send_next(line)
            return
        self.epoll.modify(line.fd, select.EPOLLIN)
        self.waiting.append(line)
        if len(self.waiting) == min(self.load.connections, self.load.count):
            for one in self.waiting:
                self._send_next(one)
            self.load.together = False

    def _send_next(self, line: _Line) -> None:
        if self.back:
            line.index = self.back.popleft()
        elif self.next < self.load.count:
            line.index = self.next
            self.next += 1
        else:
            line.index = None
            self.epoll.modify(line.fd, select.EPOLLIN)
            return
        line.unsent = self.load.render(line.index)
        line.sent_at = time.perf_counter()
        self._push(line)

    def _push(self, line: _Line) -> None:
        try:
            sent = line.sock.send(line.unsent)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            self._broken(line, errno.errorcode.get(error.errno or 0, "broken"))
            return
        line.unsent = line.unsent[sent:]
        self.epoll.modify(line.fd, select.EPOLLIN | (select.EPOLLOUT if line.unsent else 0))

    def _readable(self, line: _Line) -> None:
        try:
            data = line.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError as error:
            self._broken(line, errno.errorcode.get(error.errno or 0, "broken"))
            return
        if not data:
            self._broken(line, "closed")
            return
        self.outcome.bytes_read += len(data)
        line.buffer = line.buffer + data if line.buffer else data
        read = read_answer(line.buffer)
        if read is None:
            return
        status, body, closes = read
        line.buffer = b""
        self._answered(line, status, body)
        if closes:
            self._drop(line)
        else:
            self._send_next(line)

    def _answered(self, line: _Line, status: int, body: bytes) -> None:
        now = time.perf_counter()
        outcome, index = self.outcome, line.index
        if index is None:
            return
        outcome.statuses[status] += 1
        line.index = None
        if status in self.load.accept:
            outcome.seconds.append(now - line.sent_at)
            outcome.answered[index] = status
            outcome.answered_at[index] = now
            if self.load.keep:
                outcome.bodies[index] = body
            return
        outcome.errors[f"status {status}"] += 1
        if self.load.keep:
            outcome.bodies[index] = body
        if self.load.again:
            self.back.append(index)

    def _broken(self, line: _Line, why: str) -> None:
        if line.index is not None:
            self.outcome.errors[why] += 1
            if self.load.again:
                self.back.append(line.index)
        elif not line.open and not self.load.again:
            self.outcome.errors[why] += 1
        self._drop(line)

    def _drop(self, line: _Line) -> None:
        self.lines.pop(line.fd, None)
        self.epoll.unregister(line.fd)
        line.sock.close()
        self.reopen.append(time.perf_counter() + _PAUSE)


def read_answer(data: bytes) -> tuple[int, bytes, bool] | None:
    """Status, body, and whether the server closes; None while the answer is incomplete."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end].lower()
    status = int(head[9:12])
    closes = b"\r\nconnection: close" in head
    start = end + 4
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        stop = head.find(b"\r\n", at + 2)
        length = int(head[at + 17 : stop if stop > 0 else None])
        return (status, data[start : start + length], closes) if len(data) >= start + length else None
    if b"\r\ntransfer-encoding: chunked" in head:
        body = _chunks(data, start)
        return None if body is None else (status, body, closes)
    return status, b"", closes


def _chunks(data: bytes, at: int) -> bytes | None:
    parts: list[bytes] = []
    while True:
        line = data.find(b"\r\n", at)
        if line < 0:
            return None
        size = int(data[at:line].split(b";")[0], 16)
        if len(data) < line + 2 + size + 2:
            return None
        if size == 0:
            return b"".join(parts)
        parts.append(data[line + 2 : line + 2 + size])
        at = line + 2 + size + 2


def allow_files(count: int) -> None:
    """Have the soft limit of open files admit so many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


def cookies(session: str) -> str:
    """What the browser of somebody signed in carries. The token of forms is the session's key: as long, and known."""
    return f"sessionid={session}; csrftoken={session}"


def token(session: str) -> str:
    """The field of a form that belongs to `cookies`."""
    return f"csrfmiddlewaretoken={session}"


def get(path: str, port: int, cookies: str = "") -> bytes:
    """The bytes of a GET, as a browser sends it."""
    cookie = f"Cookie: {cookies}\r\n" if cookies else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept: text/html\r\n"
        f"Accept-Language: zh-CN\r\n{cookie}\r\n"
    ).encode()


def post(path: str, port: int, cookies: str, body: str) -> bytes:
    """The bytes of a form's POST, as a browser sends it."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nOrigin: http://{HOST}:{port}\r\nAccept: text/html\r\n"
        f"Accept-Language: zh-CN\r\nCookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
