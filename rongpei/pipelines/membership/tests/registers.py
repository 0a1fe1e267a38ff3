"""Registers for tests: workbooks with the columns of the export, and what one import of them makes."""

from datetime import date
from pathlib import Path

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.ui.listing.sheet import write_rows
from rongpei.pipelines.membership.registerimport.actions import import_register, upload_register
from rongpei.pipelines.membership.registerimport.columns import BY_KEY
from rongpei.pipelines.membership.registerimport.looking import look_at
from rongpei.pipelines.membership.registerimport.matching import Asker

TODAY = date(2027, 12, 31)


def row_of(person, **told):
    """A line about a person of the cast: what is told by column key, days as text."""
    return {"staff_number": person.staff_number, "name": person.name, "branch": "一支部", **told}


def write_book(path: Path, rows) -> Path:
    """A workbook of lines; its columns are those that any line names."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    lines = [[BY_KEY[key].title for key in keys], *([row.get(key) for key in keys] for row in rows)]
    with write_rows(title="册子", rows=lines) as book:
        path.write_bytes(book.read())
    return path


def look(house, path, on=TODAY, paths=("/",), person_id=None):
    """What an import would do."""
    return look_at(asker=Asker(house.tenant.pk, person_id, paths), path=path, filename=path.name, on=on)


def bring_in(house, path, on=TODAY):
    """Import; gives the run."""
    system = System(house.tenant.pk)
    run = upload_register(
        actor=system, tenant_id=house.tenant.pk, filename=path.name, stored_name="", now=clock.now()
    )
    return import_register(actor=system, run=run, look=look(house, path, on), today=on, now=clock.now())
