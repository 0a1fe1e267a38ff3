"""The twenty-five steps of a case: done, open with what is met and missing, or not reached."""

from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.ui import parts
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.declaring import Step
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import check, offered_steps, stands
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.queries import facts_of, full_history
from rongpei.org.access.visit import Visit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.preparing import prepare
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web import evidence as proofs
from rongpei.pipelines.membership.web.caseview.steprow import StepRow


class CaseSteps:
    """The history of a case and its steps, as they stand on the day asked about."""

    def __init__(
        self, *, actor: Visit, case: Case, today: date, on: date | None = None, step: str = ""
    ) -> None:
        self.actor, self.case, self.today = actor, case, today
        self.on = on or today
        self.asked = step

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.case, self.on, self.records)

    @cached_property
    def records(self) -> list[Record]:
        """The history of the case, asked once for the facts and for the lines below."""
        return full_history(case_id=self.case.pk)

    @cached_property
    def reviewer(self) -> bool:
        """Whether the visitor may read political review and discipline of this case."""
        return rules.may_read_review(actor=self.actor, case=self.case)

    def judged(self, step: Step) -> Judgement:
        data = prepare(self.case, step.code, self.on, {})
        return check(MEMBERSHIP, step.code, facts=self.facts, on=self.on, data=data)

    @cached_property
    def open_steps(self) -> dict[str, Step]:
        """Steps that can be taken up now, in their order."""
        if self.case.state != State.OPEN:
            return {}
        return {step.code: step for step in offered_steps(MEMBERSHIP, self.facts)}

    @cached_property
    def rows(self) -> list[StepRow]:
        return [self._row(step) for step in MEMBERSHIP.steps if step.number]

    @cached_property
    def behind(self) -> frozenset[str]:
        """Steps the book of a told history says nothing of, though later ones were done."""
        return MEMBERSHIP.behind(self.facts)

    def _row(self, step: Step) -> StepRow:
        done = tuple(self.facts.all_of(step.code))
        if step.code not in self.open_steps:
            behind = step.code in self.behind
            return StepRow(step, "ok" if done and stands(MEMBERSHIP, done[-1]) else "", done, behind=behind)
        window = step.window(self.facts)
        judgement = self.judged(step)
        lines = [*proofs.of_step(step, self.case, self.facts, self.today)]
        if not step.repeats:
            edition = MEMBERSHIP.edition_on(self.on)
            lines += [
                one
                if self.reviewer or one.state == "ok"
                else proofs.Evidence(one.state, one.title, article=one.article)
                for one in proofs.demanded(step, edition.code, judgement)
            ]
        return StepRow(
            step,
            "now",
            done,
            judgement,
            window.due_on,
            window.due_on is not None,
            self._may_do(step.code),
            lines,
        )

    def _may_do(self, step: str) -> bool:
        case = self.case
        return rules.may(actor=self.actor, case=case, unit=case.unit, person=case.person, step=step)

    @cached_property
    def groups(self) -> list[tuple[str, str, list[StepRow], bool]]:
        """Stages with their steps: ordinal, label, rows, and whether nothing of it has begun."""
        ordinals = (_("第一阶段"), _("第二阶段"), _("第三阶段"), _("第四阶段"), _("第五阶段"))
        found = []
        for ordinal, stage in zip(ordinals, MEMBERSHIP.stages, strict=True):
            rows = [row for row in self.rows if row.step.stage == stage.code]
            untouched = not any(row.state or row.done for row in rows)
            found.append((ordinal, str(stage.label), rows, untouched))
        return found

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many of the steps are done, open, and not reached."""
        states = [row.state for row in self.rows]
        return states.count("ok"), states.count("now"), states.count("")

    @property
    def stages(self) -> list[parts.Step]:
        """The five stages, with how far each has come."""
        found = []
        for (_ordinal, label, rows, _untouched), stage in zip(self.groups, MEMBERSHIP.stages, strict=True):
            done = sum(row.state == "ok" for row in rows)
            current = self.case.stage == stage.code and self.case.state != State.ENDED
            numbered = [row for row in rows if not row.step.repeats]
            complete = all(row.state == "ok" or row.behind for row in numbered)
            state: Any = "now" if current else "ok" if complete else ""
            words = (
                _("%(n)d 步完成") % {"n": done}
                if complete
                else _("%(done)d／%(all)d 步") % {"done": done, "all": len(rows)}
            )
            found.append(parts.Step(label, words, state))
        return found
