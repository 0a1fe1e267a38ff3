"""`./run manage analyze`: tell the planner what the tables hold, after much was written at once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """Runs as the owner of the tables; the database does the same by itself some minutes later."""

    help = "大批写入之后，更新数据库的统计信息。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Vacuum and analyse every table."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
