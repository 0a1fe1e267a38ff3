"""What the branch page shows, each part asked when it is drawn."""

from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.ui import parts
from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.marks import hours
from rongpei.insight.directory.months import Month, month_of, months_before
from rongpei.insight.directory.progress import Progress
from rongpei.insight.directory.queries.branches import (
    Held,
    Member,
    meetings_of,
    members_of_branch,
    officers_of,
)
from rongpei.insight.directory.queries.people import progress_by_person
from rongpei.insight.directory.web.branchyear import BranchYear, looks_back
from rongpei.insight.directory.web.history import Line, period_words, state_of
from rongpei.org.access.visit import Visit
from rongpei.org.people.codes import PartyStatus
from rongpei.org.units.codes import COMMITTEE_OFFICES, UnitKind
from rongpei.org.units.models import Appointment, Unit

MONTHS_SHOWN = 6


class Standing(NamedTuple):
    """A member with progress."""

    person: Member
    progress: Progress

    @property
    def gap(self) -> str:
        return _("%(hours)s，差 %(gap)s") % {
            "hours": hours(self.progress.hours), "gap": hours(self.progress.to_expected),
        }  # fmt: skip


class BranchView:
    """Key numbers, attendance, hours, meetings against what is asked, and what is overdue."""

    def __init__(self, *, actor: Visit, branch: Unit, today: date, recent: bool = False) -> None:
        """`recent`: only the last six months of meetings are asked; what a year asks for is not told."""
        self.actor, self.branch, self.today, self.recent = actor, branch, today, recent

    # People

    @cached_property
    def members(self) -> list[Standing]:
        rows = members_of_branch(self.actor, self.branch, self.today)
        found = progress_by_person([row for row in rows if row.seen], self.today)
        return [Standing(row, found[row.pk]) for row in rows if row.pk in found]

    @cached_property
    def behind(self) -> list[Standing]:
        """Those behind, the farthest first."""
        rows = [one for one in self.members if one.progress.behind]
        return sorted(rows, key=lambda one: -one.progress.to_expected)

    @cached_property
    def exempt(self) -> list[Standing]:
        return [one for one in self.members if one.progress.exempt]

    @property
    def asked(self) -> int:
        return len(self.members) - len(self.exempt)

    @property
    def normal(self) -> int:
        return self.asked - len(self.behind)

    @cached_property
    def _terms(self) -> list[Appointment]:
        return list(officers_of(self.branch))

    @property
    def officers(self) -> list[tuple[str, int, Line]]:
        """Officers of today and of coming terms."""
        return [
            (
                row.person.name,
                row.person_id,
                Line(
                    row.get_office_display(), "", row.unit_id, period_words(row.starts_on, row.ends_on),
                    state_of(row.starts_on, row.ends_on, self.today),
                ),
            )
            for row in self._terms
            if row.ends_on is None or row.ends_on > self.today
        ]  # fmt: skip

    @property
    def _committee(self) -> int:
        now = [
            row
            for row in self._terms
            if row.starts_on <= self.today and not (row.ends_on and row.ends_on <= self.today)
        ]
        return len({row.person_id for row in now if row.office in COMMITTEE_OFFICES})

    # Meetings

    @cached_property
    def _meetings(self) -> list[Held]:
        """From January, or six months back if that is earlier, to December; of last year too while it can be made good."""
        begin = months_before(self.today, MONTHS_SHOWN)[0].first
        if not self.recent:
            begin = min(date(self.today.year - looks_back(self.today), 1, 1), begin)
        return meetings_of(self.actor, self.branch, begin, date(self.today.year + 1, 1, 1))

    @cached_property
    def rates(self) -> list[tuple[Month, int, int]]:
        """Month, expected and present of confirmed meetings, for six months."""
        found = dict.fromkeys(months_before(self.today, MONTHS_SHOWN), (0, 0))
        for one in self._meetings:
            month = month_of(one.on)
            if one.confirmed and month in found:
                expected, present = found[month]
                found[month] = expected + one.tally.expected, present + one.tally.present
        return [(month, *sums) for month, sums in found.items()]

    @cached_property
    def rate(self) -> int | None:
        expected = sum(row[1] for row in self.rates)
        return round(100 * sum(row[2] for row in self.rates) / expected) if expected else None

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        """Columns by month; months without a confirmed meeting stay empty."""
        if self.rate is None:
            return None
        data = [
            round(100 * present / expected) if expected else 0 for _month, expected, present in self.rates
        ]
        return {
            "kind": "column", "x": [month.words for month, _e, _p in self.rates], "min": 0, "max": 110,
            "noaxis": True, "suffix": "%", "series": [{"name": _("出勤率"), "data": data}],
        }  # fmt: skip

    @property
    def chart_label(self) -> str:
        """The chart as a sentence."""
        words = [
            f"{month.words} {round(100 * present / expected)}%"
            for month, expected, present in self.rates
            if expected
        ]
        return _("近六个月会议出勤率：%s") % "，".join(words)

    @cached_property
    def year(self) -> BranchYear:
        """The year's meetings against what the rules ask."""
        return BranchYear(
            actor=self.actor,
            branch=self.branch,
            today=self.today,
            meetings=self._meetings,
            officers=self._committee,
        )

    # Head

    @property
    def sentence(self) -> str:
        words = [_("数据截至 %s") % day_full(self.today)]
        if self.branch.kind == UnitKind.TEMPORARY_BRANCH:
            words.insert(0, _("临时党支部，名单是临时编入的党员"))
        return "，".join(words)

    @property
    def kpis(self) -> list[parts.Kpi]:
        """Four numbers that lead to names."""
        probationary = sum(one.person.party_status == PartyStatus.PROBATIONARY for one in self.members)
        full = len(self.members) - probationary
        missing = len(self.year.overdue)
        attendance = reverse("directory:attendance", args=[self.branch.pk])
        return [
            parts.Kpi(
                _("党员"), str(len(self.members)), _("人"),
                _("正式 %(full)d 人，预备 %(new)d 人") % {"full": full, "new": probationary}, self.list_url("member"),
            ),
            parts.Kpi(
                _("近六个月出勤率"), "—" if self.rate is None else f"{self.rate}%", "", _("请假计入应到，补学不算到场"), attendance
            ),
            parts.Kpi(
                _("学时进度正常"), str(self.normal), _("/ %d 人") % self.asked,
                _("落后 %d 人") % len(self.behind), self.list_url("member", "behind" if self.behind else "normal"),
                "warnc" if self.behind else "",
            ),
            parts.Kpi(_("逾期未办"), str(missing), _("件"), _("未确认的会议和缺的会议"), "#overdue", "red" if missing else ""),
        ]  # fmt: skip

    def list_url(self, status: str = "", progress: str = "") -> str:
        """This page's list of names, narrowed."""
        query = {key: value for key, value in (("status", status), ("progress", progress)) if value}
        return f"?{urlencode(query)}#list" if query else "#list"
