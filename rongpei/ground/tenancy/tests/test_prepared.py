"""A prepared query answers what the ORM answers, whoever asks and however often."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from contracts.cast import Cast
from rongpei.activities.partydays import queries as meetings
from rongpei.activities.partydays.todos import _asked_today
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.notices import queries as notices
from rongpei.ground.notices.actions import send
from rongpei.ground.tenancy.asking import ask
from rongpei.ground.tenancy.prepared import prepared, prepared_models
from rongpei.ground.tenancy.scope import scope
from rongpei.insight.directory.queries import own
from rongpei.kernel.gatherings.models import Gathering, Sitting
from rongpei.org.access.rules import roles_of
from rongpei.org.people.models import Person


@pytest.mark.parametrize("turn", [1, 2])
def test_every_asker_gets_the_rows_of_the_rule(cast: Cast, turn: int) -> None:
    """Two turns: the first compiles, the second fills the text of another asker of the same shape."""
    today = clock.today()
    seen = set()
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            for role in roles_of("institution"):
                actor = house.actor(role.value)
                given = {"actor": actor, "first": today.replace(day=1), "after": today + timedelta(days=40)}
                rows = meetings._held_between(**given)
                assert rows == meetings._held_between.plainly(**given), role
                seen.add(len(rows))
                person = actor.person_id
                if person is not None:
                    for query in (own._standing, _asked_today):
                        assert query(person_id=person, on=today) == query.plainly(person_id=person, on=today)
    assert {0, 1} <= seen


def test_two_tenants_of_one_shape_do_not_share_rows(cast: Cast) -> None:
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            readers = [house.person("member-1").pk]
            for n in range(2 if house is cast.h1 else 1):
                send(
                    actor=System(house.tenant.pk), tenant_id=house.tenant.pk, reader_ids=readers, title=str(n),
                    now=clock.now(),
                )  # fmt: skip
    found = []
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            found.append(notices._unread_count(reader_id=house.person("member-1").pk))
    assert found == [[(2,)], [(1,)]]


def test_statements_stay_prepared_on_the_connection(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        person = cast.h1.person("member-1").pk
        for _ in range(3):
            own._standing(person_id=person, on=clock.today())
        names = ask("SELECT statement FROM pg_prepared_statements", [])
        assert any("units_appointment" in sql and "people_person" in sql for (sql,) in names), names


@prepared_models
def _sittings_of(*, gathering_id: int) -> QuerySet[Sitting]:
    return Sitting.objects.filter(gathering_id=gathering_id).select_related("gathering__unit").order_by("id")


@pytest.mark.parametrize("turn", [1, 2])
def test_prepared_models_are_what_the_orm_makes(cast: Cast, turn: int) -> None:
    """Converted values and related objects included, and no query is asked for those."""
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            ids = list(Gathering.objects.filter(sittings__isnull=False).values_list("pk", flat=True))
            assert ids
            for ident in ids:
                found = _sittings_of(gathering_id=ident)
                plain = _sittings_of.plainly(gathering_id=ident)
                assert [model_to_dict(one) for one in found] == [model_to_dict(one) for one in plain]
                with CaptureQueriesContext(connection) as asked:
                    names = [one.gathering.unit.name for one in found]
                assert names == [one.gathering.unit.name for one in plain]
                assert len(asked) == 0


@prepared
def _born_between(*, first: date, last: date) -> QuerySet[Person, Any]:
    return Person.objects.filter(born_on__gte=first, born_on__lte=last).values_list("pk")


@prepared
def _named_like(*, part: str) -> QuerySet[Person, Any]:
    return Person.objects.filter(name__contains=part).values_list("pk")


@prepared
def _first_few(*, most: int) -> QuerySet[Person, Any]:
    return Person.objects.values_list("pk")[:most]


def test_keywords_may_come_in_any_order(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        person = cast.h1.person("member-1")
        Person.objects.filter(pk=person.pk).update(born_on=date(1990, 5, 1))
        first, last = date(1990, 1, 1), date(1990, 12, 31)
        assert _born_between(first=first, last=last) == [(person.pk,)]
        assert _born_between(last=last, first=first) == [(person.pk,)]


def test_a_value_that_is_changed_on_its_way_is_refused(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        with pytest.raises(ValueError, match="_named_like"):
            _named_like(part="党员")
        with pytest.raises(ValueError, match="_first_few"):
            _first_few(most=3)
        day = clock.today()
        with pytest.raises(TypeError, match="System"):
            meetings._held_between(actor=System(cast.h1.tenant.pk), first=day, after=day)
