"""Membership cases as the asker may see them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person
from rongpei.pipelines.membership import rules


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may see, the latest first."""
    rows = rules.visible_cases(actor).select_related("person", "unit")
    return rows.order_by("-reached_on", "-id")


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
