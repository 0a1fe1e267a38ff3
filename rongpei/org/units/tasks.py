"""Long work of the roster import, done by the worker."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action
from rongpei.org.people.codes import Standing
from rongpei.org.units import rules
from rongpei.org.units.codes import ImportState
from rongpei.org.units.importing.running import work_off
from rongpei.org.units.models import RosterImport
from rongpei.org.units.roster.actions import mark_import
from rongpei.org.units.roster.running import run_import

_WAITING = (ImportState.CHECKING, ImportState.CHECKED, ImportState.FAULTY, ImportState.FAILED)


@action("units.roster.queued", may=rules.may_work_on, locks=("run",), about="run")
def import_later(*, actor: Actor, run: RosterImport, leaving: Mapping[int, str]) -> RosterImport:
    """Hand a checked roster to the worker, inside the transaction that says so.

    Refuses one that is already on its way.
    """
    if run.state not in _WAITING:
        raise Refused(_("这份名册已经在导入或导入过。"))
    run.state = ImportState.IMPORTING
    run.save(update_fields=["state"])
    chosen = {str(ident): standing for ident, standing in leaving.items()}
    import_in_background.defer(
        run_id=run.pk, tenant_id=run.tenant_id, leaving=chosen, person_id=actor.person_id
    )
    return run


@app.task(name="units.import_roster", queue="long")
def import_in_background(run_id: int, tenant_id: int, leaving: dict[str, str], person_id: int | None) -> None:
    """Import the roster of a run."""
    chosen = {int(ident): Standing(value) for ident, value in leaving.items()}
    work = partial(run_import, leaving=chosen)
    work_off(RosterImport, run_id, tenant_id, person_id, work=work, mark=mark_import)
