"""A case as the person concerned sees it: stages, dates and what is next; no findings, no opinions, no counts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.ui import parts
from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.judging import offered_steps, stands
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import facts_of
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.statutes import MEMBERSHIP, terms
from rongpei.pipelines.membership.web.caseview import ACTORS


@dataclass(frozen=True)
class Coming:
    """A step that is next: what, who acts, when."""

    label: str
    actor: str
    when: str
    mine: bool
    code: str


class MineView:
    """Asked once for the page."""

    def __init__(self, case: Case, today: date) -> None:
        self.case, self.today = case, today

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.case, self.today)

    @cached_property
    def coming(self) -> list[Coming]:
        """What can be next, in the order of the steps."""
        if self.case.state != State.OPEN:
            return []
        found = []
        for step in offered_steps(MEMBERSHIP, self.facts):
            window = step.window(self.facts)
            when = ""
            if window.opens_on and window.opens_on > self.today:
                when = _("%s起") % day_full(window.opens_on)
            elif window.due_on:
                when = _("%s前") % day_full(window.due_on)
            actor = str(ACTORS.get(step.actor, ""))
            found.append(Coming(str(step.label), actor, when, step.actor == "applicant", step.code))
        return found

    @property
    def may_convert(self) -> bool:
        """Whether the application to become full can be handed in now."""
        return any(one.code == "apply_conversion" for one in self.coming)

    @cached_property
    def done(self) -> list[tuple[str, date]]:
        """Steps that stand, the newest first. Reviews that were not passed do not show here."""
        rows = [
            (str(MEMBERSHIP.step(one.step).label), one.on)
            for one in self.facts.done
            if MEMBERSHIP.step(one.step).number and stands(MEMBERSHIP, one)
        ]
        return rows[::-1]

    @property
    def stages(self) -> list[parts.Step]:
        found = []
        order = [stage.code for stage in MEMBERSHIP.stages]
        at = order.index(self.case.stage) if self.case.stage in order else 0
        finished = self.case.outcome == "completed"
        for index, stage in enumerate(MEMBERSHIP.stages):
            state: Any = "ok" if index < at or finished else "now" if index == at and not finished else ""
            found.append(parts.Step(str(stage.label), "", state))
        return found

    @cached_property
    def helpers(self) -> list[Helper]:
        return list(Helper.objects.filter(case=self.case).select_related("person").order_by("kind", "id"))

    @property
    def probation_due(self) -> date | None:
        """The day probation expires."""
        return (
            terms.probation_due_on(self.facts)
            if stands(MEMBERSHIP, self.facts.last("committee_admission_approval"))
            else None
        )
