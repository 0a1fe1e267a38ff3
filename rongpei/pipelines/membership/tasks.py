"""Long work of the register import, done by the worker."""

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.units.codes import ImportState
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
    """Read, judge and write in one transaction. Running it twice changes nothing the second time."""
    why = ""
    system = System(tenant_id)
    system.person_id = person_id  # the records say who handed it in
    try:
        with scope([tenant_id], person_id=person_id):
            run = RegisterImport.objects.get(pk=run_id)
            if run.state != ImportState.IMPORTING:
                return
            asker = Asker(tenant_id, person_id, tuple(paths))
            run_import(actor=system, run=run, asker=asker, today=clock.today(), now=clock.now())
            return
    except (Refused, RosterRefusedError) as error:
        why = str(error)
    except FileNotFoundError:
        why = _("上传的文件已经清理，请重新上传。")
    except Exception:
        _fail(run_id, tenant_id, _("导入中断，没有导入任何人。请重试；仍不行，请告诉信息科。"))
        raise
    _fail(run_id, tenant_id, why)


def _fail(run_id: int, tenant_id: int, why: str) -> None:
    with scope([tenant_id]):
        run = RegisterImport.objects.get(pk=run_id)
        mark_import(actor=System(tenant_id), run=run, state=ImportState.FAILED, outcome={"why": why})
