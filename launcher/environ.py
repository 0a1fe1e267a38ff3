"""The environment given to every Django process."""

import os
from pathlib import Path

from launcher.data import DEMONSTRATION, read_marker
from launcher.database import Database
from launcher.layout import CACHE, ENV, ROOT, Data

DEFAULT_URL = "http://127.0.0.1:8000"


def django_env(
    data: Data, database: Database, *, owner: bool = False, mode: str | None = None
) -> dict[str, str]:
    """Settings reach Django through these variables only."""
    facts = read_marker(data)
    env = {
        name: value for name, value in os.environ.items() if name not in _OURS and not name.startswith("PG")
    }
    env |= {
        "DATABASE_URL": database.app,
        "RONGPEI_OWNER_DATABASE_URL": database.owner,
        "RONGPEI_DATA": str(data.path),
        "RONGPEI_MODE": mode or str(facts.get("mode") or DEMONSTRATION),
        "RONGPEI_PUBLIC_URL": str(facts.get("public_url") or DEFAULT_URL),
        "DJANGO_SETTINGS_MODULE": "rongpei.site.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        # Compiled once, whatever the machine's own setting: without it a process takes twice as long to start.
        "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode"),
        # The programs of the environment (typst, chromium drivers) come before those of the machine.
        "PATH": f"{ENV / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}",
    }
    if owner:
        env["RONGPEI_DB_ROLE"] = "owner"
    return env


_OURS = {
    "DATABASE_URL",
    "RONGPEI_OWNER_DATABASE_URL",
    "RONGPEI_SUPER_DATABASE_URL",
    "RONGPEI_DB_ROLE",
    "RONGPEI_MODE",
    "RONGPEI_DATA",
    "RONGPEI_PUBLIC_URL",
    "VIRTUAL_ENV",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
}


def has_command(name: str) -> bool:
    """Whether the project has a management command of this name."""
    return any(True for _ in Path(ROOT, "rongpei").glob(f"**/management/commands/{name}.py"))
