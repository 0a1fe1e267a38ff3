"""Where uploaded registers wait, and an import from the waiting file with its progress told."""

from datetime import date, datetime
from pathlib import Path

from rongpei.ground.accounts.actor import Actor
from rongpei.org.units.importing.running import ProgressWriter, waiting_file, waiting_folder
from rongpei.pipelines.membership.models import RegisterImport
from rongpei.pipelines.membership.registerimport.actions import import_register
from rongpei.pipelines.membership.registerimport.looking import Look, look_at
from rongpei.pipelines.membership.registerimport.matching import Asker


def folder() -> Path:
    """Where uploaded registers wait."""
    return waiting_folder("registers")


def look_again(run: RegisterImport, asker: Asker, on: date) -> Look:
    """Look at the waiting file of a run; raises FileNotFoundError, RosterRefusedError."""
    return look_at(asker=asker, path=waiting_file(run, folder()), filename=run.filename, on=on)


def run_import(*, actor: Actor, run: RegisterImport, asker: Asker, today: date, now: datetime) -> None:
    """Look once more and import, telling how far it is; the file goes afterwards."""
    look = look_again(run, asker, today)
    with ProgressWriter(run, len(look.new)) as report:
        import_register(actor=actor, run=run, look=look, today=today, now=now, report=report)
    (folder() / run.stored_name).unlink(missing_ok=True)
