"""What is dated about a person: offices, roles, temporary places, facts; each line asked only as far as it is seen."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.marks import Status
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.people.codes import EmploymentKind, FactKind, PartyStatus, PositionType
from rongpei.org.people.models import Fact, Person
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


def offices(person: Person, seen: bool, today: date) -> list[Line]:
    """Offices held, the newest first."""
    rows = Appointment.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-id")
    if not seen:
        rows = rows.filter(unit__tree=Tree.ADMIN)
    return [
        Line(
            str(Office(row.office).label), row.unit.name, row.unit_id, period_words(row.starts_on, row.ends_on),
            state_of(row.starts_on, row.ends_on, today),
        )
        for row in rows
    ]  # fmt: skip


def roles(person: Person, today: date) -> list[Line]:
    """Roles on the platform, for the person and for party roles over the person."""
    rows = Holding.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-id")
    return [
        Line(
            str(Role(row.role).label), row.unit.name, row.unit_id, period_words(row.starts_on, row.ends_on),
            state_of(row.starts_on, row.ends_on, today),
        )
        for row in rows
    ]  # fmt: skip


def affiliations(person: Person, seen: bool, today: date) -> list[Line]:
    """Temporary places beside the home."""
    rows = Affiliation.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-id")
    if not seen:
        rows = rows.filter(unit__tree=Tree.ADMIN)
    return [
        Line(
            _("临时编入"), row.unit.name, row.unit_id, period_words(row.starts_on, row.ends_on),
            state_of(row.starts_on, row.ends_on, today),
        )
        for row in rows
    ]  # fmt: skip


def facts(person: Person, seen: bool) -> list[FactLine]:
    """The dated facts in force, the newest first; corrected ones are left out."""
    hidden = _NEVER if seen else (*_NEVER, *_PARTY_FACTS)
    rows = Fact.objects.filter(person=person, superseded_at=None).exclude(kind__in=hidden)
    return [
        FactLine(row.starts_on, str(FactKind(row.kind).label), _value(row), row.source)
        for row in rows.order_by("-starts_on", "kind")
    ]


def _value(fact: Fact) -> str:
    if not fact.value:
        return _("不再有")
    label = _LABELS.get(fact.kind)
    try:
        return label(fact.value) if label else fact.value
    except ValueError:
        return fact.value
