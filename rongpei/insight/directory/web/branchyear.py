"""The meetings of one branch against what the rules ask: the year's matrix, what is overdue, what falls due soon."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.activities.partydays.kinds import OFTEN
from rongpei.activities.partydays.rules import may_plan
from rongpei.ground.ui import parts
from rongpei.ground.ui.dates import day
from rongpei.insight.directory import duties
from rongpei.insight.directory.links import meeting_address
from rongpei.insight.directory.months import Month, month_of, months_of_year
from rongpei.insight.directory.queries.branches import Held, groups_in
from rongpei.org.access.visit import Visit
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Unit

# In January to March the last quarter's and the last year's missing meetings are told too.
_LOOKS_BACK_MONTHS, _YEAR_END = 3, 9


def looks_back(today: date) -> bool:
    """Whether what last year lacked is still told."""
    return today.month <= _LOOKS_BACK_MONTHS


class BranchYear:
    """What was held, is planned, is missing and falls due; `officers`: how many sit on the committee today."""

    def __init__(
        self, *, actor: Visit, branch: Unit, today: date, meetings: Sequence[Held], officers: int
    ) -> None:
        self.actor, self.branch, self.today = actor, branch, today
        self.meetings, self.officers = meetings, officers

    @cached_property
    def _duties(self) -> Sequence[duties.Duty]:
        groups = groups_in(branch_id=self.branch.pk)
        return duties.duties_of(self.officers, len(groups), self.branch.kind == UnitKind.TEMPORARY_BRANCH)

    @cached_property
    def _spans(self) -> list[list[duties.Span]]:
        return self._spans_of(self.today.year)

    def _spans_of(self, year: int) -> list[list[duties.Span]]:
        opened = self.branch.opened_on
        return [duties.spans(duty, year, self.meetings, opened, self.today) for duty in self._duties]

    @property
    def calendar(self) -> parts.Matrix:
        """Kinds of meetings against the months of the year."""
        rows = [
            parts.MatrixRow(spans[0].duty.kind.label, self._cells(spans), last=self._held(spans))
            for spans in self._spans
        ]
        return parts.Matrix(
            head=_("会议"), columns=[month.words for month in months_of_year(self.today.year)],
            groups=[parts.MatrixGroup(rows)], last_head=_("已开展"), current=self.today.month - 1,
            label=_("会议与月份"),
        )  # fmt: skip

    def _held(self, spans: Sequence[duties.Span]) -> str:
        return _("%d 次") % sum(span.confirmed for span in spans)

    def _cells(self, spans: Sequence[duties.Span]) -> list[parts.Cell]:
        found = []
        for span in spans:
            for month in span.months:
                held = [one for one in span.held if month_of(one.on) == month]
                if held:
                    found.append(self._cell(span, month, held))
                elif month == span.months[-1]:
                    found.append(self._without(span))
                else:
                    found.append(parts.Cell(""))
        return found

    def _without(self, span: duties.Span) -> parts.Cell:
        """The last month of a span in which nothing was held."""
        if span.missing:
            words = _("未开展")
            return parts.Cell(words, "missing", self._enter_url(span), f"{span.words}{words}")
        if span.near:
            words = _("待安排")
            return parts.Cell(words, "low", self._enter_url(span), f"{span.words}{words}")
        return parts.Cell("")

    def _cell(self, span: duties.Span, month: Month, held: Sequence[Held]) -> parts.Cell:
        done = sum(one.confirmed for one in held)
        url = self.meetings_url(month, span.duty.kind) if len(held) > 1 else meeting_address(held[0].pk)
        label = f"{month.words}{span.duty.kind.label}"
        if done:
            words = _("%d 次") % done
            return parts.Cell(words, "low" if span.missing else "", url, f"{label} {words}")
        if held[-1].on < self.today:
            return parts.Cell(_("待确认"), "low", url, f"{label}{_('待确认')}")
        words = _("%d日") % held[-1].on.day
        return parts.Cell(words, "plan", url, f"{label}{_('计划')} {words}")

    def meetings_url(self, month: Month, kind: str) -> str:
        """The lines behind a month of a kind."""
        base = reverse("directory:attendance-lines", args=[self.branch.pk])
        return f"{base}?kind={kind}&{month.span('on')}"

    def _enter_url(self, span: duties.Span) -> str:
        if not may_plan(actor=self.actor, unit=self.branch):
            return ""
        query = {"unit": self.branch.pk, "kind": span.duty.kind.value}
        if span.missing:
            query["held_on"] = span.months[-1].last
        return f"{reverse('partydays:new')}?{urlencode(query)}"

    @cached_property
    def overdue(self) -> list[parts.Todo]:
        """Meetings past their date that nobody confirmed, and months or quarters without what is asked."""
        found = [
            parts.Todo(
                _("确认 %(on)s的%(kind)s") % {"on": day(one.on), "kind": one.kind_words}, one.on,
                _("确认以后，到场的人才会记上学时。"), None, meeting_address(one.pk), _("去确认"),
            )
            for one in self.meetings
            if not one.confirmed and one.on < self.today
        ]  # fmt: skip
        found += [self._asked(span, _("补记 "), _("补录")) for span in self._lacking if span.missing]
        return sorted(found, key=lambda todo: todo.due_on or self.today)

    @cached_property
    def coming_due(self) -> list[parts.Todo]:
        """What the running month, quarter or year asks and nobody has planned, once its last days have begun."""
        found = [self._asked(span, _("安排 "), _("去安排")) for span in self._lacking if span.near]
        return sorted(found, key=lambda todo: todo.due_on or self.today)

    @property
    def _lacking(self) -> list[duties.Span]:
        last_year = self._spans_of(self.today.year - 1) if looks_back(self.today) else []
        last = [span for spans in last_year for span in spans if span.months[-1].first.month > _YEAR_END]
        own = [span for spans in self._spans for span in spans]
        return [span for span in (*last, *own) if span.missing or span.near]

    def _asked(self, span: duties.Span, act: str, button: str) -> parts.Todo:
        often, left = OFTEN[span.duty.every], _("没有记录，可以补录。") if span.missing else _("还没有安排。")
        why = f"{often}，{left}"
        if span.duty.times > 1:
            why = _("%(groups)d 个党小组一般每月各一次，有记录的 %(held)d 次。") % {
                "groups": span.duty.times, "held": len(span.held),
            }  # fmt: skip
        title = _("%(act)s%(when)s的%(kind)s") % {
            "act": act,
            "when": span.words,
            "kind": span.duty.kind.label,
        }
        url = self._enter_url(span)
        due_on = span.months[-1].last
        return parts.Todo(title, due_on, why, parts.Law(span.duty.law), url, button if url else "")
