"""Entries, reversals and roll-ups."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from contracts.cast import Cast
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.ledger.actions import Line, Source, enter, reverse
from rongpei.kernel.ledger.models import Entry, PersonMonth, UnitMonth
from rongpei.kernel.ledger.queries import (
    entries_from,
    entries_of_subtree,
    hours_of_people,
    measures_of_subtree,
    year_sums,
)
from rongpei.kernel.ledger.rollups import differences
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import FactKind
from rongpei.org.units.actions import post_person
from rongpei.org.units.codes import Tree

KIND = "partydays.attended"
SOURCE = Source("test.thing", 1, "六月主题党日")
JUNE = date(2026, 6, 12)


def _enter(cast: Cast, person_ids: list[int], hours: str = "2", on: date = JUNE) -> int:
    tenant = cast.h1.tenant.pk
    lines = [Line(KIND, on, person_id=ident, class_hours=Decimal(hours)) for ident in person_ids]
    return enter(actor=System(tenant), tenant_id=tenant, source=SOURCE, lines=lines, now=clock.now())


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def test_an_entry_keeps_the_home_and_the_facts_of_its_day(inside: Cast) -> None:
    house, system, now = inside.h1, System(inside.h1.tenant.pk), clock.now()
    person = house.person("member-1")
    record_fact(
        actor=system, person=person, kind=FactKind.TITLE, value="副主任医师", starts_on=date(2026, 6, 13),
        today=clock.today(), now=now,
    )  # fmt: skip
    post_person(
        actor=system, person=person, tree=Tree.PARTY, unit=house.unit("二支部"), starts_on=date(2026, 6, 13),
        today=clock.today(), now=now,
    )  # fmt: skip
    _enter(inside, [person.pk])
    entry = Entry.objects.get()
    assert entry.branch == house.unit("一支部")
    assert entry.department == house.unit("内科")
    assert entry.snapshot == {"party_status": "full"}


def test_counting_is_the_same_from_entries_and_roll_ups(inside: Cast) -> None:
    people = [inside.h1.person(f"member-{index}").pk for index in range(1, 7)]
    _enter(inside, people)
    _enter(inside, people[:2], "1.5", date(2026, 7, 1))
    assert hours_of_people(people, 2026)[people[0]] == Decimal("3.5")
    assert year_sums(people[5], 2026).measures.class_hours == 2
    whole = measures_of_subtree(inside.h1.unit("党委"), date(2026, 6, 1), date(2026, 8, 1))
    assert whole.class_hours == 15
    behind = entries_of_subtree(inside.h1.unit("党委"), date(2026, 6, 1), date(2026, 8, 1))
    assert sum(entry.class_hours for entry in behind) == 15
    assert list(differences()) == []


def test_a_reversal_takes_back_and_stays_visible(inside: Cast) -> None:
    person = inside.h1.person("member-1").pk
    _enter(inside, [person])
    standing = entries_from(source_kind=SOURCE.kind, source_id=SOURCE.id)
    assert reverse(actor=System(inside.h1.tenant.pk), entries=list(standing), now=clock.now()) == 1
    assert Entry.objects.count() == 2
    assert not entries_from(source_kind=SOURCE.kind, source_id=SOURCE.id).exists()
    assert year_sums(person, 2026).measures.class_hours == 0
    assert list(differences()) == []


def test_an_entry_cannot_be_reversed_twice(inside: Cast) -> None:
    _enter(inside, [inside.h1.person("member-1").pk])
    entry = Entry.objects.get()
    reverse(actor=System(inside.h1.tenant.pk), entries=[entry], now=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        reverse(actor=System(inside.h1.tenant.pk), entries=[entry], now=clock.now())


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entry SET class_hours = 9", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry CASCADE"],
)
def test_entries_cannot_be_changed(inside: Cast, statement: str) -> None:
    _enter(inside, [inside.h1.person("member-1").pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_wrong_roll_up_is_found(inside: Cast) -> None:
    _enter(inside, [inside.h1.person("member-1").pk])
    PersonMonth.objects.update(class_hours=99)
    UnitMonth.objects.filter(unit=inside.h1.unit("内科")).delete()
    assert len(list(differences())) == 2


def test_unknown_kinds_are_refused(inside: Cast) -> None:
    line = Line("nobody.registered", JUNE, person_id=inside.h1.person("member-1").pk)
    with pytest.raises(ValueError, match="unknown"):
        enter(actor=System(1), tenant_id=inside.h1.tenant.pk, source=SOURCE, lines=[line], now=clock.now())


@pytest.mark.parametrize("count", [1, 6])
def test_entering_asks_the_same_queries_whatever_the_number(
    inside: Cast, count: int, django_assert_max_num_queries
) -> None:
    people = [inside.h1.person(f"member-{index}").pk for index in range(1, count + 1)]
    with django_assert_max_num_queries(6):
        _enter(inside, people)
