"""The commands that need the database and little else."""

import argparse
import os
import time
from pathlib import Path

from launcher import processes, schema, supervise
from launcher.data import default_path, open_data
from launcher.database import PORTAL, Database, running
from launcher.environ import django_env
from launcher.install import TEST, ensure_env
from launcher.layout import ROOT, VAR, python
from launcher.node import ensure_node_modules
from launcher.say import Refusal, step
from launcher.serve import granian, job_worker
from launcher.supervise import Service


def manage(data_path: Path | None, words: list[str]) -> int:
    """A Django management command, its output and exit code untouched."""
    ensure_env(TEST if words[:1] == ["makemigrations"] else "base")
    ensure_node_modules()
    data = open_data(data_path or default_path())
    with running(data, quiet=True) as database:
        env = django_env(data, database, owner=words[:1] != [] and words[0] in schema.OWNER_COMMANDS)
        return processes.foreground(schema.django(*words), env)


def worker(data_path: Path | None, words: list[str]) -> int:
    """Only the job worker, for a machine that does nothing else."""
    _none(words)
    ensure_env()
    data = open_data(data_path or default_path())
    with running(data) as database:
        service = job_worker(data, database)
        return _alone(database, service, f"后台任务已启动，日志：{service.log}；按 Ctrl-C 停止")


def portal(data_path: Path | None, words: list[str]) -> int:
    """Only the portal, beside a running site or alone: few addresses, and a role of the database that reads no more."""
    options = _portal_options(words)
    ensure_env()
    ensure_node_modules()
    data = open_data(data_path or default_path())
    with running(data) as database:
        url = os.environ.get("RONGPEI_PORTAL_DATABASE_URL") or (
            database.cluster.url(PORTAL) if database.cluster is not None else ""
        )
        if not url:
            raise Refusal("请用环境变量 RONGPEI_PORTAL_DATABASE_URL 给出 rongpei_portal 角色的数据库地址。")
        env = django_env(data, database) | {"DATABASE_URL": url, "RONGPEI_SITE": "portal"}
        del env["RONGPEI_OWNER_DATABASE_URL"]
        if options.public_url:
            env["RONGPEI_PUBLIC_URL"] = options.public_url
        service = Service("门户", granian(options), env, data.log / "portal.log")
        told = f"门户已启动：http://{options.listen}:{options.port}/；日志：{service.log}；按 Ctrl-C 停止"
        return _alone(database, service, told)


def _alone(database: Database, service: Service, told: str) -> int:
    """Run one service beside the database until Ctrl-C."""
    try:
        service.start()
        step(told)
        while True:
            time.sleep(0.3)
            supervise.watch(database, [service])
    except KeyboardInterrupt:
        step("正在停止……")
    finally:
        supervise.stop_all([service])
    return 0


def _portal_options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--listen", default="127.0.0.1")
    for name in ("--public-url", "--tls-cert", "--tls-key"):
        parser.add_argument(name)
    options, rest = parser.parse_known_args(words)
    _none(rest)
    return options


def bench(data_path: Path | None, words: list[str]) -> int:
    """Measurements, on a data folder of their own."""
    ensure_env()
    ensure_node_modules()
    data = open_data(data_path or VAR / "bench")
    with running(data) as database:
        schema.prepare(data, database)
        return processes.foreground([python(), "-m", "bench", *words], django_env(data, database), cwd=ROOT)


def _none(words: list[str]) -> None:
    if words:
        raise Refusal(f"不认识的参数：{' '.join(words)}（用法见 ./run --help）。", 2)
