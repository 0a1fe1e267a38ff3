"""`./run manage work`: the job worker, beside the server in the embedded mode."""

from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app


class Command(BaseCommand):
    """Runs jobs and periodic tasks until it is told to stop, and takes up jobs that a killed worker left."""

    help = "运行后台任务。"

    def handle(self, *args: Any, **options: Any) -> None:
        worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        with worker_app.open():
            worker_app.run_worker(concurrency=2, install_signal_handlers=True, delete_jobs="successful")
