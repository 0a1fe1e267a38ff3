"""The kit as the page shows it: the roll with its exclusions, who came, the counts, the resolution."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.queries import findings_if
from rongpei.kernel.procedures.votes import Ballots, Outcome, conflicts, resolution
from rongpei.org.people.models import Person
from rongpei.pipelines.membership.actions.meeting import STEP_OF
from rongpei.pipelines.membership.codes import Exclusion, KitKind, Mark
from rongpei.pipelines.membership.deciding import resolution_words
from rongpei.pipelines.membership.models import Candidate, MeetingKit
from rongpei.pipelines.membership.roll import Roll, voters_roll

COUNTS = ("issued", "returned", "valid", "yes", "no", "abstain", "written_yes", "written_no")


@dataclass(frozen=True)
class Voter:
    """A member on the roll and where they are."""

    person: Person
    mark: str

    @property
    def label(self) -> str:
        return str(Mark(self.mark).label) if self.mark else ""


class KitView:
    """A kit with one candidate in hand."""

    def __init__(self, kit: MeetingKit, candidate: Candidate | None = None) -> None:
        self.kit, self.candidate = kit, candidate

    @cached_property
    def stated(self) -> dict[int, Exclusion]:
        return {int(ident): Exclusion(reason) for ident, reason in self.kit.stated.items()}

    @cached_property
    def roll(self) -> Roll:
        """Whom this meeting admits was no member when it began, so is not among those left out."""
        roll = voters_roll(self.kit.unit, self.kit.held_on, self.stated)
        if self.kit.kind != KitKind.ADMISSION:
            return roll
        admitted = set(self.kit.candidates.values_list("case__person_id", flat=True))
        return replace(roll, excluded=tuple(one for one in roll.excluded if one[0].pk not in admitted))

    @property
    def members(self) -> int:
        """Everybody of the branch, before anybody is left out."""
        return self.roll.eligible + len(self.roll.excluded)

    @cached_property
    def voters(self) -> list[Voter]:
        return [Voter(person, self.kit.marks.get(str(person.pk), "")) for person in self.roll.voters]

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """Reasons with how many each leaves out."""
        found: dict[str, int] = {}
        for _person, reason in self.roll.excluded:
            found[str(reason.label)] = found.get(str(reason.label), 0) + 1
        return list(found.items())

    def number_of(self, *marks: Mark) -> int:
        return sum(voter.mark in marks for voter in self.voters)

    @property
    def present(self) -> int:
        """Who counts toward the quorum; those online only when the office said so."""
        return self.number_of(Mark.PRESENT, *((Mark.ONLINE,) if self.kit.online_counts else ()))

    @property
    def written(self) -> int:
        return self.number_of(Mark.WRITTEN)

    @property
    def away(self) -> int:
        return self.number_of(Mark.LEAVE, Mark.ABSENT) + sum(not voter.mark for voter in self.voters)

    @property
    def online(self) -> int:
        return self.number_of(Mark.ONLINE)

    @property
    def need(self) -> int:
        """The least number present, and of yes votes."""
        return self.roll.eligible // 2 + 1

    # The candidate in hand

    @cached_property
    def ballots(self) -> Ballots:
        counts = self.candidate.counts if self.candidate else {}
        return Ballots(
            eligible=self.roll.eligible, present=self.present, **{name: counts.get(name) for name in COUNTS}
        )

    @property
    def counted(self) -> bool:
        return self.ballots.yes is not None

    @property
    def result(self) -> Outcome:
        return resolution(self.ballots)

    @property
    def conflicts(self) -> list[str]:
        return list(conflicts(self.ballots))

    def data(self) -> dict[str, Any]:
        """What the step of the candidate's case is given: counts, never names of how anybody voted."""
        kit, candidate = self.kit, self.candidate
        assert candidate is not None  # noqa: S101 - asked only with a candidate in hand
        given: dict[str, Any] = {
            "present": self.present, **candidate.counts, "place": kit.place, "host": kit.host,
            "recorder": kit.recorder, "tellers": kit.tellers, "performance": candidate.performance, "kit": kit.pk,
            "stated": [{"person_id": ident, "reason": str(reason)} for ident, reason in self.stated.items()],
        }  # fmt: skip
        if kit.kind == KitKind.CONVERSION:
            given["outcome"] = candidate.outcome or "convert"
        return {key: value for key, value in given.items() if value not in ("", [], None)}

    def judgement(self) -> Judgement | None:
        """What the step would be found, once something was counted."""
        if self.candidate is None or not self.counted:
            return None
        step = STEP_OF[KitKind(self.kit.kind)]
        return findings_if(self.candidate.case, step, on=self.kit.held_on, data=self.data())

    @property
    def applied_on(self) -> date | None:
        return self.candidate.case.opened_on if self.candidate else None

    def resolution_words(self) -> list[str]:
        """The resolution with its six items: performance, eligible, present, result, date, signature (below)."""
        assert self.candidate is not None  # noqa: S101 - asked only with a candidate in hand
        return resolution_words(
            name=str(self.candidate.case.person), applied_on=self.candidate.case.opened_on,
            performance=self.candidate.performance, admission=self.kit.kind == KitKind.ADMISSION,
            held_on=self.kit.held_on, ballots=self.ballots, outcome=self.candidate.outcome,
        )  # fmt: skip
