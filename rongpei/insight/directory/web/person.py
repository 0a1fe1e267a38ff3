"""One person: the growth record, hours against the quota, and what is dated. One's own record is the same page."""

from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.rules import visible_meetings
from rongpei.ground import clock
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.marks import hours
from rongpei.insight.directory import panels
from rongpei.insight.directory.progress import LAW_EXEMPT, LAW_QUOTA, Progress
from rongpei.insight.directory.queries.entries import page_of_person, read_cursor
from rongpei.insight.directory.queries.own import Year, year_of
from rongpei.insight.directory.queries.people import person_for
from rongpei.insight.directory.web import history
from rongpei.insight.directory.web.timeline import MonthCard, month_cards
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.ledger.queries import Measures
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.visit import Visit
from rongpei.org.people.models import Person

SEGMENTS = {"": "", "hours": "class_hours", "service": "service_hours"}


class PersonView:
    """What the page shows; each part asks when it is drawn, and the party side only where it is seen."""

    def __init__(
        self, *, actor: Visit, person: Person, today: date, before: str = "", segment: str = ""
    ) -> None:
        self.actor, self.person, self.today = actor, person, today
        self.seen = bool(getattr(person, "party_seen", False))
        self.own = actor.person_id == person.pk
        self.segment = segment if segment in SEGMENTS else ""
        self.after = read_cursor(before)

    @property
    def sentence(self) -> str:
        """Title, department, and where seen branch and status."""
        place = getattr(self.person, "place", None)
        words = [self.person.title, self.person.post]
        words.append(place.department.name if place and place.department else "")
        if self.seen:
            words.append(place.branch.name if place and place.branch else "")
            words.append(str(self.person.get_party_status_display()) if self.person.is_member else "")
        return "，".join(word for word in words if word)

    @cached_property
    def _year(self) -> Year | None:
        return year_of(self.person.pk, self.today) if self.seen else None

    @property
    def progress(self) -> Progress | None:
        return self._year.progress if self._year else None

    @property
    def sums(self) -> Measures:
        """The year's measures over all kinds."""
        return self._year.measures if self._year else Measures()

    @property
    def hours_title(self) -> str:
        progress = self.progress
        if progress is None:
            return ""
        if progress.exempt:
            return _("学时不作要求")
        return _("还差 %s 学时") % hours(progress.to_quota) if progress.to_quota else _("今年的学时已达标")

    @property
    def hours_words(self) -> str:
        """Where one stands today, and what would close the gap."""
        progress = self.progress
        if progress is None or progress.exempt:
            return _("年老体弱的党员参加活动不作硬性要求。") if progress else ""
        words = _("全年应达 %(quota)s 学时。") % {"quota": progress.quota}
        if not progress.to_quota:
            return words
        words += _("按今天的进度应有 %s，") % hours(progress.expected)
        if progress.ahead >= 0:
            return words + _("领先 %s。") % hours(progress.ahead)
        return words + _("少 %s。") % hours(progress.to_expected)

    @cached_property
    def coming(self) -> str:
        """What the meetings already planned will bring."""
        if not self.progress or self.progress.exempt or not self.progress.to_quota:
            return ""
        rows = _planned_for(
            actor=self.actor, person_id=self.person.pk, on=self.today, last=date(self.today.year, 12, 31)
        )
        if not rows:
            return ""
        return _("已安排 %(n)d 次会议，都参加可得 %(hours)s 学时。") % {
            "n": len(rows), "hours": hours(sum(row[0] for row in rows)),
        }  # fmt: skip

    @property
    def law(self) -> str:
        exempt = self.progress is not None and self.progress.exempt
        return str(LAW_EXEMPT if exempt else LAW_QUOTA)

    @property
    def ring_kind(self) -> str:
        return "" if self.progress is None or self.progress.behind else "ok"

    @property
    def ledger_url(self) -> str:
        """The entries behind this year's hours."""
        query = {"person": self.person.pk, "measure": "class_hours", "on_from": date(self.today.year, 1, 1)}
        return f"{address('directory:ledger')}?{urlencode(query)}"

    @cached_property
    def _page(self) -> Any:
        return page_of_person(self.person.pk, SEGMENTS[self.segment], self.after) if self.seen else ([], None)

    @cached_property
    def months(self) -> list[MonthCard]:
        return month_cards(self.actor, self.person.pk, self._page[0])

    @property
    def older_url(self) -> str:
        """The next thirty, below the last one shown."""
        cursor = self._page[1]
        return "?" + urlencode({"kind": self.segment, "before": cursor}) if cursor else ""

    @property
    def segments(self) -> list[tuple[str, str, bool]]:
        """全部, 学时 and 服务; the last only where there is some."""
        found = [("", _("全部")), ("hours", _("学时"))]
        if self.sums.service_hours or self.segment == "service":
            found.append(("service", _("服务")))
        return [(f"?kind={code}" if code else "?", label, code == self.segment) for code, label in found]

    @cached_property
    def offices(self) -> list[history.Line]:
        return history.offices(self.person.pk, self.seen, self.today)

    @cached_property
    def roles(self) -> list[history.Line]:
        return history.roles(self.person.pk, self.today) if self.seen else []

    @cached_property
    def affiliations(self) -> list[history.Line]:
        return history.affiliations(self.person.pk, self.seen, self.today)

    @cached_property
    def facts(self) -> list[history.FactLine]:
        return history.facts(self.person.pk, self.seen)

    @cached_property
    def panels(self) -> list[panels.Shown]:
        return panels.shown_for(self.actor, self.person, self.today)


@prepared
def _planned_for(*, actor: Visit, person_id: int, on: date, last: date) -> QuerySet[Meeting, Any]:
    rows = visible_meetings(actor).filter(
        gathering__attendances__person_id=person_id, gathering__state=State.PLANNED,
        gathering__held_on__gte=on, gathering__held_on__lte=last,
    )  # fmt: skip
    return rows.order_by().values_list("class_hours")


@door()
def person_page(request: PageRequest, pk: int) -> HttpResponse:
    """A person the asker may see; anyone else is not found."""
    return _draw(request, pk)


@door()
def me(request: PageRequest) -> HttpResponse:
    """One's own record."""
    if request.visit.person_id is None:
        raise Http404
    return _draw(request, request.visit.person_id)


def _draw(request: PageRequest, pk: int) -> HttpResponse:
    person = person_for(request.visit, pk)
    if person is None:
        raise Http404
    page = PersonView(
        actor=request.visit, person=person, today=clock.today(), before=request.GET.get("before", ""),
        segment=request.GET.get("kind", ""),
    )  # fmt: skip
    return render(request, "directory/person.html", {"page": page, "person": person})
