"""How often articles are read: added up in this process, and written every few seconds, never row by row.

A process that is killed loses what it has not written (ten seconds of reading at most), which a statistic can bear.
"""

import atexit
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import date

from django.db import connection

from rongpei.activities.columns.models import Article
from rongpei.ground.tenancy.scope import scope

KEPT_SECONDS = 10.0
_MOST_KEPT = 200
_ROBOTS = ("bot", "spider", "crawl", "curl", "wget", "python")

_WRITE = """
INSERT INTO columns_readcount (tenant_id, article_id, "on", reads)
SELECT x.tenant_id, x.id, d, n FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS kept (a, d, n)
JOIN columns_article x ON x.id = kept.a ORDER BY x.id, d
ON CONFLICT (article_id, "on") DO UPDATE SET reads = columns_readcount.reads + excluded.reads
"""

_lock = threading.Lock()
_kept: Counter[tuple[int, int, date]] = Counter()
_written_at = time.monotonic()


def count_read(article: Article, on: date, agent: str) -> None:
    """One reading; robots do not count. Now and then this call writes what came together."""
    if any(name in agent.lower() for name in _ROBOTS):
        return
    with _lock:
        _kept[(article.tenant_id, article.pk, on)] += 1
        due = len(_kept) >= _MOST_KEPT or time.monotonic() - _written_at >= KEPT_SECONDS
    if due:
        write()


def write() -> int:
    """Write what was kept; gives how many readings."""
    global _written_at
    with _lock:
        taken = dict(_kept)
        _kept.clear()
        _written_at = time.monotonic()
    if not taken:
        return 0
    tenants, articles, days = zip(*taken, strict=True)
    with scope(sorted(set(tenants))), connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(articles), list(days), list(taken.values())])
    return sum(taken.values())


@atexit.register
def _write_at_the_end() -> None:
    with suppress(Exception):  # the process is leaving, and a statistic is not worth a traceback
        write()
