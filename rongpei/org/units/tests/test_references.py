"""References that are checked once a statement hold what a foreign key holds, and the wall besides."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from conftest import database_url
from contracts.cast import Cast
from rongpei.ground import clock
from rongpei.ground.tenancy import references
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Fact, Person
from rongpei.org.units.models import Place, Posting

_NOBODY = 7_000_000_000


def _fact(tenant: int, person: int) -> Fact:
    return Fact.objects.create(
        tenant_id=tenant, person_id=person, kind=FactKind.POST, value="护士长", starts_on=clock.today(),
        recorded_at=clock.now(),
    )  # fmt: skip


def test_nobody_and_nothing_cannot_be_named(cast: Cast) -> None:
    tenant = cast.h1.tenant.pk
    with scope([tenant]):
        somebody = cast.h1.person("member-1").pk
        with pytest.raises(IntegrityError, match="people_person"), transaction.atomic():
            _fact(tenant, _NOBODY)
        with pytest.raises(IntegrityError, match="units_unit"), transaction.atomic():
            Posting.objects.create(
                tenant_id=tenant, person_id=somebody, tree="party", unit_id=_NOBODY, starts_on=clock.today(),
                recorded_at=clock.now(),
            )  # fmt: skip
        with pytest.raises(IntegrityError, match="units_unit"), transaction.atomic():
            Place.objects.filter(person=somebody).update(branch=_NOBODY)
        assert Place.objects.filter(person=somebody).update(league=None) == 1


def test_another_hospitals_person_cannot_be_named(cast: Cast) -> None:
    ours = cast.h1.tenant.pk
    with scope([cast.h2.tenant.pk]):
        theirs = cast.h2.person("member-1").pk
    for seen in ([ours], [ours, cast.h2.tenant.pk]):
        with scope(seen), pytest.raises(IntegrityError, match="people_person"), transaction.atomic():
            _fact(ours, theirs)


def test_who_is_named_cannot_be_deleted_until_the_naming_is(cast: Cast) -> None:
    tenant = cast.h1.tenant.pk
    with scope([tenant]):
        person = Person.objects.create(tenant_id=tenant, name="某某", sort_key="mou", initials="mm")
        fact = _fact(tenant, person.pk)
        with (
            pytest.raises(IntegrityError, match="people_fact"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM people_person WHERE id = %s", [person.pk])
        fact.delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_person WHERE id = %s", [person.pk])
            assert cursor.rowcount == 1


def _raced(name: str, cast: Cast) -> tuple[bool, int]:
    """Somebody is named while another transaction deletes the person: whether that was refused, and facts of nobody."""
    tenant = cast.h1.tenant.pk
    with scope([tenant]):
        person = Person.objects.create(tenant_id=tenant, name="某某", sort_key="mou", initials="mm").pk
    deleting, naming = (_connected(name, tenant) for _ in range(2))
    with deleting, naming, ThreadPoolExecutor(1) as other:
        deleting.execute("DELETE FROM people_person WHERE id = %s", [person])
        insert = (
            "INSERT INTO people_fact (tenant_id, person_id, kind, value, starts_on, source, recorded_at)"
            " VALUES (%s, %s, 'post', '护士长', now(), '', now())"
        )
        asked = other.submit(_refused, lambda: (naming.execute(insert, [tenant, person]), naming.commit()))
        _until_it_waits_or_ends(name, naming.info.backend_pid, asked.done)
        deleting.commit()
        refused = asked.result(60)
    with scope([tenant]):
        return refused, Fact.objects.filter(person_id=person).count()


def _connected(name: str, tenant: int) -> psycopg.Connection:
    made = psycopg.connect(database_url("DATABASE_URL", name))
    made.execute("SELECT set_config('rongpei.scope', %s, false)", [str(tenant)])
    made.commit()
    return made


def _refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except psycopg.errors.ForeignKeyViolation:
        return True
    return False


def _until_it_waits_or_ends(name: str, process: int, ended: Callable[[], bool]) -> None:
    waits = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
    with psycopg.connect(os.environ["RONGPEI_SUPER_DATABASE_URL"], autocommit=True) as server:
        while not ended() and server.execute(waits, [process]).fetchone() != (True,):
            pass


@pytest.mark.committing
def test_naming_waits_for_a_deletion_and_is_refused(committed: str, committed_cast: Cast) -> None:
    assert _raced(committed, committed_cast) == (True, 0)


@pytest.mark.committing
def test_without_the_lock_a_fact_of_nobody_would_stay(committed: str, committed_cast: Cast) -> None:
    with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", committed)) as owner:
        owner.execute(references.FUNCTIONS.replace("FOR KEY SHARE", "").encode())
    assert _raced(committed, committed_cast) == (False, 1)
