"""Who may act on a case: the pipeline that owns the procedure answers."""

from datetime import date
from typing import Any

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import registered
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


def may_open(
    *, actor: Actor, procedure: str, unit: Unit, person: Person | None = None, **_more: Any
) -> bool | Refused:
    """Asked before a case exists."""
    known = registered(procedure)
    if unit.tenant_id != actor.tenant_id or (person is not None and person.tenant_id != actor.tenant_id):
        return False
    return known.may(actor=actor, case=None, unit=unit, person=person, step=known.procedure.steps[0].code)


def may_act(*, actor: Actor, case: Case, step: str = "", **_more: Any) -> bool | Refused:
    """Asked with the case locked; an empty step is the life of the case itself."""
    if case.tenant_id != actor.tenant_id:
        return False
    known = registered(case.procedure)
    return known.may(actor=actor, case=case, unit=case.unit, person=case.person, step=step)


def is_future(on: date, today: date) -> bool:
    """What has not happened is not recorded."""
    return on > today
