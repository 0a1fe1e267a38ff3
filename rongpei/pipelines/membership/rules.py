"""Who may act on membership cases, and who may see them."""

from django.db.models import Q, QuerySet

from rongpei.ground.accounts.actor import Actor, System
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.codes import Role
from rongpei.org.access.rules import reaches, units_below
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.statutes import MEMBERSHIP

BRANCH = (Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)
OFFICE = (Role.PARTY_OFFICE,)
READERS = (
    *OFFICE, Role.HOSPITAL_LEADER, Role.GENERAL_BRANCH_SECRETARY, *BRANCH,
)  # fmt: skip
# Who keeps material of political review and discipline: never the person, and not everybody who reads the case.
REVIEWERS = (*OFFICE, Role.DISCIPLINE_OFFICER, *BRANCH)
HOLDERS: dict[str, tuple[str, ...]] = {
    "applicant": (),
    "branch": BRANCH,
    "branch_committee": BRANCH,
    "members_meeting": BRANCH,
    "party_committee": OFFICE,
}
_BY_PERSON = ("submit_application", "apply_conversion")


def may(*, actor: Actor, case: Case | None, unit: Unit, person: Person | None, step: str) -> bool:
    """The party office may everything in its tenant; the branch what its unit does; a person applies for oneself.

    Nobody decides about oneself.
    """
    if isinstance(actor, System):
        return actor.tenant_id == unit.tenant_id
    own = person is not None and actor.person_id == person.pk
    if own:
        return step in _BY_PERSON
    if reaches(actor, unit, *OFFICE):
        return True
    held_by = MEMBERSHIP.step(step).actor if step else "branch"
    return held_by != "party_committee" and reaches(actor, unit, *BRANCH)


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases of the units one reads, and one's own."""
    mine = Q(person_id=actor.person_id or 0)
    paths = actor.places(*READERS)
    rows = Case.objects.filter(procedure=PROCEDURE)
    if "/" in paths:
        return rows
    units = Unit.objects.filter(units_below(paths)).values("id")
    return rows.filter(mine | Q(unit__in=units)) if paths else rows.filter(mine)


def may_see(actor: Actor, case: Case) -> bool:
    """The check face of `visible_cases`."""
    return actor.person_id == case.person_id or reaches(actor, case.unit, *READERS)


def may_keep_rules(*, actor: Actor, tenant_id: int) -> bool:
    """The party office keeps special documents."""
    return actor.tenant_id == tenant_id and actor.holds(*OFFICE)


def may_report(*, actor: Actor, case: Case) -> bool:
    """The person hands in the own thought report; the branch records one on paper."""
    if case.tenant_id != actor.tenant_id or case.procedure != PROCEDURE:
        return False
    return actor.person_id == case.person_id or reaches(actor, case.unit, *BRANCH, *OFFICE)


def may_enter_training(*, actor: Actor, case: Case) -> bool:
    """The party office holds the concentrated training."""
    return case.tenant_id == actor.tenant_id and actor.holds(*OFFICE) and actor.person_id != case.person_id
