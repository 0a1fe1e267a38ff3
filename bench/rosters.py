"""A roster of 100,000 rows ÷ (calamine read + COPY of the same); and searching those people."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from urllib.parse import quote

from bench import databases, hospital
from bench.context import Context
from bench.kept import tenant
from bench.load import Load, cookies, drive, get
from bench.rows import MEMORY_OF_IMPORT, ROSTER, SEARCH, Row
from bench.say import say
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person
from rongpei.org.people.queries import search_ids

ROWS = 100_000
ASKED = (
    "张伟", "王芳", "欧阳", "李", "刘文静", "陈晓", "𬱖", "㛃", "不存在的人", "zhangwei", "wang", "liwenjie", "zw", "lf", "ouyang",
    "2010000123", "2015", "1998001", "x", "赵思远",
)  # fmt: skip


def measure(context: Context) -> Iterator[Row]:
    """Floor and import in processes of their own, then searches in what was imported."""
    path = _workbook(context)
    databases.create("bench_roster", databases.main_name())
    try:
        databases.use("bench_roster")
        house = Tenant.objects.create(kind=TenantKind.INSTITUTION, code="BENCH", name="量测医院")
        with scope([house.pk]):
            hospital.open_house(house, hospital.BRANCHES)
        databases.leave()
        say("roster: floor (calamine read + COPY)")
        floor = _child("floor", path)
        say(f"roster: floor {floor['seconds']:.1f} s; import of {ROWS:,} rows")
        done = _child("import", path)
        again = _child("floor", path)
        base = (floor["seconds"] + again["seconds"]) / 2
        note = f"read and judge {done['look_seconds']:.1f} s, write {done['write_seconds']:.1f} s"
        yield Row("roster", f"{ROWS:,} rows, look and import", done["seconds"], "s", ROSTER, base, note)
        yield Row("roster", "memory of the import", done["peak_mb"], "MB", MEMORY_OF_IMPORT)
        yield from _searches(context)
    finally:
        databases.leave()
        databases.drop("bench_roster")


def _workbook(context: Context) -> Path:
    path = context.data / f"roster-{ROWS}-{context.key}.xlsx"
    if not path.exists():
        for old in context.data.glob("roster-*.xlsx"):
            old.unlink()
        say(f"writing a workbook of {ROWS:,} rows (kept)")
        path.write_bytes(hospital.workbook(ROWS, *hospital.names()))
    return path


def _child(what: str, path: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "bench.roster_child", what, str(path)],
        env=databases.env_for("bench_roster"), stdout=subprocess.PIPE, check=True, timeout=900,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _searches(context: Context) -> Iterator[Row]:
    databases.use("bench_roster")
    house = tenant()
    with scope([house.pk]):
        hospital.open_accounts(house)
        hospital.fill_offices(house)
        office = Person.objects.get(holdings__role="party_office")
        (officer,) = hospital.open_sessions([office])
    databases.vacuum("bench_roster")
    seconds = []
    with scope([house.pk]):
        for turn in range(6):
            for text in ASKED:
                began = time.perf_counter()
                search_ids(text, 20)
                if turn:
                    seconds.append(time.perf_counter() - began)
    databases.leave()
    seconds.sort()
    bare = seconds[ceil(len(seconds) * 0.95) - 1]
    yield Row("search", f"{ROWS:,} people, p95, the query", bare * 1000, "ms", SEARCH)
    with context.site("bench_roster") as site:
        requests = [get(f"/search/?q={quote(text)}", site.port, cookies(officer.session)) for text in ASKED]
        drive(
            Load(port=site.port, render=lambda index: requests[index % len(ASKED)], count=60, connections=4)
        )
        outcome = drive(
            Load(port=site.port, render=lambda index: requests[index % len(ASKED)], count=300, connections=1)
        )
    if outcome.failures:
        raise RuntimeError(f"search: {outcome.errors}")
    note = f"p50 {outcome.percentile(50) * 1000:.0f} ms"
    yield Row(
        "search", f"{ROWS:,} people, p95, the page", outcome.percentile(95) * 1000, "ms", SEARCH, note=note
    )
