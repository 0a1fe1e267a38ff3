"""The bakery registered as a procedure, for tests with a database; a person of the cast is the loaf."""

from rongpei.kernel.procedures.registry import Around, Registered
from rongpei.kernel.procedures.tests.baking import BAKING
from rongpei.org.access.codes import Role

RUNNERS = (Role.BRANCH_SECRETARY, Role.PARTY_OFFICE)


def _may(*, actor, case, unit, person, step):
    return any(unit.path.startswith(path) for path in actor.places(*RUNNERS))


REGISTERED = Registered(
    procedure=BAKING,
    may=_may,
    around=lambda case, on: Around(),
    read=lambda step, data: _dates(data),
    changed=lambda change: None,
    holders={"baker": RUNNERS[:1], "taster": ()},
    supervisors=(Role.GENERAL_BRANCH_SECRETARY, Role.PARTY_OFFICE),
)


def _dates(data):
    from datetime import date

    return {
        key: date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) else value
        for key, value in data.items()
    }
