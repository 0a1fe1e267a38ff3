"""`./run`: everything up, one address printed, everything down again."""

import argparse
import http.client
import socket
import ssl
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from launcher import schema, supervise
from launcher.data import PRODUCTION, default_path, note, only_server, open_data, read_marker
from launcher.database import Database, running
from launcher.environ import django_env, has_command
from launcher.install import ensure_env
from launcher.layout import Data, python, require_space
from launcher.node import ensure_node_modules
from launcher.say import Refusal, elapsed, result, step
from launcher.supervise import Service

_SPARE = 200 << 20  # below this PostgreSQL risks stopping in the middle of its work
_PATIENCE = 90.0


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    _check_tls(options)
    data = open_data(
        Path(options.data) if options.data else default_path(), PRODUCTION if options.production else None
    )
    with only_server(data):
        _check_port(options.listen, options.port)
        require_space(data.path, _SPARE, "运行")
        ensure_env()
        ensure_node_modules()
        public = options.public_url or _guess_url(options)
        options.host = urlsplit(public).netloc  # in production no other name is answered
        note(data, public_url=public)
        with running(data) as database:
            schema.prepare(data, database)
            schema.demonstrate(data, database)
            _serve(options, data, database)
    step("已全部停止")
    return 0


def _serve(options: argparse.Namespace, data: Data, database: Database) -> None:
    services = _services(options, data, database)
    try:
        step("启动网页服务" + ("和后台任务" if len(services) > 1 else ""))
        for service in services:
            service.start()
        _await_health(options, database, services)
        _announce(data, database)
        while True:
            time.sleep(0.3)
            supervise.watch(database, services)
    except KeyboardInterrupt:
        step("正在停止……")
    finally:
        supervise.stop_all(services)


def _services(options: argparse.Namespace, data: Data, database: Database) -> list[Service]:
    env = django_env(data, database)
    services = [Service("网页服务", granian(options), env, data.log / "web.log")]
    if has_command("work"):
        services.append(job_worker(data, database))
    return services


def job_worker(data: Data, database: Database) -> Service:
    """The process that does queued and periodic jobs."""
    return Service("后台任务", schema.django("work"), django_env(data, database), data.log / "work.log")


def granian(options: argparse.Namespace) -> list[str]:
    words = [str(python()), "-P", "-m", "granian", "--interface", "wsgi", "--host", options.listen]
    words += ["--port", str(options.port), "--workers", str(options.workers), "--blocking-threads", "2"]
    words += ["--backlog", "2048", "--no-ws", "--respawn-failed-workers", "--respawn-interval", "0.5"]
    words += ["--workers-kill-timeout", "10"]
    if options.tls_cert:
        # Ward phones of 2018 know TLS 1.2 only.
        words += [
            "--ssl-certificate",
            options.tls_cert,
            "--ssl-keyfile",
            options.tls_key,
            "--ssl-protocol-min",
            "tls1.2",
        ]
    else:
        words += ["--http", "1"]
    return [*words, "rongpei.site.wsgi:application"]


def _await_health(options: argparse.Namespace, database: Database, services: list[Service]) -> None:
    web = services[0]
    deadline = time.monotonic() + _PATIENCE
    while not _healthy(options):
        supervise.watch(database, services)
        if web.failures >= 3:
            raise Refusal(f"网页服务没有启动，原因见 {web.log}。")
        if time.monotonic() > deadline:
            raise Refusal(f"网页服务在 {_PATIENCE:.0f} 秒内没有就绪，原因见 {web.log}。")
        time.sleep(0.1)


def _healthy(options: argparse.Namespace) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.listen, options.listen)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(host, options.port, timeout=5)
    if options.tls_cert:
        # Our own server a moment after its start: who it is needs no proof.
        trusting = ssl._create_unverified_context()  # noqa: S323
        connection = http.client.HTTPSConnection(host, options.port, timeout=5, context=trusting)
    try:
        connection.request("GET", "/health", headers={"Host": options.host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(data: Data, database: Database) -> None:
    facts = read_marker(data)
    result(f"融培已启动（用时 {elapsed():.1f} 秒）：{facts['public_url']}/")
    if facts.get("mode") != PRODUCTION and has_command("accounts"):
        asked = subprocess.run(
            schema.django("accounts"),
            env=django_env(data, database),
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode == 0 and asked.stdout.strip():
            result(asked.stdout.rstrip())
    result("按 Ctrl-C 停止。")


def _check_port(listen: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen, port))
            probe.listen(1)
        except PermissionError as error:
            raise Refusal(f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的端口。") from error
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == 98:
                raise Refusal(f"端口 {port} 已被别的程序占用，请用 --port 换一个端口。") from error
            raise Refusal(
                f"不能在地址 {listen} 的端口 {port} 上提供服务，请检查 --listen 和 --port。"
            ) from error


def _check_tls(options: argparse.Namespace) -> None:
    if bool(options.tls_cert) != bool(options.tls_key):
        raise Refusal("--tls-cert 和 --tls-key 必须同时给出。")
    for name in (options.tls_cert, options.tls_key):
        if name and not Path(name).is_file():
            raise Refusal(f"找不到 TLS 文件 {name}。")
    if options.tls_key and b"BEGIN PRIVATE KEY" not in Path(options.tls_key).read_bytes():
        raise Refusal("TLS 私钥须为不加密的 PKCS#8 格式，可用 openssl pkcs8 -topk8 -nocrypt 转换。")


def _guess_url(options: argparse.Namespace) -> str:
    """The address other machines can use: sign-in codes carry it."""
    host = options.listen
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # sends nothing; asks the routing table which address is ours
                host = probe.getsockname()[0]
            except OSError:
                host = "127.0.0.1"
    scheme, usual = ("https", 443) if options.tls_cert else ("http", 80)
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" + ("" if options.port == usual else f":{options.port}")
