"""`python -m bench.roster_child floor|import FILE`: one timed piece of work, its peak memory, as JSON."""

import json
import os
import sys
import time
from pathlib import Path

import django
import psycopg
from python_calamine import CalamineWorkbook


def _floor(path: Path) -> dict[str, float]:
    """Read with calamine, COPY the same cells as text, commit: what no import can do without."""
    with psycopg.connect(os.environ["RONGPEI_OWNER_DATABASE_URL"]) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_cells")
        connection.commit()
        began = time.perf_counter()
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        width = max(len(row) for row in rows)
        columns = ", ".join(f"c{number} text" for number in range(width))
        connection.execute(f"CREATE TABLE bench_cells ({columns})")
        with connection.cursor().copy("COPY bench_cells FROM STDIN") as copy:
            for row in rows:
                copy.write_row([str(cell) for cell in row])
        connection.commit()
        return {"seconds": time.perf_counter() - began}


def _import(path: Path) -> dict[str, float]:
    """`look_at` and `import_roster`, the commit included."""
    from bench.kept import tenant
    from rongpei.ground import clock
    from rongpei.ground.accounts.actor import System
    from rongpei.ground.tenancy.scope import scope
    from rongpei.org.units.roster.actions import import_roster, upload_roster
    from rongpei.org.units.roster.running import look_at  # models need Django's set-up

    house = tenant()
    system = System(house.pk)
    began = time.perf_counter()
    with scope([house.pk]):
        look = look_at(tenant_id=house.pk, path=path, filename=path.name)
        looked = time.perf_counter()
        run = upload_roster(
            actor=system, tenant_id=house.pk, filename=path.name, stored_name="", roster_on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
        errors = look.checked.error_count
        import_roster(actor=system, run=run, found=look.found, error_count=errors, now=clock.now())
    ended = time.perf_counter()
    return {"seconds": ended - began, "look_seconds": looked - began, "write_seconds": ended - looked}


def _peak_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    django.setup()
    found = (_floor if sys.argv[1] == "floor" else _import)(Path(sys.argv[2]))
    sys.stdout.write(json.dumps(found | {"peak_mb": _peak_megabytes()}))
