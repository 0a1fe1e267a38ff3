"""Events in people's words: names are looked up now, because the trail holds ids only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import labels
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.ui.marks import Status
from rongpei.org.access.codes import Role
from rongpei.org.access.queries import names_of, people_by_actor
from rongpei.org.access.web import labels as _org_words  # noqa: F401 - registers the words of this floor
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit

_PEOPLE, _UNITS = Person._meta.db_table, Unit._meta.db_table
_PERSON_FACTS = ("person", "person_id")
_UNIT_FACTS = ("unit", "unit_id", "parent_id", "department_id", "branch_id", "group_id", "league_id")


@dataclass(frozen=True)
class Told:
    """One event as the page shows it."""

    pk: int
    at: datetime
    who: str
    number: str
    what: str
    code: str
    about: str
    mark: Status
    reason: str
    facts: Sequence[tuple[str, str]]
    diff: Sequence[tuple[str, str, str]]
    url: str
    table: str
    object_id: int | None
    kind: str


class _Names:
    """Names of everybody and everything that a page of events mentions: at most three queries."""

    def __init__(self, events: Sequence[AuditEvent]) -> None:
        self.actors = people_by_actor({event.actor for event in events})
        wanted: dict[str, set[int]] = {_PEOPLE: set(), _UNITS: set()}
        for event in events:
            if event.table_name in wanted and event.first_id is not None:
                wanted[event.table_name].add(event.first_id)
            for values in (event.before, event.after):
                wanted[_PEOPLE] |= {values[key] for key in _PERSON_FACTS if isinstance(values.get(key), int)}
                wanted[_UNITS] |= {values[key] for key in _UNIT_FACTS if isinstance(values.get(key), int)}
        self.people = names_of(Person, wanted[_PEOPLE]) if wanted[_PEOPLE] else {}
        self.units = names_of(Unit, wanted[_UNITS]) if wanted[_UNITS] else {}

    def value(self, key: str, value: Any, table: str) -> str:
        """A fact's value, people and units by name, roles by label."""
        if key in _PERSON_FACTS and value in self.people:
            return self.people[value]
        if key in _UNIT_FACTS and value in self.units:
            return self.units[value]
        if key == "role" and value in Role.values:
            return str(Role(value).label)
        return labels.shown_value(key, value, table)

    def about(self, event: AuditEvent) -> str:
        """The object: a name where there is one, else what it is and its number."""
        if not event.table_name:
            return (
                _("%(n)s 条") % {"n": event.after["count"]}
                if isinstance(event.after.get("count"), int)
                else ""
            )
        label = labels.table_label(event.table_name)
        if event.count > 1:
            return _("%(what)s %(n)s 条") % {"what": label, "n": f"{event.count:,}"}
        known = {_PEOPLE: self.people, _UNITS: self.units}.get(event.table_name, {})
        if event.first_id is None:
            return label
        return f"{label} {known.get(event.first_id, event.first_id)}"


def tell(events: Sequence[AuditEvent], actor: Actor) -> list[Told]:
    """Put events in words for an auditor."""
    names = _Names(events)
    return [_told(event, names) for event in events]


def _told(event: AuditEvent, names: _Names) -> Told:
    person = names.actors.get(event.actor)
    is_change = event.kind == EventKind.CHANGE
    return Told(
        pk=event.pk,
        at=event.at,
        who=person.name if person else _unknown(event.actor),
        number=person.staff_number if person else "",
        what=labels.label_of(event.code),
        code=event.code,
        about=names.about(event),
        mark=_mark(event),
        reason=event.reason,
        facts=[] if is_change else _facts(event, names),
        diff=_diff(event, names) if is_change else [],
        url=reverse("access:event", args=[event.pk]),
        table=event.table_name,
        object_id=event.first_id if event.first_id == event.last_id else None,
        kind=str(EventKind(event.kind).label),
    )


def _unknown(written: str) -> str:
    user = written.partition(":")[0]
    return _("账号 %(id)s") % {"id": user} if user else _("系统")


def _mark(event: AuditEvent) -> Status:
    if event.result == Result.REFUSED:
        return Status("bad", Result.REFUSED.label)
    return Status("ok", _("完成") if event.kind == EventKind.CHANGE else Result.DONE.label)


def _facts(event: AuditEvent, names: _Names) -> list[tuple[str, str]]:
    table = event.table_name
    return [
        (labels.fact_label(key, table), names.value(key, value, table)) for key, value in event.after.items()
    ]


def _diff(event: AuditEvent, names: _Names) -> list[tuple[str, str, str]]:
    table = event.table_name
    keys = list(dict.fromkeys([*event.before, *event.after]))
    return [
        (
            labels.fact_label(key, table),
            names.value(key, event.before[key], table) if key in event.before else "",
            names.value(key, event.after[key], table) if key in event.after else "",
        )
        for key in keys
    ]
