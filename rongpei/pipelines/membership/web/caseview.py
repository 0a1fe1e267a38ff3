"""What the case page shows, asked once: the facts, the five stages, the steps, what comes next."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground.clock.calendar import full_years
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.ground.ui import parts
from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.declaring import Step
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Finding, Judgement
from rongpei.kernel.procedures.judging import check, offered_steps, stands
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.printing import diagram
from rongpei.kernel.procedures.queries import facts_of, full_history
from rongpei.org.access.visit import Visit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import HelperKind
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.preparing import prepare
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web import drawn
from rongpei.pipelines.membership.web import evidence as proofs

ACTORS = {
    "applicant": _lazy("本人"), "branch": _lazy("党支部"), "branch_committee": _lazy("支部委员会"),
    "members_meeting": _lazy("支部大会"), "party_committee": _lazy("上级党委"),
}  # fmt: skip
# What tells of somebody's discipline or political review is for those who keep it.
_SECRET_RULES = ("introducer_sanction", "introducers", "political_review")
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


@lru_cache(maxsize=500)
def _diagram(done: tuple[str, ...], open_now: tuple[str, ...]) -> SafeString:
    """Alike for all cases that have come as far."""
    return diagram(MEMBERSHIP, done, open_now)


@prepared_models
def _helpers_of(*, case_id: int) -> QuerySet[Helper]:
    rows = Helper.objects.filter(case_id=case_id).select_related("person").order_by("kind", "id")
    return rows.only("kind", "person__name")


class CaseView:
    """A case on a day: `on` is the day asked about, `step` the one asked about (else the next)."""

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

    # What comes next

    @cached_property
    def next(self) -> StepRow | None:
        """The step asked about, else the first open one that does not repeat."""
        now = [row for row in self.rows if row.state == "now"]
        asked = next((row for row in now if row.step.code == self.asked), None)
        return asked or next((row for row in now if not row.step.repeats), now[0] if now else None)

    @property
    def findings(self) -> list[Finding]:
        """What was found of the chosen step on the chosen day, as far as the visitor may read it."""
        if self.next is None or self.next.judgement is None:
            return []
        return self.seen_findings(self.next.judgement.findings)

    def seen_findings(self, found: Sequence[Finding]) -> list[Finding]:
        """Findings without what tells of somebody's discipline or review, for those not entitled to it."""
        return [one for one in found if self.reviewer or one.rule not in _SECRET_RULES]

    @property
    def edition(self) -> str:
        """The edition applied on the chosen day."""
        return str(MEMBERSHIP.edition_on(self.on).label)

    @property
    def gap(self) -> int:
        """Days missing until the first lawful day."""
        until = self.next.lawful_from if self.next else None
        return (until - self.on).days if until else 0

    @property
    def rest_words(self) -> str:
        """A warning when the first lawful day is one on which nobody works."""
        until = self.next.lawful_from if self.next else None
        if until is None or self.facts.calendar.is_worked(until):
            return ""
        worked = self.facts.calendar.add_working_days(until, 1).on
        return _("当天不上班，之后第一个工作日是 %(on)s。") % {"on": day_full(worked)}

    @property
    def plan(self) -> list[tuple[str, str]]:
        """How the coming weeks look if the branch committee proposes the person on the chosen (or first lawful) day."""
        if self.next is None or self.next.step.code != "propose_development_target":
            return []
        day = max(self.on, self.next.lawful_from or self.on)
        consent = self.facts.calendar.add_working_days(day, 3).on
        posted = self.facts.calendar.add_working_days(consent, 1).on
        ended = self.facts.calendar.add_working_days(posted, 5).on
        listed = self.facts.calendar.add_working_days(ended, 1).on
        return [
            (_("支委会讨论"), day_full(day)), (_("党委同意（预计）"), day_full(consent)),
            (_("公示五个工作日"), f"{day_full(posted)}—{day_full(ended)}"), (_("列为发展对象"), _("%s起") % day_full(listed)),
        ]  # fmt: skip

    # The person

    @cached_property
    def helpers(self) -> list[Helper]:
        return _helpers_of(case_id=self.case.pk)

    @property
    def sentence(self) -> str:
        """Department, title, age and helpers in one sentence."""
        person = self.case.person
        if person is None:
            return ""
        place = getattr(person, "place", None)
        words = [place.department.name if place and place.department else "", person.title]
        if person.born_on:
            words.append(_("%(n)d 岁") % {"n": full_years(person.born_on, self.today)})
        words.append(person.degree or person.education)
        sentence = "，".join(word for word in words if word)
        for kind in HelperKind:
            names = "、".join(one.person.name for one in self.helpers if one.kind == kind)
            if names:
                sentence += f"{'。' if sentence else ''}{kind.label}：{names}"
        return sentence

    @property
    def diagram(self) -> SafeString:
        """The declaration's own drawing."""
        done = [row.step.code for row in self.rows if row.state == "ok"]
        return _diagram(tuple(done), tuple(self.open_steps))

    @property
    def events(self) -> list[tuple[str, str]]:
        """What may happen beside the numbered steps: (address, label)."""
        if self.case.state != State.OPEN:
            return []
        on_probation = self.facts.last("committee_admission_approval") is not None
        codes = (
            ("extend_probation", "postpone_conversion", "cancel_probation")
            if on_probation
            else ("leave_unit",)
        )
        return [
            (reverse("membership:do", args=[self.case.pk, code]), str(MEMBERSHIP.step(code).label))
            for code in codes
            if self._may_do(code)
        ]
