"""Who may act on a case: the pipeline that owns the procedure answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused
from rongpei.kernel.procedures.codes import ASIDE
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import History, registered
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
    if case.tenant_id != actor.tenant_id or case.procedure.startswith(ASIDE):
        return False
    known = registered(case.procedure)
    return known.may(actor=actor, case=case, unit=case.unit, person=case.person, step=step)


def may_tell(*, actor: Actor, procedure: str, histories: Sequence[History]) -> bool:
    """Whoever may change the life of each of the cases; nobody tells the own history."""
    may = registered(procedure).may
    return all(
        one.unit.tenant_id == one.person.tenant_id == actor.tenant_id
        and may(actor=actor, case=None, unit=one.unit, person=one.person, step="") is True
        for one in histories
    )


def may_take_back(*, actor: Actor, procedure: str, cases: Sequence[Case]) -> bool:
    """As telling them."""
    may = registered(procedure).may
    return all(
        one.tenant_id == actor.tenant_id
        and one.procedure == procedure
        and may(actor=actor, case=one, unit=one.unit, person=one.person, step="") is True
        for one in cases
    )


def is_future(on: date, today: date) -> bool:
    """What has not happened is not recorded."""
    return on > today
