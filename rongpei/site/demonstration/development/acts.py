"""An act in the making, a course of acts, and the ways (one for each application) that a person's statuses tell."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.units.codes import Office, Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import Outcome
from rongpei.site.demonstration.development.oddities import Oddity
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.someone import Cell, House, Someone


@dataclass(slots=True)
class Act:
    """Something recorded of a case; `branch` runs it then."""

    step: str
    on: date
    branch: Unit
    data: dict[str, Any] = field(default_factory=dict)
    kind: RecordKind = RecordKind.DONE
    reason: str = ""


@dataclass(slots=True)
class Course:
    """One case in the making: its acts in order, thought reports, and training days."""

    house: House
    person: Someone
    way: dict[PartyStatus, date]
    oddity: Oddity | None
    chance: random.Random
    acts: list[Act] = field(default_factory=list)
    reports: list[date] = field(default_factory=list)
    training: list[date] = field(default_factory=list)
    state: State = State.OPEN
    outcome: str = ""
    ended_on: date | None = None
    id: int = 0

    @property
    def anchor(self) -> date:
        """Nothing is later than the anchor date."""
        return self.house.anchor

    def branch_on(self, on: date) -> Unit:
        """The branch of the person on a day; the last one for those who left."""
        branch = self.person.branch(on) or (self.acts[-1].branch if self.acts else None)
        assert branch is not None  # noqa: S101 - an applicant has a branch
        return branch

    def cell_on(self, on: date) -> Cell:
        """The branch in the making."""
        branch = self.branch_on(on)
        return next(cell for cell in self.house.cells if cell.unit is branch)

    def act(self, step: str, on: date, reason: str = "", **data: Any) -> bool:
        """Add an act unless it lies in the future; whether it was added."""
        if on > self.anchor:
            return False
        self.acts.append(Act(step, on, self.branch_on(on), data, reason=reason))
        return True

    def say(self, kind: RecordKind, on: date, reason: str = "", **data: Any) -> None:
        """Add a record of the life of the case."""
        self.acts.append(Act("", on, self.branch_on(on), data, kind, reason))

    def end(self, outcome: Outcome, on: date, reason: str) -> None:
        """End the case before its last step."""
        self.say(RecordKind.ENDED, on, reason, outcome=outcome.value)
        self.state, self.outcome, self.ended_on = State.ENDED, outcome.value, on

    def has(self, step: str) -> bool:
        """Whether the step was done."""
        return any(act.step == step for act in self.acts)

    def last(self, step: str) -> date:
        """The day the step was last done."""
        return max(act.on for act in self.acts if act.step == step)

    def follow_moves(self) -> None:
        """Put the acts in order, with a transfer wherever the branch changed between them."""
        self.acts.sort(key=lambda act: act.on)
        first, last = self.acts[0].on, self.acts[-1].on
        here = self.acts[0].branch
        for day, _unit in self.person.homes[Tree.PARTY].points():
            there = self.person.branch(day)
            if first < day <= last and there is not None and there is not here:
                place = next(index for index, act in enumerate(self.acts) if act.on >= day)
                reason = "本人岗位调整，组织关系随之转接"
                self.acts.insert(place, Act("transfer_in", day, there, {}, RecordKind.TRANSFERRED, reason))
                here = there

    def secretary_on(self, on: date) -> Someone:
        """Who wrote it down: the secretary of the branch, or a member where there is none."""
        found = [o.person for o in self.cell_on(on).committee(on) if o.office == Office.SECRETARY]
        return found[0] if found else self.helpers(on, 1)[0]

    def officer(self, on: date, office: Office = Office.SECRETARY) -> str:
        """The name of an officer of the branch on a day."""
        found = [o.person.name for o in self.cell_on(on).committee(on) if o.office == office]
        return found[0] if found else self.helpers(on, 1)[0].name

    def voters(self, on: date) -> list[Someone]:
        """Full members at home in the branch on a day."""
        expected = self.cell_on(on).expected(on)
        return [one for one in expected if one.fact(FactKind.PARTY_STATUS, on) == PartyStatus.FULL]

    def helpers(self, on: date, count: int) -> list[Someone]:
        """Full members who help the person: the same ones as long as they are there."""
        chance = dice(self.house.plan.code, "helpers", self.person.id)
        found = sorted(self.voters(on), key=lambda one: (one.is_retired, chance.random()))
        return found[:count]

    def votes(self, on: date) -> dict[str, Any]:
        """Counts of a meeting that was quorate and carried."""
        eligible = len(self.voters(on))
        present = eligible - self.chance.randint(0, max(0, eligible // 6))
        written = min(eligible - present, self.chance.randint(0, 1))
        no = int(self.chance.random() < 0.12)
        abstain = int(self.chance.random() < 0.15)
        return {
            "eligible": eligible, "present": present, "issued": present, "returned": present, "valid": present,
            "yes": present - no - abstain, "no": no, "abstain": abstain, "written_yes": written, "written_no": 0,
        }  # fmt: skip

    def later(self, on: date, least: int, most: int) -> date:
        """Some days later."""
        return on + timedelta(days=self.chance.randint(least, most))


def ways(one: Someone) -> list[dict[PartyStatus, date]]:
    """Each application of a person as `{status: day}`; 群众 ends one."""
    found: list[dict[PartyStatus, date]] = [{}]
    for on, value in one.facts[FactKind.PARTY_STATUS].points():
        found[-1][PartyStatus(value)] = on
        if value == PartyStatus.NONE:
            found.append({})
    return [way for way in found if way]
