"""Everything that changes a case. Each action locks it, judges, appends one record, and rewrites what is open.

`perform` is the one gate for doing a step. Two people acting at once wait for each other at the lock; the second
is judged by what the first has done.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.procedures import recording, rules
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import check
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.queries import facts_of, standing_of
from rongpei.kernel.procedures.registry import registered
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Unlawful(Refused):
    """Blocked by the regulation; `judgement` holds every finding."""

    def __init__(self, judgement: Judgement, label: object) -> None:
        blocks = [one for one in judgement.findings if one not in judgement.warnings]
        first = blocks[0]
        remedy = _("最早 %(on)s 可以办理。") % {"on": judgement.lawful_from} if judgement.lawful_from else ""
        super().__init__(
            _("现在不能办理“%(step)s”。") % {"step": label},
            why="；".join(one.message for one in blocks),
            article=first.article,
            remedy=remedy,
            code=first.rule,
        )
        self.judgement = judgement


@action("procedures.case.opened", may=rules.may_open)
def open_case(
    *, actor: Actor, procedure: str, unit: Unit, on: date, today: date, now: datetime, person: Person | None = None,
    subject_id: int | None = None, partial: bool = False,
) -> Case:  # fmt: skip
    """Open a case in a unit. `partial`: its earlier steps were taken elsewhere or are imported, and are not all known.

    Refuses a second open case of the person in the same procedure.
    """
    _not_in_future(on, today)
    known = registered(procedure)
    try:
        with transaction.atomic():
            case = Case.objects.create(
                tenant_id=unit.tenant_id, procedure=procedure, person=person, subject_id=subject_id, unit=unit,
                opened_on=on, reached_on=on, stage=known.procedure.stages[0].code,
            )  # fmt: skip
    except IntegrityError as trouble:
        raise Refused(
            _("这个人已有正在办理的同一程序。"), remedy=_("请打开原有的案卷继续办理。")
        ) from trouble
    recording.append(
        actor, case, RecordKind.OPENED, on=on, today=today, now=now, data={"partial": True} if partial else {}
    )
    return case


@action("procedures.step.done", may=rules.may_act, locks=("case",), about="case")
def perform(
    *, actor: Actor, case: Case, step: str, on: date, today: date, now: datetime, data: dict[str, Any] | None = None,
    reason: str = "",
) -> Record:  # fmt: skip
    """Do a step on a day (which may be past), with its data.

    Refuses with `Unlawful` what the regulation blocks, and a warning without a reason: late or unusual acts are
    recorded, with why.
    """
    _must_be_open(case)
    _not_in_future(on, today)
    known = registered(case.procedure)
    try:
        given = known.prepare(case, step, on, known.read(step, data or {}))
    except ValueError as trouble:
        raise Refused(str(trouble)) from trouble
    facts = facts_of(case, on)
    judgement = check(known.procedure, step, facts=facts, on=on, data=given)
    _must_be_lawful(judgement, known.procedure.step(step).label, reason)
    note(step=step, on=on, edition=judgement.edition, warned=len(judgement.warnings))
    return recording.append(
        actor, case, RecordKind.DONE, step=step, on=on, today=today, now=now, data=given, judgement=judgement,
        reason=reason,
    )  # fmt: skip


@action("procedures.case.returned", may=rules.may_act, locks=("case",), about="case")
def return_case(
    *, actor: Actor, case: Case, step: str, reason: str, on: date, today: date, now: datetime
) -> Record:
    """Send a case back to a step: it and what came after no longer stand, and stay in the records.

    Refuses a step that was not done, and an empty reason.
    """
    _must_be_open(case)
    _not_in_future(on, today)
    _with_reason(reason)
    if not any(one.done.step == step for one in standing_of(case)):
        raise Refused(_("这一步还没有办理，不用退回。"))
    note(step=step)
    return recording.append(
        actor, case, RecordKind.RETURNED, step=step, on=on, today=today, now=now, reason=reason
    )


@action("procedures.record.corrected", may=rules.may_act, locks=("case",), about="case")
def correct(
    *, actor: Actor, case: Case, record: Record, on: date, reason: str, today: date, now: datetime,
    data: dict[str, Any] | None = None,
) -> Record:  # fmt: skip
    """Put another record in the place of one that stands; the old one stays.

    Refuses what would be unlawful in that place, or would make a later act unlawful that was not.
    """
    _not_in_future(on, today)
    _with_reason(reason)
    if case.state == State.SUSPENDED:
        _must_be_open(case)
    known = registered(case.procedure)
    places = standing_of(case)
    place = next((index for index, one in enumerate(places) if one.record_id == record.pk), None)
    if place is None:
        raise Refused(_("这条记录已被更正或退回，不能再更正。"), remedy=_("请更正现在有效的那一条。"))
    step, told = places[place].done.step, places[place].done.told
    try:
        given = known.read(step, data if data is not None else record.data)
        if not told:  # the house's own facts know nothing of what an old book tells
            given = known.prepare(case, step, on, given)
    except ValueError as trouble:
        raise Refused(str(trouble)) from trouble
    facts = facts_of(case, on)
    judgement = recording.judge_in_place(known.procedure, facts, place, Done(step, on, given, told=told))
    _must_be_lawful(judgement, known.procedure.step(step).label, reason)
    broken = recording.broken_by(known.procedure, facts, place, Done(step, on, given, judgement.sound, told))
    if broken is not None:
        raise Refused(
            _("这样更正以后，“%(step)s”（%(on)s）就不合规定了。")
            % {"step": known.procedure.step(broken.step).label, "on": broken.on},
            why="；".join(one.message for one in broken.findings),
            remedy=_("请先更正或退回那一步。"),
        )
    note(step=step, record=record.pk)
    return recording.append(
        actor, case, RecordKind.CORRECTED, step=step, on=on, today=today, now=now, data=given, judgement=judgement,
        reason=reason, supersedes=record,
    )  # fmt: skip


@action("procedures.case.suspended", may=rules.may_act, locks=("case",), about="case")
def suspend(*, actor: Actor, case: Case, reason: str, on: date, today: date, now: datetime) -> Record:
    """Stop a case for a time; nothing is open meanwhile."""
    _must_be_open(case)
    _not_in_future(on, today)
    _with_reason(reason)
    return recording.append(
        actor, case, RecordKind.SUSPENDED, on=on, today=today, now=now, reason=reason, state=State.SUSPENDED
    )


@action("procedures.case.resumed", may=rules.may_act, locks=("case",), about="case")
def resume(*, actor: Actor, case: Case, reason: str, on: date, today: date, now: datetime) -> Record:
    """Go on with a suspended case; time ran on."""
    _not_in_future(on, today)
    if case.state != State.SUSPENDED:
        raise Refused(_("案卷没有中止，不用恢复。"))
    return recording.append(
        actor, case, RecordKind.RESUMED, on=on, today=today, now=now, reason=reason, state=State.OPEN
    )


@action("procedures.case.transferred", may=rules.may_act, locks=("case",), about="case")
def transfer(
    *, actor: Actor, case: Case, unit: Unit, on: date, today: date, now: datetime, step: str = "", reason: str = ""
) -> Record:  # fmt: skip
    """Hand a case to another unit of the tenant. Its time goes on without a break.

    step: what the procedure calls it, when its rules ask for it. Refuses a foreign unit and the one it is in.
    """
    _must_be_open(case)
    _not_in_future(on, today)
    if unit.tenant_id != case.tenant_id or unit.pk == case.unit_id or unit.closed_on is not None:
        raise Refused(_("请选择本单位的另一个组织。"))
    if step:
        judgement = check(
            registered(case.procedure).procedure, step, facts=facts_of(case, on), on=on, data={}
        )
        _must_be_lawful(judgement, registered(case.procedure).procedure.step(step).label, reason)
    note(unit_before=case.unit_id, unit=unit.pk)
    case.unit = unit
    return recording.append(
        actor, case, RecordKind.TRANSFERRED, step=step, on=on, today=today, now=now, reason=reason
    )


@action("procedures.case.ended", may=rules.may_act, locks=("case",), about="case")
def end(
    *, actor: Actor, case: Case, outcome: str, reason: str, on: date, today: date, now: datetime
) -> Record:
    """End a case before its last step (withdrawn, rejected …), with a reason."""
    if case.state == State.ENDED:
        raise Refused(_("案卷已经结束。"))
    _not_in_future(on, today)
    _with_reason(reason)
    note(outcome=outcome)
    return recording.append(
        actor, case, RecordKind.ENDED, on=on, today=today, now=now, reason=reason, state=State.ENDED,
        outcome=outcome, data={"outcome": outcome},
    )  # fmt: skip


@action("procedures.case.reopened", may=rules.may_act, locks=("case",), about="case")
def reopen(*, actor: Actor, case: Case, reason: str, on: date, today: date, now: datetime) -> Record:
    """Take up a case that was ended before its last step; what was done still stands.

    Refuses one that ended by its own last step, and a person who has another open case.
    """
    _not_in_future(on, today)
    _with_reason(reason)
    if case.state != State.ENDED:
        raise Refused(_("案卷没有结束，不用重新办理。"))
    if recording.ending(registered(case.procedure).procedure, facts_of(case, on)):
        raise Refused(_("这个程序已经办完，不能重新办理。"), remedy=_("如有错误，请更正最后一步。"))
    if case.person_id and Case.objects.filter(
        person_id=case.person_id, procedure=case.procedure
    ).exclude(state=State.ENDED).exists():  # fmt: skip
        raise Refused(_("这个人已有正在办理的同一程序。"))
    return recording.append(
        actor, case, RecordKind.REOPENED, on=on, today=today, now=now, reason=reason, state=State.OPEN, outcome=""
    )  # fmt: skip


def _must_be_open(case: Case) -> None:
    if case.state == State.SUSPENDED:
        raise Refused(_("案卷已中止。"), remedy=_("请先恢复。"), code="suspended")
    if case.state == State.ENDED:
        raise Refused(_("案卷已经结束。"), code="ended")


def _not_in_future(on: date, today: date) -> None:
    if rules.is_future(on, today):
        raise Refused(_("不能登记将来的日期（%(on)s）。") % {"on": on}, remedy=_("请在办理当天或以后登记。"))


def _with_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("请写明原因。"), code="reason")


def _must_be_lawful(judgement: Judgement, label: object, reason: str) -> None:
    if not judgement.lawful:
        raise Unlawful(judgement, label)
    if judgement.warnings and not reason.strip():
        first = judgement.warnings[0]
        raise Refused(
            first.message, article=first.article, remedy=_("可以登记，但请写明原因。"), code="reason"
        )
