"""Whose party side the asker sees: the queryset faces of `access.rules.sees_party_status`."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from rongpei.activities.partydays.rules import READERS as BRANCH_READERS
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.org.access.codes import PARTY_READERS, READERS
from rongpei.org.access.rules import people_at, reaches, units_below, visible_people, visible_units
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit

BRANCH_KINDS = (UnitKind.BRANCH, UnitKind.TEMPORARY_BRANCH)


def reads_party(actor: Actor) -> bool:
    """Whether the asker holds any role that shows other people's party side."""
    return actor.holds(*PARTY_READERS)


def party_seen(actor: Actor) -> Combinable:
    """A yes-or-no expression over people: may the asker see this person's party side?"""
    found = people_at(actor.places(*PARTY_READERS))
    if not found:
        return Value(True)
    if actor.person_id is not None:
        found |= Q(pk=actor.person_id)
    return ExpressionWrapper(found, output_field=BooleanField())


def people_of_tree(actor: Actor, tree: str) -> QuerySet[Person]:
    """People the asker may name as belonging to units of a tree: party and League homes tell political status."""
    return visible_people(actor, READERS if tree == Tree.ADMIN else PARTY_READERS).filter(
        standing=Standing.PRESENT
    )


def sees_officers(actor: Actor, unit: Unit) -> bool:
    """Whether the asker may read the officers of a unit: everyone those of an administrative one.

    A party office tells its holder's political status, so it is read by party roles that reach the unit.
    """
    return unit.tree == Tree.ADMIN or reaches(actor, unit, *PARTY_READERS)


def branches_for(actor: Actor) -> QuerySet[Unit]:
    """Branches whose meetings and members the asker reads."""
    rows = visible_units(actor).filter(units_below(actor.places(*BRANCH_READERS)))
    return rows.filter(tree=Tree.PARTY, kind__in=BRANCH_KINDS)


def branch_for(actor: Actor, pk: int) -> Unit | None:
    """One of them; None when the asker reads no such branch."""
    return next(iter(_branch(actor=actor, pk=pk)), None)


@prepared_models
def _branch(*, actor: Actor, pk: int) -> QuerySet[Unit]:
    return branches_for(actor).filter(pk=pk)


__all__ = [
    "BRANCH_KINDS",
    "BRANCH_READERS",
    "branch_for",
    "branches_for",
    "party_seen",
    "people_of_tree",
    "reads_party",
    "sees_officers",
]
