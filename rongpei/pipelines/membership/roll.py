"""Who should attend with a vote (应到会有表决权的正式党员), computed from facts as of the day, exclusions stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rongpei.org.people.codes import DisciplineEffect, FactKind, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.people.queries import facts_as_of
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Posting, Unit
from rongpei.pipelines.membership.codes import Exclusion


@dataclass(frozen=True)
class Roll:
    """Voters of a branch on a day, by pinyin; and members who are not, each with the reason to be stated."""

    voters: tuple[Person, ...]
    excluded: tuple[tuple[Person, Exclusion], ...]

    @property
    def eligible(self) -> int:
        """应到会有表决权人数."""
        return len(self.voters)


def home_ids(branch: Unit, on: date) -> list[int]:
    """People whose home the branch (or a group of it) was on a day; temporary affiliations do not count."""
    below = Unit.objects.filter(path__under=branch.path).values("id")
    once_here = Posting.objects.filter(unit__in=below, starts_on__lte=on, superseded_at=None).values("person")
    newest = (
        Posting.objects.filter(tree=Tree.PARTY, starts_on__lte=on, superseded_at=None, person__in=once_here)
        .order_by("person_id", "-starts_on")
        .distinct("person_id")
        .values_list("person_id", "unit__path")
    )
    return [ident for ident, path in newest if path and path.startswith(branch.path)]


def voters_roll(branch: Unit, on: date, stated: Mapping[int, Exclusion] | None = None) -> Roll:
    """The roll of a branch; `stated` holds exclusions that facts cannot tell, by person id. Three queries."""
    facts = facts_as_of(home_ids(branch, on), on, [FactKind.PARTY_STATUS, FactKind.DISCIPLINE])
    members = {
        ident: held
        for ident, held in facts.items()
        if held.get(FactKind.PARTY_STATUS) in (PartyStatus.FULL, PartyStatus.PROBATIONARY)
    }
    voters: list[Person] = []
    excluded: list[tuple[Person, Exclusion]] = []
    for person in Person.objects.filter(pk__in=members).order_by("sort_key", "id"):
        reason = _exclusion(members[person.pk]) or (stated or {}).get(person.pk)
        if reason is None:
            voters.append(person)
        else:
            excluded.append((person, reason))
    return Roll(tuple(voters), tuple(excluded))


def _exclusion(held: Mapping[str, str]) -> Exclusion | None:
    if held.get(FactKind.PARTY_STATUS) == PartyStatus.PROBATIONARY:
        return Exclusion.PROBATIONARY
    if held.get(FactKind.DISCIPLINE) == DisciplineEffect.PROBATION:
        return Exclusion.SANCTIONED
    return None


def full_members_on(branch: Unit, on: date) -> int:
    """正式党员 of a branch on a day, those without a vote included."""
    facts = facts_as_of(home_ids(branch, on), on, [FactKind.PARTY_STATUS])
    return sum(held.get(FactKind.PARTY_STATUS) == PartyStatus.FULL for held in facts.values())
