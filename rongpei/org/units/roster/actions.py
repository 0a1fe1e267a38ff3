"""The verbs of a roster import: upload, import, abandon, undo."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.units import rules
from rongpei.org.units.codes import ImportState
from rongpei.org.units.models import ImportProgress, RosterImport
from rongpei.org.units.roster import undoing
from rongpei.org.units.roster.applying import Report, apply
from rongpei.org.units.roster.diffing import Differences


def _no_report(done: int, step: str) -> None:
    """Nobody watches."""


@action("units.roster.uploaded", may=rules.may_import)
def upload_roster(
    *, actor: Actor, tenant_id: int, filename: str, stored_name: str, roster_on: date, now: datetime
) -> RosterImport:
    """Keep an uploaded roster for checking; nothing is imported yet."""
    run = RosterImport.objects.create(
        tenant_id=tenant_id, filename=filename[:200], stored_name=stored_name, roster_on=roster_on,
        uploaded_by=actor.person_id, created_at=now,
    )  # fmt: skip
    ImportProgress.objects.create(tenant_id=tenant_id, roster_import=run)
    return run


@action("units.roster.imported", may=rules.may_work_on, locks=("run",), about="run")
def import_roster(
    *, actor: Actor, run: RosterImport, found: Differences, error_count: int, now: datetime,
    leaving: Mapping[int, Standing] | None = None, report: Report = _no_report,
) -> RosterImport:  # fmt: skip
    """Import a compared roster: all of it, or nothing. `leaving` says what becomes of people it does not name.

    Refuses a roster with errors, and one already imported.
    """
    if run.state in (ImportState.DONE, ImportState.UNDONE):
        raise Refused(_("这份名册已经导入过。"), remedy=_("如要再次导入，请重新上传。"))
    if error_count:
        raise Refused(_("有 %(count)d 处错误，没有导入任何人。") % {"count": error_count})
    created = apply(run=run, found=found, now=now, report=report)
    for standing in (Standing.LEFT, Standing.RETIRED):
        ids = [ident for ident, chosen in (leaving or {}).items() if chosen == standing]
        gone = Person.objects.filter(pk__in=ids, tenant_id=run.tenant_id)
        gone.update(standing=standing, closed_on=run.roster_on)
    run.state, run.finished_at, run.outcome = ImportState.DONE, now, found.counts() | {"created": created}
    run.save(update_fields=["state", "finished_at", "outcome"])
    note(**found.counts())
    return run


@action("units.roster.undone", may=rules.may_work_on, locks=("run",), about="run")
def undo_import(*, actor: Actor, run: RosterImport, now: datetime) -> RosterImport:
    """Take the last import back.

    Refuses when it is not the last one, or when its people have been used since.
    """
    if not run.is_last():
        raise Refused(_("只能撤销最近一次导入。"))
    note(people=undoing.take_back(run, now))
    run.state = ImportState.UNDONE
    run.save(update_fields=["state"])
    return run


@action("units.roster.marked", may=rules.may_work_on, locks=("run",), about="run")
def mark_import(
    *, actor: Actor, run: RosterImport, state: ImportState, outcome: dict[str, object]
) -> RosterImport:
    """Record what checking found, or that a run failed."""
    run.state, run.outcome = state, outcome
    run.save(update_fields=["state", "outcome"])
    return run
