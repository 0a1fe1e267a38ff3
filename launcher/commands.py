"""The commands that need the database and little else."""

import time
from pathlib import Path

from launcher import processes, schema, supervise
from launcher.data import default_path, open_data
from launcher.database import running
from launcher.environ import django_env
from launcher.install import TEST, ensure_env
from launcher.layout import ROOT, VAR, python
from launcher.node import ensure_node_modules
from launcher.say import Refusal, step
from launcher.serve import job_worker


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
        try:
            service.start()
            step(f"后台任务已启动，日志：{service.log}；按 Ctrl-C 停止")
            while True:
                time.sleep(0.3)
                supervise.watch(database, [service])
        except KeyboardInterrupt:
            step("正在停止……")
        finally:
            supervise.stop_all([service])
    return 0


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
