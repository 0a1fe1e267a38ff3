"""Membership cases as the asker may see them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.ui.listing import kept_rows
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.org.people.models import Person
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.statutes import MEMBERSHIP

Run = TypeVar("Run", Case, Opening)

_REPEATING = tuple(step.code for step in MEMBERSHIP.steps if step.repeats)
# What a row of a list shows: a person has four times as many columns.
_CASE = (
    "unit__name",
    "stage",
    "state",
    "outcome",
    "reached_on",
    "opened_on",
    "person__name",
    "person__staff_number",
)
_STEP = ("case", "step", "opens_on", "due_on", "by_rule", "person__name", "unit__name")


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may see, the latest first."""
    rows = rules.visible_cases(actor).select_related("person", "unit")
    return rows.order_by("-reached_on", "-id")


def cases_under_way(person: Person) -> QuerySet[Case]:
    """The person's case that has not ended, open or suspended: one at most."""
    return Case.objects.filter(person=person, procedure=PROCEDURE).exclude(state=State.ENDED)


class First(NamedTuple):
    """The most urgent open step of a case."""

    case_id: int
    step: str
    due_on: date
    by_rule: bool


def first_openings(case_ids: list[int]) -> dict[int, First]:
    """The most urgent open step of each case that has any, by the case's id; one query."""
    first: dict[int, First] = {}
    for row in _openings(case_ids=case_ids) if case_ids else ():
        first.setdefault(row[0], First(*row))
    return first


@prepared
def _openings(*, case_ids: list[int]) -> QuerySet[Opening, Any]:
    rows = Opening.objects.filter(any_of("case", case_ids)).order_by("due_on", "id")
    return rows.values_list(*First._fields)


@kept_rows
def listed_cases(*, actor: Actor, unit: int | None) -> QuerySet[Case]:
    """Cases on the desk, of one unit when it is given, with what a row shows."""
    rows = _of(rules.desk_cases(actor), unit).select_related("person__place__department", "unit")
    return rows.only(*_CASE, "person__place__department__name")


def due_steps(actor: Actor, today: date, until: date) -> QuerySet[Opening]:
    """Open steps on the desk due from today until the day before `until`."""
    return rules.desk_openings(actor).filter(due_on__gte=today, due_on__lt=until)


def late_steps(actor: Actor, today: date) -> QuerySet[Opening]:
    """Open steps past a due date of the regulation; those past the house's practice are among the ready ones."""
    return rules.desk_openings(actor).filter(due_on__lt=today, by_rule=True)


@kept_rows
def listed_due(*, actor: Actor, unit: int | None, today: date, until: date) -> QuerySet[Opening]:
    """`due_steps` with what a row shows."""
    return _shown(due_steps(actor, today, until), unit)


@kept_rows
def listed_late(*, actor: Actor, unit: int | None, today: date) -> QuerySet[Opening]:
    """`late_steps` with what a row shows."""
    return _shown(late_steps(actor, today), unit)


@kept_rows
def listed_ready(*, actor: Actor, unit: int | None, today: date) -> QuerySet[Opening]:
    """Open steps that may be taken up today: their first lawful day has come."""
    rows = rules.desk_openings(actor).filter(opens_on__lte=today).exclude(step__in=_REPEATING)
    return _shown(rows, unit)


def _shown(rows: QuerySet[Opening], unit: int | None) -> QuerySet[Opening]:
    return _of(rows, unit).select_related("person", "unit").only(*_STEP)


def _of(rows: QuerySet[Run], unit: int | None) -> QuerySet[Run]:
    return rows if unit is None else rows.filter(unit_id=unit)


def people_named(rows: Iterable[Mapping[str, Any]], beside: Iterable[int | None] = ()) -> dict[int, str]:
    """Names of everybody named in the data of some records, and of some more, by id; one query."""
    ids = {
        one["person_id"]
        for data in rows
        for value in data.values()
        if isinstance(value, list)
        for one in value
        if isinstance(one, dict) and one.get("person_id")
    }
    ids |= {one for one in beside if one}
    return dict(_names(ids=sorted(ids))) if ids else {}


@prepared
def _names(*, ids: list[int]) -> QuerySet[Person, Any]:
    return Person.objects.filter(any_of("pk", ids)).order_by().values_list("pk", "name")
