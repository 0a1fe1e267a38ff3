"""Writing what is open: the rows behind to-dos, boards, overdue lists and the nightly run."""

from datetime import date, timedelta

from rongpei.kernel.procedures.codes import CUSTOM_DAYS, State
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.judging import offered_steps
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.kernel.procedures.queries import stage_of
from rongpei.kernel.procedures.registry import registered


def refresh(case: Case, facts: Facts) -> None:
    """Make the open steps of a case what its facts say; a step still open keeps what reminded and escalated it.

    Part of the action that changed the case, which holds its lock.
    """
    due = wanted(case, facts) if case.state == State.OPEN else {}
    there = {row.step: row for row in Opening.objects.filter(case=case)}
    Opening.objects.filter(case=case).exclude(step__in=list(due)).delete()
    fresh = []
    for step, row in due.items():
        old = there.get(step)
        if old is None:
            fresh.append(row)
        elif (old.unit_id, old.opens_on, old.due_on) != (row.unit_id, row.opens_on, row.due_on):
            old.unit_id, old.opens_on, old.due_on, old.by_rule = (
                row.unit_id,
                row.opens_on,
                row.due_on,
                row.by_rule,
            )
            old.reminded_on = old.escalated_on = old.escalated_to = None
            old.save()
    Opening.objects.bulk_create(fresh)


def wanted(case: Case, facts: Facts) -> dict[str, Opening]:
    """The open steps that a case should have by its facts, not yet stored."""
    procedure = registered(case.procedure).procedure
    last = max((one.on for one in facts.done), default=case.opened_on)
    rows = {}
    for step in offered_steps(procedure, facts):
        window = step.window(facts)
        opens = window.opens_on or last
        due = window.due_on or _practice(opens)
        rows[step.code] = Opening(
            tenant_id=case.tenant_id, case=case, procedure=case.procedure, step=step.code, holder=step.actor,
            person_id=case.person_id, unit_id=case.unit_id, opens_on=opens, due_on=due,
            by_rule=window.due_on is not None,
        )  # fmt: skip
    return rows


def _practice(opens: date) -> date:
    return opens + timedelta(days=CUSTOM_DAYS)


def stage(case: Case, facts: Facts) -> str:
    """The stage its facts have come to."""
    return stage_of(registered(case.procedure).procedure, facts)
