"""The verbs of a register import: upload, import, mark, undo."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.procedures.histories import record_histories, take_back_histories
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.bulk import mark_joinings, replace_facts, revive_facts
from rongpei.org.people.codes import FactKind
from rongpei.org.units.codes import ImportState
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.models import (
    AdmissionBook,
    Candidate,
    ImportedCase,
    IssuedDocument,
    RegisterImport,
    RegisterProgress,
    ReviewMaterial,
    ThoughtReport,
)
from rongpei.pipelines.membership.registerimport import following
from rongpei.pipelines.membership.registerimport.columns import SILENT
from rongpei.pipelines.membership.registerimport.looking import Entry, Look

Report = Callable[[int, str], None]
# What people add to a case beside its steps.
_BESIDE: tuple[type[models.Model], ...] = (
    ThoughtReport, Candidate, IssuedDocument, AdmissionBook, ReviewMaterial,
)  # fmt: skip

_WORDS = {
    "ThoughtReport": _lazy("思想汇报"), "Candidate": _lazy("支部大会讨论"), "IssuedDocument": _lazy("编号公文"),
    "AdmissionBook": _lazy("入党志愿书"), "ReviewMaterial": _lazy("政审材料"),
}  # fmt: skip


def _no_report(done: int, step: str) -> None:
    """Nobody watches."""


@action("membership.register.uploaded", may=rules.may_import)
def upload_register(
    *, actor: Actor, tenant_id: int, filename: str, stored_name: str, now: datetime
) -> RegisterImport:
    """Keep an uploaded register for checking; nothing is imported yet."""
    run = RegisterImport.objects.create(
        tenant_id=tenant_id, filename=filename[:200], stored_name=stored_name, uploaded_by=actor.person_id,
        created_at=now,
    )  # fmt: skip
    RegisterProgress.objects.create(tenant_id=tenant_id, register_import=run)
    return run


@action("membership.register.imported", may=rules.may_work_on, locks=("run",), about="run")
def import_register(
    *, actor: Actor, run: RegisterImport, look: Look, today: date, now: datetime, report: Report = _no_report
) -> RegisterImport:
    """Open a case with its history for everybody who has none: all of them, or nobody.

    Training it tells enters the ledger, and an application that waits for its paper is received. Refuses a register with errors, one that brings nothing new, and one already imported.
    """
    if run.state in (ImportState.DONE, ImportState.UNDONE):
        raise Refused(_("这份台账已经导入过。"), remedy=_("如要再次导入，请重新上传。"))
    if look.checked.error_count:
        raise Refused(_("有 %(count)d 处错误，没有导入任何人。") % {"count": look.checked.error_count})
    if not look.new:
        raise Refused(_("台账里的人都已有案卷，没有要导入的。"))
    given: dict[str, Any] = {"today": today, "now": now}
    office: dict[str, Any] = {"actor": System(run.tenant_id), "tenant_id": run.tenant_id}
    report(0, _("写入案卷"))
    withdrawn = [pk for entry in look.new for pk in entry.withdrawn]
    replace_facts(kind=FactKind.PARTY_STATUS, fresh=(), withdrawn=withdrawn, **office, **given)
    histories = [entry.history for entry in look.new]
    cases = record_histories(actor=actor, procedure=PROCEDURE, histories=histories, silent=SILENT, **given)
    following.enter_training(actor=actor, run=run, histories=histories, now=now)
    talks = following.settle(cases)
    report(len(cases), _("完成"))
    ImportedCase.objects.bulk_create(
        [
            ImportedCase(
                tenant_id=run.tenant_id, register_import=run, case=case, before=_before(entry, talks)
            )
            for entry, case in zip(look.new, cases, strict=True)
        ]
    )
    run.state, run.finished_at, run.outcome = ImportState.DONE, now, look.counts()
    run.save(update_fields=["state", "finished_at", "outcome"])
    note(**look.counts())
    return run


def _before(entry: Entry, talks: Mapping[int, Any]) -> dict[str, Any]:
    """What undoing gives back; the person as read before anything was written."""
    person = entry.history.person
    days = {"joined_on": person.joined_on, "converted_on": person.converted_on}
    told = {name: on.isoformat() if on else None for name, on in days.items()}
    return {"withdrawn": list(entry.withdrawn), "talks": talks.get(person.pk, []), **told}


@action("membership.register.undone", may=rules.may_work_on, locks=("run",), about="run")
def undo_import(*, actor: Actor, run: RegisterImport, today: date, now: datetime) -> RegisterImport:
    """Take the last import back: its cases are put aside, and people are what they were before.

    Refuses when it is not the last one, or when anything was recorded in one of its cases since.
    """
    if not run.is_last():
        raise Refused(_("只能撤销最近一次导入。"))
    rows = list(ImportedCase.objects.filter(register_import=run).select_related("case__unit", "case__person"))
    cases = [row.case for row in rows]
    _must_be_untouched(cases)
    number = take_back_histories(
        actor=actor, procedure=PROCEDURE, cases=cases, reason=_("撤销导入《%s》") % run.filename, today=today, now=now
    )  # fmt: skip
    people = {row.case.person_id or 0: row.before for row in rows}
    office: dict[str, Any] = {"actor": System(run.tenant_id), "tenant_id": run.tenant_id}
    facts = [pk for before in people.values() for pk in before["withdrawn"]]
    revive_facts(kind=FactKind.PARTY_STATUS, facts=facts, people=list(people), today=today, **office)
    mark_joinings(joined={pk: _days(before) for pk, before in people.items()}, **office)
    following.take_back_training(actor=actor, run=run, now=now)
    following.unsettle(cases, list(people.values()))
    run.state = ImportState.UNDONE
    run.save(update_fields=["state"])
    note(cases=number)
    return run


def _days(before: Mapping[str, Any]) -> tuple[date | None, date | None]:
    joined, converted = (
        date.fromisoformat(before[name]) if before[name] else None for name in ("joined_on", "converted_on")
    )
    return joined, converted


def _must_be_untouched(cases: list[Case]) -> None:
    for model in _BESIDE:
        if model._default_manager.filter(case__in=cases).exists():
            raise Refused(
                _("这批案卷里后来登记了%(what)s，不能撤销。") % {"what": _WORDS[model.__name__]},
                remedy=_("请在案卷里逐个更正或结束。"),
            )


@action("membership.register.marked", may=rules.may_work_on, locks=("run",), about="run")
def mark_import(
    *, actor: Actor, run: RegisterImport, state: ImportState, outcome: dict[str, object]
) -> RegisterImport:
    """Record that a run failed, and why."""
    run.state, run.outcome = state, outcome
    run.save(update_fields=["state", "outcome"])
    return run
