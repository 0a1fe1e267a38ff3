"""The kit as the page shows it: the roll with its exclusions, who came, the counts, the resolution."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.queries import findings_if
from rongpei.kernel.procedures.votes import Ballots, Outcome, conflicts, resolution
from rongpei.org.people.models import Person
from rongpei.pipelines.membership.actions.meeting import STEP_OF
from rongpei.pipelines.membership.codes import Exclusion, KitKind, Mark
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
        return voters_roll(self.kit.unit, self.kit.held_on, self.stated)

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
        name, ballots, result = self.candidate.case.person, self.ballots, self.result
        first = _("%(name)s同志自 %(on)s提出入党申请。%(performance)s") % {
            "name": name, "on": day_full(self.candidate.case.opened_on),
            "performance": self.candidate.performance or _("（主要表现由支部填写）"),
        }  # fmt: skip
        topic = _("入党问题") if self.kit.kind == KitKind.ADMISSION else _("转正问题")
        second = _(
            "%(on)s，支部大会对其%(topic)s进行了讨论。应到会有表决权的正式党员 %(eligible)s 名，实到会 %(present)s 名。"
            "经无记名投票，同意 %(yes)s 名（含会前提交书面意见的 %(written)s 名），反对 %(no)s 名，弃权 %(abstain)s 名。"
        ) % {
            "on": day_full(self.kit.held_on), "topic": topic, "eligible": ballots.eligible, "present": ballots.present,
            "yes": result.yes_total if result.yes_total is not None else "—", "written": ballots.written_yes or 0,
            "no": (ballots.no or 0) + (ballots.written_no or 0), "abstain": ballots.abstain or 0,
        }  # fmt: skip
        return [first, second + self._decision(str(name), carried=bool(result.carried))]

    def _decision(self, name: str, *, carried: bool) -> str:
        if not self.counted:
            return ""
        if not carried:
            return _("同意人数没有超过应到会有表决权的正式党员的半数，没有通过。")
        decided = {
            "convert": _("同意%(name)s同志转为中共正式党员。"), "extend": _("同意延长%(name)s同志的预备期。"),
            "cancel": _("同意取消%(name)s同志的预备党员资格。"),
        }  # fmt: skip
        outcome = self.candidate.outcome if self.candidate else ""
        if self.kit.kind == KitKind.ADMISSION:
            words = _("同意接收%(name)s同志为中共预备党员。")
        else:
            words = decided.get(outcome or "convert", "")
        return _("同意人数超过应到会有表决权的正式党员的半数，") + words % {"name": name}
