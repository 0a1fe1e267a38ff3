"""What the overview of branches shows; the number of queries does not grow with the branches."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.ui import parts
from rongpei.ground.ui.dates import day
from rongpei.ground.ui.marks import bar, hours
from rongpei.insight.directory.months import Month, month_of, months_before
from rongpei.insight.directory.queries import overview
from rongpei.insight.directory.rules import branches_for
from rongpei.insight.directory.web.overviewduties import DutyCells
from rongpei.org.access.visit import Visit
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Unit

MEASURES: dict[str, str | Promise] = {
    "theme": gettext_lazy("主题党日"),
    "duties": gettext_lazy("三会一课"),
    "attendance": gettext_lazy("出勤率"),
    "hours": gettext_lazy("学时"),
}
MONTHS_SHOWN = 6
LOW_RATE = 85
LOW_SHARE = 70
_LOOK_BACK = 12


class Unarranged(NamedTuple):
    """A branch with no theme day held or planned this month."""

    branch: Unit
    secretary: str
    last_on: date | None
    days: int | None

    @property
    def words(self) -> str:
        who = _("书记%s，") % self.secretary if self.secretary else ""
        last = _("上次 %s开展") % day(self.last_on) if self.last_on else _("一年内没有记录")
        return f"{who}{last}"


class OverviewView:
    """Branches against the last six months."""

    def __init__(self, *, actor: Visit, today: date, measure: str) -> None:
        self.actor, self.today, self.measure = actor, today, measure
        self.months = months_before(today, MONTHS_SHOWN)
        self.month = self.months[-1]

    @cached_property
    def branches(self) -> list[Unit]:
        """Branches open today (temporary ones have their own measure: the task), by tenant, general branch and name."""
        rows = branches_for(self.actor).filter(closed_on=None, kind=UnitKind.BRANCH).select_related("parent")
        return sorted(
            rows,
            key=lambda unit: (
                unit.tenant_id,
                unit.parent.sort_key if unit.parent else "",
                unit.sort_key,
                unit.pk,
            ),
        )

    @cached_property
    def theme(self) -> overview.BranchMonths:
        begin = add_months(self.month.first, -_LOOK_BACK)
        return overview.meeting_months(self.branches, begin, self.month.after, MeetingKind.THEME_DAY)

    @cached_property
    def _attendance(self) -> overview.BranchMonths:
        return overview.meeting_months(self.branches, self.months[0].first, self.month.after)

    @cached_property
    def _secretaries(self) -> dict[int, str]:
        return overview.secretaries(self.branches, self.today)

    # This month

    def _sum(self, branch: Unit) -> overview.MonthSum:
        return self.theme[branch.pk][self.month.first]

    @property
    def held(self) -> int:
        return sum(bool(self._sum(branch).held) for branch in self.branches)

    @property
    def planned(self) -> int:
        return sum(bool(self._sum(branch).open and not self._sum(branch).held) for branch in self.branches)

    @cached_property
    def unarranged(self) -> list[Unarranged]:
        """The longest without one first."""
        found = []
        for branch in self.branches:
            sums = self._sum(branch)
            if sums.held or sums.open:
                continue
            last = max((one.last_on for one in self.theme[branch.pk].values() if one.last_on), default=None)
            days = overview.days_since(last, self.today)
            found.append(Unarranged(branch, self._secretaries.get(branch.pk, ""), last, days))
        return sorted(found, key=lambda one: -(one.days if one.days is not None else 9999))

    @cached_property
    def shares(self) -> dict[int, overview.HoursShare]:
        return overview.hours_shares(self.actor, self.branches, self.today)

    @property
    def slow(self) -> list[tuple[Unit, overview.HoursShare]]:
        """Branches where fewer than 70 of a hundred keep up with the hours, the slowest first."""
        rows = [(branch, self.shares[branch.pk]) for branch in self.branches]
        late = [row for row in rows if row[1].percent is not None and row[1].percent < LOW_SHARE]
        return sorted(late, key=lambda row: row[1].percent or 0)

    @property
    def sentence(self) -> str:
        left = (self.month.last - self.today).days
        words = {
            "n": len(self.branches),
            "month": self.month.words,
            "last": day(self.month.last),
            "left": left,
        }
        return _("%(n)d 个支部。%(month)s的主题党日应在 %(last)s前开展，还有 %(left)d 天。") % words

    @property
    def segments(self) -> list[tuple[str, str | Promise, bool]]:
        return [(f"?measure={code}", label, code == self.measure) for code, label in MEASURES.items()]

    @property
    def title(self) -> str:
        return {
            "theme": _("各支部主题党日出勤率"), "duties": _("各支部今年开了几次，缺几次"), "attendance": _("各支部会议出勤率"), "hours": _("各支部每月学时"),
        }[self.measure]  # fmt: skip

    # The matrix

    @cached_property
    def matrix(self) -> parts.Matrix:
        """Groups are the general branches."""
        groups: dict[tuple[int, str], list[Unit]] = {}
        for branch in self.branches:
            groups.setdefault((branch.tenant_id, branch.parent.name if branch.parent else ""), []).append(
                branch
            )
        names = self._tenant_names()
        return parts.Matrix(
            head=_("党支部"), second_head=_("书记"), columns=self._columns,
            groups=[self._group(names.get(tenant, ""), title, rows) for (tenant, title), rows in groups.items()],
            last_head=_("学时进度正常"), current=-1 if self.measure == "duties" else MONTHS_SHOWN - 1,
            label=_("支部与会议") if self.measure == "duties" else _("支部与月份"),
        )  # fmt: skip

    @cached_property
    def _duties(self) -> DutyCells:
        return DutyCells(self.branches, self.today)

    @property
    def _columns(self) -> list[str]:
        return self._duties.columns if self.measure == "duties" else [month.words for month in self.months]

    def _cells(self, branch: Unit) -> list[parts.Cell]:
        if self.measure == "duties":
            return self._duties.cells(branch)
        return [self._cell(branch, month) for month in self.months]

    def _tenant_names(self) -> dict[int, str]:
        """Named only where several meet."""
        ids = {branch.tenant_id for branch in self.branches}
        return dict(Tenant.objects.filter(pk__in=ids).values_list("id", "name")) if len(ids) > 1 else {}

    def _group(self, tenant: str, title: str, rows: Sequence[Unit]) -> parts.MatrixGroup:
        shown = [self._row(branch) for branch in rows]
        words = " · ".join(word for word in (tenant, title) if word)
        return parts.MatrixGroup(shown, words, _("%d 个支部") % len(shown))

    def _row(self, branch: Unit) -> parts.MatrixRow:
        cells = self._cells(branch)
        url = reverse("directory:branch", args=[branch.pk])
        share = self.shares[branch.pk].percent
        last = ""
        if share is not None:
            kind = "warn" if share < LOW_SHARE else ""
            label = _("%(name)s学时进度正常的占 %(n)d%%") % {"name": branch.name, "n": share}
            link = f"{url}?status=member&progress=normal#list"
            last = format_html(
                '<div class="pb">{}<a href="{}">{}%</a></div>', bar(share, 100, kind, label), link, share
            )
        return parts.MatrixRow(branch.name, cells, self._secretaries.get(branch.pk, ""), url, last)

    def _cell(self, branch: Unit, month: Month) -> parts.Cell:
        if self.measure == "hours":
            return self._hours_cell(branch, month)
        kind = MeetingKind.THEME_DAY if self.measure == "theme" else ""
        sums = (self.theme if kind else self._attendance)[branch.pk][month.first]
        query = f"?kind={kind}&{month.span('on')}" if kind else f"?{month.span('on')}"
        url = reverse("directory:attendance-lines", args=[branch.pk]) + query
        label = f"{branch.name} {month.words}"
        if sums.rate is not None:
            return parts.Cell(
                f"{sums.rate}%", "low" if sums.rate < LOW_RATE else "", url, f"{label} {sums.rate}%"
            )
        if sums.held:
            return parts.Cell(_("已开展"), "", url, f"{label} {_('已开展')}")
        return self._without(branch, month, sums, label)

    def _without(self, branch: Unit, month: Month, sums: overview.MonthSum, label: str) -> parts.Cell:
        """A month with nothing confirmed."""
        url = reverse("directory:branch", args=[branch.pk])
        if sums.open and sums.open_on:
            if sums.open_on < self.today:
                return parts.Cell(_("待确认"), "low", url, f"{label} {_('待确认')}")
            words = _("%d日") % sums.open_on.day
            return parts.Cell(words, "plan", url, f"{label} {_('计划')} {words}")
        if self.measure != "theme" or month.first < month_of(branch.opened_on).first:
            return parts.Cell("")
        words = _("未安排") if month == self.month else _("未开展")
        return parts.Cell(words, "missing", url, f"{label} {words}")

    @cached_property
    def _hours(self) -> dict[int, dict[date, Decimal]]:
        return overview.hours_months(self.branches, self.months[0].first, self.month.after)

    def _hours_cell(self, branch: Unit, month: Month) -> parts.Cell:
        found = self._hours.get(branch.pk, {}).get(month.first)
        query = {"unit": branch.pk, "measure": "class_hours", "on_from": month.first, "on_to": month.last}
        if not found:
            return parts.Cell("")
        words = hours(found)
        return parts.Cell(
            words,
            "",
            f"{reverse('directory:ledger')}?{urlencode(query)}",
            f"{branch.name} {month.words} {words}",
        )
