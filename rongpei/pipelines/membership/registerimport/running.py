"""Where uploaded registers wait, and an import from the waiting file with its progress told."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from rongpei.ground.accounts.actor import Actor
from rongpei.org.units.roster.running import ProgressWriter
from rongpei.pipelines.membership.models import RegisterImport
from rongpei.pipelines.membership.registerimport.actions import import_register
from rongpei.pipelines.membership.registerimport.looking import Look, look_at
from rongpei.pipelines.membership.registerimport.matching import Asker


def folder() -> Path:
    """Where uploaded registers wait; readable by the application alone."""
    path = Path(settings.RONGPEI_FILES) / "registers"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def look_again(run: RegisterImport, asker: Asker, on: date) -> Look:
    """Look at the waiting file of a run.

    Raises FileNotFoundError when it was cleared away, RosterRefusedError when it cannot be a register.
    """
    path = folder() / run.stored_name
    if not run.stored_name or not path.is_file():
        raise FileNotFoundError(path)
    return look_at(asker=asker, path=path, filename=run.filename, on=on)


def run_import(*, actor: Actor, run: RegisterImport, asker: Asker, today: date, now: datetime) -> None:
    """Look once more and import, telling how far it is; the file goes afterwards."""
    look = look_again(run, asker, today)
    report = ProgressWriter(run, len(look.new), "membership_registerprogress", "register_import_id")
    try:
        import_register(actor=actor, run=run, look=look, today=today, now=now, report=report)
    finally:
        report.close()
    (folder() / run.stored_name).unlink(missing_ok=True)
