"""`python -m bench [--small] [NAME …]`: measure, print the table, write `last.json`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from bench.rows import Row, table
from bench.say import say

GROUPS = ("pages", "sign-in", "sign-up", "growth", "roster", "search", "portal", "membership", "machine")
_MODULES = {
    "pages": "pages",
    "sign-in": "signins",
    "sign-up": "signups",
    "growth": "growth",
    "roster": "rosters",
    "search": "rosters",
    "portal": "portal",
    "membership": "membership",
    "machine": "machine",
}


def main() -> int:
    """All groups, or those whose name or whose rows' group is asked for."""
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("names", nargs="*", help="groups: " + ", ".join(GROUPS))
    parser.add_argument(
        "--small", action="store_true", help="50,000 → 500,000 entries instead of ten times that"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    django.setup()
    rows = _measure(options.names or list(GROUPS), options.small)
    sys.stdout.write(table(rows) + "\n")
    return 0 if all(row.passed is not False for row in rows) else 1


def _measure(names: list[str], small: bool) -> list[Row]:
    import importlib

    from bench import databases
    from bench.context import Context

    data = Path(os.environ["RONGPEI_DATA"])
    key = databases.sources_key()
    databases.forget_old(key)
    context = Context(data, key, 50_000 if small else 500_000)
    rows: list[Row] = []
    for module in dict.fromkeys(_MODULES[name] for name in names):
        measure: Callable[[Context], Iterator[Row]] = importlib.import_module(f"bench.{module}").measure
        for row in measure(context):
            rows.append(row)
            say(f"{row.group}: {row.name}: {row.value:.2f} {row.unit}")
    _write(data / "last.json", rows)
    return rows


def _write(path: Path, rows: list[Row]) -> None:
    facts = {
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "rows": [row.as_json() for row in rows],
    }
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    say(f"written to {path}")


if __name__ == "__main__":
    raise SystemExit(main())
