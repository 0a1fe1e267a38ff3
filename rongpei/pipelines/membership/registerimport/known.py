"""What the house knows already about the people of a register: their cases, statuses, sanctions; a few queries for all."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import Around
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.pipelines.membership.codes import PROCEDURE, Outcome
from rongpei.pipelines.membership.models import SpecialRule
from rongpei.pipelines.membership.preparing import waiver_of
from rongpei.pipelines.membership.registerbook import step_cells

OWN_SOURCE = "membership:"
_Points = dict[tuple[int, str], list[tuple[date, str, int, str]]]


@dataclass(slots=True)
class Known:
    """Cases by person with their cells, dated facts of people, and the documents that lift something."""

    cases: dict[int, list[Case]] = field(default_factory=lambda: defaultdict(list))
    cells: dict[int, dict[str, Any]] = field(default_factory=dict)
    points: _Points = field(default_factory=lambda: defaultdict(list))
    around: Around = field(default_factory=Around)

    def around_of(self, person: Person) -> Around:
        """What the judge may know of the person beside the line; how the branch was made up then nobody knows now."""
        return Around(subject={"born_on": person.born_on}, waivers=self.around.waivers)

    def helper(self, told: dict[str, Any], on: date) -> dict[str, Any]:
        """A helper with the standing and the sanction of the day, as far as they are known."""
        person_id = told.get("person_id", 0)
        status = self._value(person_id, FactKind.PARTY_STATUS, on)
        found = dict(told)
        if status:
            found["status"] = "full" if status[1] == PartyStatus.FULL else "probationary"
        sanction = self._value(person_id, FactKind.DISCIPLINE, on)
        if sanction and sanction[1]:
            ends = [day for day, *_more in self.points[person_id, FactKind.DISCIPLINE] if day > on]
            until = ends[0] - timedelta(days=1) if ends else on
            found |= {"sanction": sanction[1], "effect_until": until, "rights_restored": False}
        return found

    def _value(self, person_id: int, kind: FactKind, on: date) -> tuple[date, str, int, str] | None:
        points = self.points.get((person_id, kind), [])
        place = bisect_right([point[0] for point in points], on)
        return points[place - 1] if place else None

    def others_since(self, person: Person, on: date) -> list[tuple[date, str, int]]:
        """Party statuses from a day on that no case of ours decided: (day, status, fact's id)."""
        points = self.points.get((person.pk, FactKind.PARTY_STATUS), [])
        return [
            (day, value, pk)
            for day, value, pk, source in points
            if day >= on and not source.startswith(OWN_SOURCE)
        ]

    def case_like(self, person: Person, applied_on: date | None) -> Case | None:
        """The person's open case, the one that made a member, or the ended one that began with the same application."""
        for case in self.cases.get(person.pk, ()):
            told = case.outcome == Outcome.COMPLETED or case.opened_on == applied_on
            if case.state != State.ENDED or told:
                return case
        return None

    def ended_after(self, person: Person, applied_on: date) -> date | None:
        """The end of an earlier case that an application on this day would fall into."""
        ends = [case.ended_on for case in self.cases.get(person.pk, ()) if case.ended_on]
        return max((end for end in ends if end > applied_on), default=None)


def known_of(tenant_id: int, people: Collection[int], helpers: Collection[int]) -> Known:
    """Everything known of the people of the lines and of the helpers they name; six queries."""
    found = Known()
    cases = list(Case.objects.filter(procedure=PROCEDURE, person__in=people).order_by("opened_on", "pk"))
    for case in cases:
        found.cases[case.person_id or 0].append(case)
    found.cells = step_cells(cases) if cases else {}
    kinds = (FactKind.PARTY_STATUS, FactKind.DISCIPLINE)
    rows = Fact.objects.filter(person__in={*people, *helpers}, kind__in=kinds, superseded_at=None)
    for person_id, kind, day, value, pk, source in rows.order_by("starts_on").values_list(
        "person_id", "kind", "starts_on", "value", "pk", "source"
    ):
        found.points[person_id, kind].append((day, value, pk, source))
    rules = SpecialRule.objects.filter(tenant_id=tenant_id).order_by("id")
    found.around = Around(waivers=tuple(map(waiver_of, rules)))
    return found


def standings(statuses: Mapping[date, PartyStatus]) -> PartyStatus:
    """The status that the latest day tells."""
    return statuses[max(statuses)] if statuses else PartyStatus.NONE
