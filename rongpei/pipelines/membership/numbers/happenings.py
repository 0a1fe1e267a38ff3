"""Who applied, was confirmed as an activist or was admitted in a window, as they were on that day."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.calendar import full_years
from rongpei.org.people.codes import FactKind, PartyStatus, TitleLevel
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.roster.choices import title_level
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Posting
from rongpei.pipelines.membership.numbers.highly import Highly

_SNAPSHOT = (
    FactKind.TITLE, FactKind.DEGREE, FactKind.POSITION_TYPE, FactKind.BACKBONE, FactKind.FRONT_LINE,
)  # fmt: skip


class What(models.TextChoices):
    """What is counted, and the status whose first day it is."""

    APPLIED = "applied", _("申请入党")
    ACTIVIST = "activist", _("确定为入党积极分子")
    TARGET = "target", _("列为发展对象")
    ADMITTED = "admitted", _("发展党员（接收预备党员）")
    CONVERTED = "converted", _("转为正式党员")


STATUS = {
    What.APPLIED: PartyStatus.APPLICANT,
    What.ACTIVIST: PartyStatus.ACTIVIST,
    What.TARGET: PartyStatus.TARGET,
    What.ADMITTED: PartyStatus.PROBATIONARY,
    What.CONVERTED: PartyStatus.FULL,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One person on the day it happened. title is a `TitleLevel`; front_line: had served on one by then."""

    person: Person
    on: date
    branch_id: int | None
    age: int | None
    title: str
    position: str
    highly: bool
    backbone: bool
    front_line: bool


Points = Mapping[tuple[int, str], tuple[list[date], list[str]]]


def happenings(what: What, first: date, last: date, highly: Highly) -> list[Happening]:
    """Everybody to whom it happened from `first` to `last`, both included, by day; four queries.

    A person to whom it happened twice (who withdrew and applied again) is there once, on the first day.
    """
    rows = Fact.objects.filter(
        kind=FactKind.PARTY_STATUS, value=STATUS[what], starts_on__gte=first, starts_on__lte=last, superseded_at=None
    ).order_by("starts_on", "person_id")  # fmt: skip
    days: dict[int, date] = {}
    for person_id, on in rows.values_list("person_id", "starts_on"):
        days.setdefault(person_id, on)
    people = Person.objects.in_bulk(list(days))
    points, homes = _points(days), _homes(days)
    return [_happening(people[ident], on, points, homes, highly) for ident, on in days.items()]


def _points(ids: Collection[int]) -> Points:
    found: dict[tuple[int, str], tuple[list[date], list[str]]] = defaultdict(lambda: ([], []))
    rows = Fact.objects.filter(person_id__in=ids, kind__in=_SNAPSHOT, superseded_at=None).order_by(
        "starts_on"
    )
    for person_id, kind, on, value in rows.values_list("person_id", "kind", "starts_on", "value"):
        found[person_id, kind][0].append(on)
        found[person_id, kind][1].append(value)
    return found


def _homes(ids: Collection[int]) -> dict[int, list[tuple[date, int | None]]]:
    """Home branches by person, earliest first; a group counts as its branch."""
    found: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    rows = Posting.objects.filter(person_id__in=ids, tree=Tree.PARTY, superseded_at=None).order_by(
        "starts_on"
    )
    for person_id, on, unit, kind, parent in rows.values_list(
        "person_id", "starts_on", "unit_id", "unit__kind", "unit__parent_id"
    ):
        found[person_id].append((on, parent if kind == UnitKind.GROUP else unit))
    return found


def _happening(
    person: Person,
    on: date,
    points: Points,
    homes: Mapping[int, list[tuple[date, int | None]]],
    highly: Highly,
) -> Happening:
    facts = {kind.value: _value(points, person.pk, kind, on) for kind in _SNAPSHOT}
    here = [branch for starts, branch in homes.get(person.pk, ()) if starts <= on]
    starts, values = points.get((person.pk, FactKind.FRONT_LINE), ([], []))
    served = any(value for day, value in zip(starts, values, strict=True) if day <= on)
    return Happening(
        person=person, on=on, branch_id=here[-1] if here else None,
        age=full_years(person.born_on, on) if person.born_on else None,
        title=title_level(facts[FactKind.TITLE]) or TitleLevel.NONE, position=facts[FactKind.POSITION_TYPE],
        highly=highly.holds(facts), backbone=bool(facts[FactKind.BACKBONE]), front_line=served,
    )  # fmt: skip


def _value(points: Points, person_id: int, kind: FactKind, on: date) -> str:
    days, values = points.get((person_id, kind.value), ([], []))
    index = bisect_right(days, on)
    return values[index - 1] if index else ""
