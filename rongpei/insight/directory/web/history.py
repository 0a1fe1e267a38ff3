"""What is dated about a person: offices, roles, temporary places, facts; each line asked only as far as it is seen."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.marks import Status
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.people.codes import EmploymentKind, FactKind, PartyStatus, PositionType
from rongpei.org.people.models import Fact
from rongpei.org.units.codes import Office, Tree
from rongpei.org.units.models import Affiliation, Appointment

# Told only where the party side is seen.
_PARTY_FACTS = (FactKind.PARTY_STATUS, FactKind.PARTY_POST)
# Never told here: nobody, the person included, meets discipline in a directory.
_NEVER = (FactKind.DISCIPLINE,)
_LABELS: dict[str, Callable[[str], str]] = {
    FactKind.PARTY_STATUS: lambda value: str(PartyStatus(value).label),
    FactKind.POSITION_TYPE: lambda value: str(PositionType(value).label),
    FactKind.EMPLOYMENT: lambda value: str(EmploymentKind(value).label),
}


class Line(NamedTuple):
    """Something held somewhere for a time."""

    what: str
    where: str
    unit_id: int
    period: str
    state: Status | None


class FactLine(NamedTuple):
    """From a day, what became what."""

    starts_on: date
    what: str
    value: str
    source: str


def period_words(starts_on: date, ends_on: date | None) -> str:
    """2023年3月1日起; the last day in words, though periods end half-open."""
    if ends_on is None:
        return _("%s起") % day_full(starts_on)
    return f"{day_full(starts_on)}—{day_full(ends_on - timedelta(days=1))}"


def state_of(starts_on: date, ends_on: date | None, today: date) -> Status | None:
    """现任, 未到任, or nothing for what is over."""
    if starts_on > today:
        return Status("info", _("未开始"))
    return Status("ok", _("现任")) if ends_on is None or ends_on > today else None


def offices(person_id: int, seen: bool, today: date) -> list[Line]:
    """Offices held, the newest first."""
    rows = _offices(person_id=person_id, seen=seen)
    return [_line(str(Office(row[0]).label), row[1:], today) for row in rows]


def roles(person_id: int, today: date) -> list[Line]:
    """Roles on the platform, for the person and for party roles over the person."""
    return [_line(str(Role(row[0]).label), row[1:], today) for row in _roles(person_id=person_id)]


def affiliations(person_id: int, seen: bool, today: date) -> list[Line]:
    """Temporary places beside the home."""
    rows = _affiliations(person_id=person_id, seen=seen)
    return [_line(_("临时编入"), row, today) for row in rows]


def facts(person_id: int, seen: bool) -> list[FactLine]:
    """The dated facts in force, the newest first; corrected ones are left out."""
    rows = _facts(person_id=person_id, seen=seen)
    return [
        FactLine(starts_on, str(FactKind(kind).label), _value(kind, value), source)
        for starts_on, kind, value, source in rows
    ]


def _line(what: str, row: tuple[Any, ...], today: date) -> Line:
    name, unit_id, starts_on, ends_on = row
    return Line(what, name, unit_id, period_words(starts_on, ends_on), state_of(starts_on, ends_on, today))


_HELD = ("unit__name", "unit_id", "starts_on", "ends_on")


@prepared
def _offices(*, person_id: int, seen: bool) -> QuerySet[Appointment, Any]:
    rows = Appointment.objects.filter(person_id=person_id).order_by("-starts_on", "-id")
    return _where(rows, seen).values_list("office", *_HELD)


@prepared
def _roles(*, person_id: int) -> QuerySet[Holding, Any]:
    rows = Holding.objects.filter(person_id=person_id).order_by("-starts_on", "-id")
    return rows.values_list("role", *_HELD)


@prepared
def _affiliations(*, person_id: int, seen: bool) -> QuerySet[Affiliation, Any]:
    rows = Affiliation.objects.filter(person_id=person_id).order_by("-starts_on", "-id")
    return _where(rows, seen).values_list(*_HELD)


def _where(rows: QuerySet[Any], seen: bool) -> QuerySet[Any]:
    return rows if seen else rows.filter(unit__tree=Tree.ADMIN)


@prepared
def _facts(*, person_id: int, seen: bool) -> QuerySet[Fact, Any]:
    hidden = _NEVER if seen else (*_NEVER, *_PARTY_FACTS)
    rows = Fact.objects.filter(person_id=person_id, superseded_at=None).exclude(kind__in=hidden)
    return rows.order_by("-starts_on", "kind").values_list("starts_on", "kind", "value", "source")


def _value(kind: str, value: str) -> str:
    if not value:
        return _("不再有")
    label = _LABELS.get(kind)
    try:
        return label(value) if label else value
    except ValueError:
        return value
