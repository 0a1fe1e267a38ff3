"""Facts of many people at once, in a few statements; for imports that speak of whole books."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import action, note
from rongpei.ground.tenancy.bulk import insert_rows, update_rows
from rongpei.org.people import rules
from rongpei.org.people.actions import MIRRORED
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.queries import facts_as_of

_FACT = ("tenant_id", "person_id", "kind", "value", "starts_on", "source", "recorded_at")
_DEFAULTS = {"party_status": PartyStatus.NONE.value}


@dataclass(frozen=True, slots=True)
class Fresh:
    """A fact to be recorded: from the day on, the person's value."""

    person_id: int
    value: str
    starts_on: date
    source: str


@action("people.facts.replaced", may=rules.may_keep_many)
def replace_facts(
    *, actor: Actor, tenant_id: int, kind: FactKind, fresh: Collection[Fresh], withdrawn: Collection[int], today: date,
    now: datetime,
) -> int:  # fmt: skip
    """Withdraw facts of one kind (by id) and record fresh ones; facts of the same day give way and are kept.

    Returns how many people it is about.
    """
    given, taken = set(withdrawn), {(one.person_id, one.starts_on) for one in fresh}
    rows = Fact.objects.filter(
        Q(person__in=[one.person_id for one in fresh]) | Q(pk__in=list(withdrawn)),
        tenant_id=tenant_id, kind=kind, superseded_at=None,
    )  # fmt: skip
    gone = {
        pk: person_id
        for pk, person_id, on in rows.values_list("pk", "person_id", "starts_on")
        if pk in given or (person_id, on) in taken
    }
    Fact.objects.filter(pk__in=list(gone)).update(superseded_at=now)
    people = {*gone.values(), *(one.person_id for one in fresh)}
    insert_rows(
        Fact,
        _FACT,
        ([tenant_id, one.person_id, kind.value, one.value, one.starts_on, one.source, now] for one in fresh),
    )
    _refresh(people, kind, today)
    note(people=len(people), kind=kind, fresh=len(fresh))
    return len(people)


@action("people.facts.revived", may=rules.may_keep_many)
def revive_facts(
    *,
    actor: Actor,
    tenant_id: int,
    kind: FactKind,
    facts: Collection[int],
    people: Collection[int],
    today: date,
) -> int:
    """Let withdrawn facts of one kind hold again, but for days of which something else was said since."""
    rows = Fact.objects.filter(pk__in=list(facts), tenant_id=tenant_id, kind=kind).exclude(superseded_at=None)
    since = Fact.objects.filter(
        person=OuterRef("person"), kind=kind, starts_on=OuterRef("starts_on"), superseded_at=None
    )
    number = rows.exclude(Exists(since)).update(superseded_at=None)
    _refresh(people, kind, today)
    note(people=len(people), kind=kind, revived=number)
    return number


@action("people.joinings.marked", may=rules.may_keep_many)
def mark_joinings(
    *, actor: Actor, tenant_id: int, joined: Mapping[int, tuple[date | None, date | None]]
) -> int:
    """Repeat on many rows when the person joined and became full, by the person's id."""
    rows = ([pk, joined_on, converted_on] for pk, (joined_on, converted_on) in joined.items())
    note(people=len(joined))
    return update_rows(Person, ("joined_on", "converted_on"), rows)


def _refresh(people: Collection[int], kind: FactKind, today: date) -> None:
    """Repeat today's values on the rows of the people."""
    column = MIRRORED[kind]
    facts = facts_as_of(people, today, [kind])
    empty = _DEFAULTS.get(column, "")
    update_rows(Person, (column,), ([pk, facts.get(pk, {}).get(kind, empty)] for pk in people))
