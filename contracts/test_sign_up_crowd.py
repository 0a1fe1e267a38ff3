"""Two thousand people for three hundred places: exactly three hundred, and one order of the rest.

The same crowd must be oversold where nobody holds the sitting, or the test proves nothing.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bench import hospital
from bench.hospital import Guest
from bench.signups import PLACES, Hall, ask, open_hall, stored_places
from conftest import database_url
from contracts import cast as players
from contracts.serving import web
from rongpei.ground.tenancy.bulk import insert_rows
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person
from rongpei.org.units.models import Place

CROWD = 2000
pytestmark = [pytest.mark.slow, pytest.mark.committing]


@dataclass(frozen=True)
class Scene:
    """A database with a hall and a crowd before its door."""

    name: str
    tenant_id: int
    hall: Hall
    guests: list[Guest]

    def stored(self) -> list[tuple[int, str]]:
        """Registrations in the order of the queue."""
        return stored_places(database_url("DATABASE_URL", self.name), self.tenant_id, self.hall)


@pytest.fixture
def scene(committed: str) -> Scene:
    """The first hospital of the cast with two thousand more members of its first branch."""
    tenant = Tenant.objects.get(code="H1")
    with scope([tenant.pk]):
        branch = players.load().h1.unit("一支部")
        made = Person.objects.bulk_create(
            Person(
                tenant=tenant, name=f"党员{number}", staff_number=f"crowd-{number}", sort_key=f"{number:05}"
            )
            for number in range(CROWD)
        )
        insert_rows(
            Place, ("tenant_id", "person_id", "branch_id"), [(tenant.pk, one.pk, branch.pk) for one in made]
        )
        hospital.open_accounts(tenant)
        people = Person.objects.filter(pk__in=[one.pk for one in made]).order_by("id")
        guests = hospital.open_sessions(list(people))
        hall = open_hall(tenant, PLACES)
    return Scene(committed, tenant.pk, hall, guests)


def test_places_are_never_oversold_and_the_rest_is_in_one_order(scene: Scene, tmp_path: Path) -> None:
    with web(scene.name, tmp_path, workers=2) as site:
        outcome = ask(site.port, scene.hall, scene.guests, connections=1000)
    assert not outcome.errors
    assert outcome.statuses == {302: CROWD}
    stored = scene.stored()
    assert {person for person, _state in stored} == {guest.person_id for guest in scene.guests}
    states = [state for _person, state in stored]
    assert states == ["placed"] * PLACES + ["waiting"] * (CROWD - PLACES)


def test_without_holding_the_sitting_places_are_oversold(scene: Scene, tmp_path: Path) -> None:
    with web(scene.name, tmp_path, target="bench.unguarded:application", workers=5) as site:
        ask(site.port, scene.hall, scene.guests[: PLACES + 300], connections=600)
    placed = sum(state == "placed" for _person, state in scene.stored())
    assert placed > PLACES, "the race did not happen, so its absence elsewhere proves nothing"
