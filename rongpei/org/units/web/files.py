"""Workbooks of the roster: the empty template, the export in the same form, the marked one."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect

from rongpei.ground import clock
from rongpei.ground.accounts.doors import PageRequest, door
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.files.cipher import decipher, mask_id
from rongpei.ground.ui.listing.sheet import XLSX
from rongpei.ground.ui.sending import sent, unnamed_file
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.people.roster.checking import check_rows
from rongpei.org.people.roster.columns import KEYS
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.marking import write_marked
from rongpei.org.people.roster.reading import read_table
from rongpei.org.people.roster.writing import write_roster, write_template
from rongpei.org.people.rules import KEEPER_ROLES
from rongpei.org.units.importing.running import waiting_file
from rongpei.org.units.roster import running
from rongpei.org.units.roster.known import known_units
from rongpei.org.units.web.roster import WIZARD

_COLUMNS = [
    key for key in KEYS if key not in ("id_number", "department", "branch", "party_group", "affiliated_on")
]


@door(*KEEPER_ROLES)
def template(request: PageRequest) -> HttpResponseBase:
    """The empty workbook with help and lists."""
    book = unnamed_file()
    write_template(book)
    return sent(book, "职工花名册模板.xlsx", XLSX)


@door(*KEEPER_ROLES)
def export(request: PageRequest) -> HttpResponseBase:
    """Everybody present, in the form that can be imported again; ID numbers masked, and the export recorded."""
    record(kind=EventKind.VIEW, code="units.roster.exported", actor=request.visit)
    book = unnamed_file()
    write_roster(book, _people(request.visit.tenant_id))
    return sent(book, f"职工花名册-{clock.today():%Y%m%d}.xlsx", XLSX)


def _people(tenant_id: int) -> Iterator[dict[str, Any]]:
    units = ["place__department__name", "place__branch__name", "place__group__name"]
    rows = Person.objects.filter(tenant_id=tenant_id, standing=Standing.PRESENT).order_by("sort_key", "id")
    for row in rows.values_list("id_cipher", *units, *_COLUMNS).iterator(chunk_size=2000):
        cipher, department, branch, group, *values = row
        known = dict(zip(_COLUMNS, values, strict=True))
        homes = {"department": department, "branch": branch, "party_group": group}
        yield known | homes | {"id_number": mask_id(decipher(cipher))}


@door(*KEEPER_ROLES)
def marked(request: PageRequest, pk: int) -> HttpResponseBase:
    """The uploaded rows with the wrong cells in red."""
    run = WIZARD.run_of(request.visit.tenant_id, pk)
    try:
        table = read_table(waiting_file(run, running.folder()), run.filename)
    except (FileNotFoundError, RosterRefusedError):
        return redirect("units:roster-run", pk)
    checked = check_rows(table, known_units(run.tenant_id), on=clock.today())
    book = unnamed_file()
    write_marked(book, table, checked)
    return sent(book, f"标红-{run.filename.rsplit('.', 1)[0]}.xlsx", XLSX)
