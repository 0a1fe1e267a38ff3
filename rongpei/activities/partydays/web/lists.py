"""The list of meetings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.rules import READERS, RUNNERS
from rongpei.ground import clock
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Status, markup
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.queries import Tally, tallies
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit


def state_mark(meeting: Meeting, today: date) -> Status:
    """The state of a meeting in one or two words."""
    gathering = meeting.gathering
    if gathering.state == State.CONFIRMED:
        return Status("ok", str(_("已确认")))
    if gathering.state == State.CANCELLED:
        return Status("line", str(_("已取消")))
    if gathering.held_on < today:
        return Status("warn", str(_("待确认")))
    return Status("bad", str(_("今天"))) if gathering.held_on == today else Status("info", str(_("计划中")))


def with_label(label: str, words: str) -> str:
    """A bare number at the side of a phone's card, with what it counts above; nothing for nothing."""
    return markup('<span class="only-phone rp-xs rp-2">{}</span>{}', label, words) if words else ""


class MeetingList(Listing):
    """Meetings the visitor may see."""

    columns = (
        Column(
            "title", _("会议"), lambda m: m.gathering.title, main=True,
            link=lambda m: reverse("partydays:meeting", args=[m.pk]),
        ),
        Column("kind", _("类型"), lambda m: m.get_kind_display(), phone="second"),
        Column("unit", _("组织"), lambda m: m.gathering.unit.name, sort="gathering__unit__sort_key", phone="second"),
        Column("held_on", _("日期"), lambda m: m.gathering.held_on, sort="gathering__held_on", kind="day", phone="second"),
        Column("present", _("实到／应到"), lambda m: f"{m.tally.present} / {m.tally.expected}"),
        Column("class_hours", _("学时"), kind="hours"),
        Column("state", _("状态"), lambda m: m.mark, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("会议名称"), fields=("gathering__title",)),
        ChoiceFilter("kind", _("类型"), MeetingKind.choices),
        ChoiceFilter("state", _("状态"), State.choices, field="gathering__state"),
        PeriodFilter("on", _("日期"), field="gathering__held_on"),
    )
    default_sort = "-held_on"
    noun = _("会议")
    measure = _("次")

    def attach(self, rows: Sequence[Any]) -> None:
        """Counts for the page's rows, in one query."""
        found = tallies([row.gathering_id for row in rows])
        today = clock.today()
        for row in rows:
            row.tally = found.get(row.gathering_id, Tally())
            row.mark = state_mark(row, today)


@door()
def meetings(request: PageRequest) -> HttpResponseBase:
    """Meetings of one's units, and those one is asked to; with `unit`, of that unit and those under it."""
    rows = meetings_for(request.visit).order_by()
    if asked := request.GET.get("unit", ""):
        unit = Unit.objects.filter(pk=int(asked), tree=Tree.PARTY).first() if asked.isdigit() else None
        rows = rows.filter(gathering__unit__path__under=unit.path) if unit else rows.none()
    return MeetingList(request, rows).respond(
        "partydays/meetings.html",
        {"may_plan": request.visit.holds(*RUNNERS), "may_read": request.visit.holds(*READERS)},
    )
