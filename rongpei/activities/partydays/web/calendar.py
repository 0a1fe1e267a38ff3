"""The month of a branch or the hospital, and the same as a feed a phone's calendar subscribes to."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.lists import state_mark
from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.marks import Status
from rongpei.ground.ui.parts import CalendarDay
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.gatherings.models import Sitting
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import units_below
from rongpei.org.access.visit import tenant_ids_of, visit_of
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit


class Alike(NamedTuple):
    """Meetings of one kind and day, each with its state; many are folded into one line."""

    words: str
    rows: list[tuple[Meeting, Status]]

    @property
    def folds(self) -> bool:
        return len(self.rows) > _SHOWN_SINGLY

    @property
    def marks(self) -> list[tuple[Status, int]]:
        """Each state with how many are in it."""
        return list(Counter(mark for _meeting, mark in self.rows).items())


_SALT = "partydays.calendar"
_BACK, _AHEAD = timedelta(days=60), timedelta(days=180)
_MOST, _SHOWN_SINGLY = 400, 3


def _month(request: PageRequest) -> date:
    today = clock.today()
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if 2000 < asked.year < 3000 else today.replace(day=1)


@door()
def calendar(request: PageRequest) -> HttpResponse:
    """One month of meetings the visitor sees: of all, or of one branch."""
    first, today = _month(request), clock.today()
    after = add_months(first, 1)
    rows = meetings_for(request.visit).filter(gathering__held_on__gte=first, gathering__held_on__lt=after)
    rows = rows.exclude(gathering__state=State.CANCELLED)
    units, unit = _units(request), None
    if (asked := request.GET.get("unit", "")).isdigit():
        unit = next((one for one in units if one.pk == int(asked)), None)
        if unit is not None:
            rows = rows.filter(gathering__unit__path__under=unit.path)
    if (kind := request.GET.get("kind", "")) in MeetingKind.values:
        rows = rows.filter(kind=kind)
    meetings = list(rows.order_by("gathering__held_on", "id")[:_MOST])
    days: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        days.setdefault(meeting.gathering.held_on, []).append(meeting)
    rest = Holiday.objects.filter(day_on__gte=first, day_on__lt=after, kind=DayKind.OFF)
    off = set(rest.values_list("day_on", flat=True))
    context = {
        "first": first,
        "before": f"{add_months(first, -1):%Y-%m}",
        "next": f"{after:%Y-%m}",
        "days": [_day(on, days.get(on, []), on in off) for on in sorted(days.keys() | off)],
        "agenda": [(on, len(held), _alike(held, today)) for on, held in sorted(days.items())],
        "most": _MOST if len(meetings) == _MOST else 0,
        "units": units,
        "unit": unit,
        "kinds": MeetingKind.choices,
        "kind": kind,
        "feed": _feed_address(request, unit),
    }
    return render(request, "partydays/calendar.html", context)


def _alike(held: list[Meeting], today: date) -> list[Alike]:
    """The meetings of a day by kind."""
    found: dict[str, list[tuple[Meeting, Status]]] = {}
    for one in held:
        found.setdefault(one.kind, []).append((one, state_mark(one, today)))
    return [Alike(str(MeetingKind(kind).label), rows) for kind, rows in found.items()]


def _day(on: date, held: list[Meeting], rest: bool) -> CalendarDay:
    if not held:
        return CalendarDay(on, rest=rest)
    done = all(one.gathering.state == State.CONFIRMED for one in held)
    label = _("%(n)d 次会议") % {"n": len(held)}
    return CalendarDay(on, url=f"#day-{on}", mark="done" if done else "plan", rest=rest, label=label)


def _units(request: PageRequest) -> list[Unit]:
    """Branches to choose from, for those who read more than their own list."""
    paths = request.visit.places(*rules.READERS)
    if not paths:
        return []
    at = Unit.objects.filter(tenant_id__in=request.visit.tenant_ids, tree=Tree.PARTY, closed_on=None)
    at = at.exclude(kind=UnitKind.GROUP)
    return list((at if "/" in paths else at.filter(units_below(paths))).order_by("path")[:300])


def _feed_address(request: PageRequest, unit: Unit | None) -> str:
    """An address only the visitor has, of all meetings or of one branch's; it dies with the password."""
    user = User.objects.get(pk=request.visit.user_id or 0)
    token = signing.dumps([user.pk, user.get_session_auth_hash()[:16]], salt=_SALT)
    address = settings.RONGPEI_PUBLIC_URL.rstrip("/") + reverse("partydays:feed", args=[token])
    return f"{address}?unit={unit.pk}" if unit else address


@door(public=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings around today of whoever owns the address, as a calendar. No sign-in: phones cannot."""
    try:
        user_id, mark = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.get_session_auth_hash()[:16] != mark:
        raise Http404
    today = clock.today()
    with scope(tenant_ids_of(user), user_id=user.pk):
        rows = meetings_for(visit_of(user, today)).exclude(gathering__state=State.CANCELLED)
        seen = rows.filter(gathering__held_on__gte=today - _BACK, gathering__held_on__lte=today + _AHEAD)
        title = _("融培会议")
        if (asked := request.GET.get("unit", "")).isdigit():
            unit = Unit.objects.filter(pk=int(asked), tree=Tree.PARTY).first()
            seen = seen.filter(gathering__unit__path__under=unit.path) if unit else seen.none()
            title = unit.name if unit else title
        sittings = Sitting.objects.filter(gathering__in=seen.order_by().values("gathering"))
        written = _as_ics(
            title,
            list(sittings.select_related("gathering__unit", "gathering__meeting").order_by("starts_at")),
        )
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _as_ics(title: str, sittings: list[Sitting]) -> bytes:
    base, now = settings.RONGPEI_PUBLIC_URL.rstrip("/"), clock.now()
    found: Any = Calendar()
    found.add("prodid", "-//Rongpei//meetings//ZH")
    found.add("version", "2.0")
    found.add("x-wr-calname", title)
    found.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for sitting in sittings:
        event = Event()
        event.add("uid", f"partydays.sitting:{sitting.pk}@rongpei")
        event.add("dtstamp", now)
        event.add("dtstart", sitting.starts_at)
        event.add("dtend", sitting.ends_at)
        event.add("summary", sitting.gathering.title)
        event.add("location", sitting.location)
        event.add("description", sitting.gathering.unit.name)
        event.add("url", base + reverse("partydays:meeting", args=[sitting.gathering.meeting.pk]))
        found.add_component(event)
    written: bytes = found.to_ical()
    return written
