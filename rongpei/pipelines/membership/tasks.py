"""Long work of the register import, done by the worker."""

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action
from rongpei.org.units.codes import ImportState
from rongpei.org.units.importing.running import work_off
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.models import RegisterImport
from rongpei.pipelines.membership.registerimport.actions import mark_import
from rongpei.pipelines.membership.registerimport.matching import Asker
from rongpei.pipelines.membership.registerimport.running import run_import

_WAITING = (ImportState.CHECKING, ImportState.FAILED)


@action("membership.register.queued", may=rules.may_work_on, locks=("run",), about="run")
def import_later(*, actor: Actor, run: RegisterImport) -> RegisterImport:
    """Hand a checked register to the worker, inside the transaction that says so.

    Refuses one that is already on its way.
    """
    if run.state not in _WAITING:
        raise Refused(_("这份台账已经在导入或导入过。"))
    run.state = ImportState.IMPORTING
    run.save(update_fields=["state"])
    import_in_background.defer(
        run_id=run.pk, tenant_id=run.tenant_id, person_id=actor.person_id, paths=list(actor.places(*rules.OFFICE))
    )  # fmt: skip
    return run


@app.task(name="membership.import_register", queue="long")
def import_in_background(run_id: int, tenant_id: int, person_id: int | None, paths: list[str]) -> None:
    """Import the register of a run, as whoever handed it in: the records say so."""

    def work(run: RegisterImport) -> None:
        system, asker = System(tenant_id), Asker(tenant_id, person_id, tuple(paths))
        system.person_id = person_id
        run_import(actor=system, run=run, asker=asker, today=clock.today(), now=clock.now())

    work_off(RegisterImport, run_id, tenant_id, person_id, work=work, mark=mark_import)
