"""Appending a record, and what follows from it in the same transaction. Called by the actions, under their lock."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.procedures import opening
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.declaring import Procedure
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Judgement, Level
from rongpei.kernel.procedures.judging import check, eased, stands
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.queries import facts_of
from rongpei.kernel.procedures.registry import Change, registered


def append(
    actor: Actor, case: Case, kind: RecordKind, *, on: date, today: date, now: datetime, step: str = "",
    data: dict[str, Any] | None = None, judgement: Judgement | None = None, reason: str = "",
    supersedes: Record | None = None, state: State | None = None, outcome: str | None = None,
) -> Record:  # fmt: skip
    """Append one record to a locked case, then bring its state, stage, openings and effects up to it."""
    record = Record.objects.create(
        tenant_id=case.tenant_id, case=case, sequence=case.records + 1, kind=kind, step=step, done_on=on,
        data=plain(data or {}), edition=judgement.edition if judgement else "",
        findings=[one.as_json() for one in judgement.findings] if judgement else [],
        sound=judgement.sound if judgement else True, reason=reason[:500], unit_id=case.unit_id,
        supersedes=supersedes, recorded_by=actor.person_id, recorded_at=now,
    )  # fmt: skip
    facts = facts_of(case, today)
    ended = ending(registered(case.procedure).procedure, facts)
    if state is None and ended:
        state, outcome = State.ENDED, ended
    case.records += 1
    was_ended, case.state = case.state == State.ENDED, state or case.state
    case.outcome = case.outcome if outcome is None else outcome
    if case.state != State.ENDED:
        case.ended_on = None
    elif not was_ended:
        case.ended_on = on
    case.stage = opening.stage(case, facts)
    case.reached_on = max((one.on for one in facts.done), default=case.opened_on)
    case.save()
    opening.refresh(case, facts)
    registered(case.procedure).changed(Change(actor, case, record, facts, today, now))
    return record


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """Values as they are stored: dates as text."""
    return {key: _plain(value) for key, value in data.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return DjangoJSONEncoder().default(value)


def ending(procedure: Procedure, facts: Facts) -> str:
    """How the case has ended by a step of its own, or the empty text."""
    for one in facts.done:
        ends = procedure.step(one.step).ends
        if ends and stands(procedure, one):
            return ends
    return ""


def judge_in_place(procedure: Procedure, facts: Facts, place: int, corrected: Done) -> Judgement:
    """The corrected doing judged by what stood before it; one that was told stays told."""
    earlier = replace(facts, done=facts.done[:place])
    judgement = check(procedure, corrected.step, facts=earlier, on=corrected.on, data=corrected.data)
    return eased(judgement) if corrected.told else judgement


def broken_by(procedure: Procedure, facts: Facts, place: int, corrected: Done) -> Judgement | None:
    """The first later doing that a correction would make unlawful, though it was lawful before and judged at all."""
    was, becomes = replace(facts, done=facts.done[:place]), replace(facts, done=facts.done[:place])
    was, becomes = was.with_done(facts.done[place]), becomes.with_done(corrected)
    for later in facts.done[place + 1 :]:
        before = check(procedure, later.step, facts=was, on=later.on, data=later.data)
        after = check(procedure, later.step, facts=becomes, on=later.on, data=later.data)
        if before.lawful and not after.lawful and not later.told:
            blocks = tuple(one for one in after.findings if one.level is Level.BLOCK)
            return replace(after, findings=blocks)
        was, becomes = was.with_done(later), becomes.with_done(later)
    return None
