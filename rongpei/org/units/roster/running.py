"""Reading an uploaded roster, and importing the one that waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.org.people.codes import Standing
from rongpei.org.people.roster.checking import check_rows
from rongpei.org.people.roster.reading import read_table
from rongpei.org.people.roster.rows import Checked
from rongpei.org.people.roster.tables import Table
from rongpei.org.units.importing.running import ProgressWriter, waiting_file, waiting_folder
from rongpei.org.units.models import RosterImport
from rongpei.org.units.roster.actions import import_roster
from rongpei.org.units.roster.diffing import Differences, compare
from rongpei.org.units.roster.known import existing_people, known_units


@dataclass(frozen=True, slots=True)
class Look:
    """A roster read, judged and compared."""

    table: Table
    checked: Checked
    found: Differences

    def counts(self) -> dict[str, int]:
        """Numbers for the page and the record."""
        return self.found.counts()


def folder() -> Path:
    """Where uploaded rosters wait."""
    return waiting_folder("rosters")


def look_at(*, tenant_id: int, path: Path, filename: str) -> Look:
    """Read, judge and compare a roster with a tenant's people.

    Raises RosterRefusedError for a file that cannot be a roster.
    """
    table = read_table(path, filename)
    checked = check_rows(table, known_units(tenant_id), on=clock.today())
    return Look(table, checked, compare(checked, existing_people(tenant_id)))


def look_again(run: RosterImport) -> Look:
    """Look at the waiting file of a run; raises FileNotFoundError, RosterRefusedError."""
    return look_at(tenant_id=run.tenant_id, path=waiting_file(run, folder()), filename=run.filename)


def run_import(run: RosterImport, leaving: Mapping[int, Standing]) -> None:
    """Look once more and import, telling how far it is; the file goes afterwards."""
    look = look_again(run)
    with ProgressWriter(run, len(look.found.new) + len(look.found.changed)) as report:
        import_roster(
            actor=System(run.tenant_id), run=run, found=look.found, error_count=look.checked.error_count,
            now=clock.now(), leaving=leaving, report=report,
        )  # fmt: skip
    (folder() / run.stored_name).unlink(missing_ok=True)
