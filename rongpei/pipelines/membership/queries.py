"""Membership cases as the asker may see them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.org.people.models import Person
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import PROCEDURE


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may see, the latest first."""
    rows = rules.visible_cases(actor).select_related("person", "unit")
    return rows.order_by("-reached_on", "-id")


def cases_under_way(person: Person) -> QuerySet[Case]:
    """The person's case that has not ended, open or suspended: one at most."""
    return Case.objects.filter(person=person, procedure=PROCEDURE).exclude(state=State.ENDED)


def first_openings(case_ids: list[int]) -> dict[int, Opening]:
    """The most urgent open step of each case that has any, by the case's id; one query."""
    first: dict[int, Opening] = {}
    for opening in _openings(case_ids=case_ids) if case_ids else ():
        first.setdefault(opening.case_id, opening)
    return first


@prepared_models
def _openings(*, case_ids: list[int]) -> QuerySet[Opening]:
    return Opening.objects.filter(any_of("case", case_ids)).order_by("due_on", "id")


def people_named(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Names of everybody named in the data of some records, by id; one query."""
    ids = {
        one["person_id"]
        for data in rows
        for value in data.values()
        if isinstance(value, list)
        for one in value
        if isinstance(one, dict) and one.get("person_id")
    }
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
