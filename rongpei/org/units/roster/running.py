"""Reading an uploaded roster, and saying how far a long one is."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from rongpei.ground import clock
from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.roster.checking import check_rows
from rongpei.org.people.roster.reading import read_table
from rongpei.org.people.roster.rows import Checked
from rongpei.org.people.roster.tables import Table
from rongpei.org.units.roster.diffing import Differences, compare
from rongpei.org.units.roster.known import existing_people, known_units


@dataclass(frozen=True, slots=True)
class Look:
    """A roster read, judged and compared."""

    table: Table
    checked: Checked
    found: Differences


def folder() -> Path:
    """Where uploaded rosters wait; readable by the application alone."""
    path = Path(settings.RONGPEI_FILES) / "rosters"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def new_stored_name(filename: str) -> str:
    """A random name with the file's ending."""
    return secrets.token_hex(24) + Path(filename).suffix.lower()[:6]


def look_at(*, tenant_id: int, path: Path, filename: str) -> Look:
    """Read, judge and compare a roster with a tenant's people.

    Raises RosterRefusedError for a file that cannot be a roster.
    """
    table = read_table(path, filename)
    checked = check_rows(table, known_units(tenant_id), on=clock.today())
    return Look(table, checked, compare(checked, existing_people(tenant_id)))


class ProgressWriter:
    """Tells how far a run is, on a connection of its own: the run's transaction is not yet visible.

    table: where it is told (done, total, step), found by `key`, the column that points at the run.
    """

    def __init__(
        self, run: TenantModel, total: int, table: str = "units_importprogress", key: str = "roster_import_id"
    ) -> None:
        self._run, self._total = run.pk, total
        self._told = f"UPDATE {table} SET done = %s, total = %s, step = %s WHERE {key} = %s"  # noqa: S608 - constants
        parameters = {k: v for k, v in connection.get_connection_params().items() if k in _CONNECTION}
        self._own = psycopg.connect(**parameters, autocommit=True)
        self._own.execute("SELECT set_config('rongpei.scope', %s, false)", [str(run.tenant_id)])

    def __call__(self, done: int, step: str) -> None:
        """Report."""
        self._own.execute(self._told, [done, self._total, step, self._run])

    def close(self) -> None:
        """Close the connection."""
        self._own.close()


_CONNECTION = ("dbname", "user", "password", "host", "port")
