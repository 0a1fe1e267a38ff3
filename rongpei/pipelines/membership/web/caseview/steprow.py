"""One step as the case page draws it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _lazy

from rongpei.kernel.procedures.declaring import Step
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.findings import Judgement
from rongpei.pipelines.membership.web import drawn
from rongpei.pipelines.membership.web import evidence as proofs

ACTORS = {
    "applicant": _lazy("本人"), "branch": _lazy("党支部"), "branch_committee": _lazy("支部委员会"),
    "members_meeting": _lazy("支部大会"), "party_committee": _lazy("上级党委"),
}  # fmt: skip
_HELD = ("branch_admission_meeting", "branch_conversion_meeting")


class StepRow(NamedTuple):
    """One step as the page draws it; `judgement` is of the chosen day, for open steps only.

    behind: a told history has left it behind without a word.
    """

    step: Step
    state: str
    done: tuple[Done, ...] = ()
    judgement: Judgement | None = None
    due_on: date | None = None
    by_rule: bool = False
    may_do: bool = False
    evidence: Sequence[proofs.Evidence] = ()
    behind: bool = False

    @property
    def actor(self) -> str:
        return str(ACTORS.get(self.step.actor, ""))

    @property
    def drawn(self) -> SafeString:
        """In one line, as a step that is not open."""
        return drawn.step(self)

    @property
    def last(self) -> Done | None:
        return self.done[-1] if self.done else None

    @property
    def lawful_from(self) -> date | None:
        """The first lawful day when the chosen one is not."""
        return self.judgement.lawful_from if self.judgement else None

    @property
    def is_meeting(self) -> bool:
        """Whether a members' meeting does it, with a kit of its own."""
        return self.step.code in _HELD
