"""The lists of the desk: cases, and open steps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Status, Two
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.declaring import Edition
from rongpei.kernel.procedures.models import Opening
from rongpei.pipelines.membership.codes import Outcome
from rongpei.pipelines.membership.queries import first_openings
from rongpei.pipelines.membership.statutes import MEMBERSHIP

STAGES = [(stage.code, stage.label) for stage in MEMBERSHIP.stages]
STEPS = [(step.code, step.label) for step in MEMBERSHIP.steps if step.number]
_STAGE_WORDS = dict(STAGES)
_STATE_WORDS = dict(State.choices)
_OUTCOME_WORDS = dict(Outcome.choices)
_SEARCH = (
    "person__name",
    "person__initials__startswith",
    "person__sort_key__startswith",
    "person__staff_number__startswith",
)


def _case_url(pk: int) -> str:
    return address("membership:case", pk)


def state_mark(case: Any) -> Status:
    """Open, suspended, or how it ended."""
    if case.state == State.ENDED:
        return Status("line", _OUTCOME_WORDS.get(case.outcome, _STATE_WORDS[case.state]))
    return Status("warn" if case.state == State.SUSPENDED else "info", _STATE_WORDS[case.state])


class DeskList(Listing):
    """What the lists of the desk share. Who wants more than two thousand rows asks for a branch or a stage."""

    count_limit = 2000

    def exported(self, number: int) -> None:
        """Names leave the platform: said to the auditor."""
        record(
            kind=EventKind.VIEW, code="membership.list.exported", actor=self.request.visit,  # type: ignore[attr-defined]
            facts={"rows": number},
        )  # fmt: skip


class CaseList(DeskList):
    """Cases with their next step."""

    columns = (
        Column("person.name", _("姓名"), main=True, sort="person__sort_key", link=lambda row: _case_url(row.pk)),
        Column("staff_number", _("工号"), lambda row: row.person.staff_number if row.person else ""),
        Column("department", _("科室"), lambda row: row.department),
        Column("unit.name", _("党支部"), sort="unit__sort_key", phone="second"),
        Column("stage", _("阶段"), lambda row: _STAGE_WORDS.get(row.stage, ""), phone="second", width=24),
        Column("next", _("下一步"), lambda row: row.next_words, width=24),
        Column("due", _("期限"), lambda row: row.next_due, kind="day"),
        Column("reached_on", _("最近办理"), sort="reached_on", kind="day"),
        Column("opened_on", _("申请日期"), sort="opened_on", kind="day"),
        Column("state", _("状态"), state_mark, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("姓名、拼音首字母、工号"), fields=_SEARCH),
        ChoiceFilter("stage", _("阶段"), STAGES),
        ChoiceFilter("state", _("状态"), State.choices),
        ChoiceFilter("outcome", _("结果"), Outcome.choices, more=True),
        PeriodFilter("opened", _("申请日期"), field="opened_on", more=True),
        PeriodFilter("joined", _("入党日期"), field="person__joined_on", more=True),
    )
    default_sort = "-reached_on"
    noun = _("发展党员名单")
    measure = _("人")
    empty_text = _("收到第一份入党申请书后，这里就会有。")

    def attach(self, rows: Sequence[Any]) -> None:
        """The most urgent open step of each, in one query."""
        first = first_openings([row.pk for row in rows])
        for row in rows:
            urgent = first.get(row.pk)
            row.next_words = str(MEMBERSHIP.step(urgent.step).label) if urgent else ""
            row.next_due = urgent.due_on if urgent else None
            place = getattr(row.person, "place", None) if row.person else None
            row.department = place.department.name if place and place.department else ""


def due_mark(row: Opening, today: date) -> Status:
    """How long until the due date, or since."""
    left = (row.due_on - today).days
    if left < 0 and not row.by_rule:  # the house's practice is no term of the regulation
        return Status("warn", _now("超本院惯例 %(n)d 天") % {"n": -left})
    if left < 0:
        return Status("bad", _now("逾期 %(n)d 天") % {"n": -left})
    if left == 0:
        return Status("bad", _now("今天"))
    return Status("warn" if left <= 7 else "", _now("剩 %(n)d 天") % {"n": left})


def _step_words(code: str, edition: Edition) -> tuple[str, Two]:
    """What a step is called, and the article behind its due date."""
    step = MEMBERSHIP.step(code)
    article = _now("第%(n)s条") % {"n": step.article.get(edition.code, "")}
    return str(step.label), Two(str(edition.label), article)


class OpeningList(DeskList):
    """Open steps."""

    columns = (
        Column(
            "person.name",
            _("姓名"),
            main=True,
            sort="person__sort_key",
            link=lambda row: _case_url(row.case_id),
        ),
        Column(
            "step",
            _("要办的步骤"),
            lambda row: row.step_words,
            phone="second",
            width=28,
        ),
        Column("unit.name", _("党支部"), sort="unit__sort_key", phone="second"),
        Column("opens_on", _("最早可办"), sort="opens_on", kind="day"),
        Column("due_on", _("期限"), sort="due_on", kind="day"),
        Column("basis", _("依据"), lambda row: row.basis, export=lambda row: row.basis.plain()),
        Column("left", _("还有"), phone="side"),
    )
    filters = (
        SearchFilter("q", _("姓名、拼音首字母、工号"), fields=_SEARCH),
        ChoiceFilter("step", _("步骤"), STEPS),
        ChoiceFilter("stage", _("阶段"), STAGES, field="case__stage"),
    )
    default_sort = "due_on"
    noun = _("要办的步骤")
    measure = _("件")
    empty_text = _("每个人到了哪一步，看板上都有。")

    @property
    def empty_title(self) -> str:
        """What it means that there is none, in words of the page."""
        return super().empty_title if self.chips else str(self.context["none"])

    def attach(self, rows: Sequence[Any]) -> None:
        """The article behind each due date, and how far off it is."""
        today, custom = clock.today(), Status("line", _now("本院惯例"))
        known: dict[tuple[str, str], tuple[str, Two]] = {}  # a page holds few steps, many times over
        for row in rows:
            edition = MEMBERSHIP.edition_on(row.due_on)
            key = (row.step, edition.code)
            if key not in known:
                known[key] = _step_words(row.step, edition)
            row.step_words, basis = known[key]
            row.basis = basis if row.by_rule else custom
            row.left = due_mark(row, today)
