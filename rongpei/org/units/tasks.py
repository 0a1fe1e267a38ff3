"""Long work of the roster import, done by the worker."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.codes import Standing
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.units import rules
from rongpei.org.units.codes import ImportState
from rongpei.org.units.models import RosterImport
from rongpei.org.units.roster import running
from rongpei.org.units.roster.actions import import_roster, mark_import

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
    """Read, judge, compare and write in one transaction. Running it twice changes nothing the second time."""
    outcome: dict[str, object] = {}
    try:
        with scope([tenant_id], person_id=person_id):
            run = RosterImport.objects.get(pk=run_id)
            if run.state != ImportState.IMPORTING:
                return
            _import(run, {int(ident): Standing(value) for ident, value in leaving.items()})
            return
    except (Refused, RosterRefusedError) as error:
        outcome = {"why": str(error)}
    except Exception:
        _fail(run_id, tenant_id, {"why": str(_("导入中断，没有导入任何人。请重试；仍不行，请告诉信息科。"))})
        raise
    _fail(run_id, tenant_id, outcome)


def _import(run: RosterImport, leaving: dict[int, Standing]) -> None:
    system = System(run.tenant_id)
    path = running.folder() / run.stored_name
    look = running.look_at(tenant_id=run.tenant_id, path=path, filename=run.filename)
    report = running.ProgressWriter(run, len(look.found.new) + len(look.found.changed))
    try:
        import_roster(
            actor=system, run=run, found=look.found, error_count=look.checked.error_count, now=clock.now(),
            leaving=leaving, report=report,
        )  # fmt: skip
    finally:
        report.close()
    path.unlink(missing_ok=True)


def _fail(run_id: int, tenant_id: int, outcome: dict[str, object]) -> None:
    with scope([tenant_id]):
        run = RosterImport.objects.get(pk=run_id)
        mark_import(actor=System(tenant_id), run=run, state=ImportState.FAILED, outcome=outcome)
