"""What comes next in a case, and whose case it is."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.clock.calendar import full_years
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.findings import Finding
from rongpei.kernel.procedures.printing import diagram
from rongpei.pipelines.membership.codes import HelperKind
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web.caseview.steprow import StepRow
from rongpei.pipelines.membership.web.caseview.steps import CaseSteps

# What tells of somebody's discipline or political review is for those who keep it.
_SECRET_RULES = ("introducer_sanction", "introducers", "political_review")


@lru_cache(maxsize=500)
def _diagram(done: tuple[str, ...], open_now: tuple[str, ...]) -> SafeString:
    """Alike for all cases that have come as far."""
    return diagram(MEMBERSHIP, done, open_now)


@prepared_models
def _helpers_of(*, case_id: int) -> QuerySet[Helper]:
    rows = Helper.objects.filter(case_id=case_id).select_related("person").order_by("kind", "id")
    return rows.only("kind", "person__name")


class CaseView(CaseSteps):
    """A case on a day: `on` is the day asked about, `step` the one asked about (else the next)."""

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
