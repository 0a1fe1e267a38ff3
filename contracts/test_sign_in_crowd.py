"""A thousand people sign in at the same moment: no error, a thousand present, nobody twice, one phone one person.

The same crowd pressing twice must be stored twice where the guard was taken out, or the test proves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from bench import hospital
from bench.hospital import Guest
from bench.load import Load, Outcome, drive
from bench.phones import Phones
from bench.survival import judge, stored_presences
from conftest import database_url
from contracts.serving import web
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.actions import register_person
from rongpei.org.people.models import Person
from rongpei.org.people.roster.samples import sample_rows

CROWD = 1000
pytestmark = [pytest.mark.slow, pytest.mark.committing]


@dataclass(frozen=True)
class Hall:
    """A database with a meeting and a crowd before it."""

    name: str
    tenant_id: int
    meeting: tuple[int, int, str]
    guests: list[Guest]

    def stored(self) -> dict[int, int]:
        """How often each person is stored as present."""
        return stored_presences(database_url("DATABASE_URL", self.name), self.tenant_id, self.meeting[0])

    def sign_in(
        self, port: int, guests: Sequence[Guest], devices: Sequence[str] = (), **more: object
    ) -> Outcome:
        """All at the same moment."""
        phones = Phones(port, self.tenant_id, self.meeting[1], self.meeting[2], guests, devices)
        return drive(
            Load(port=port, render=phones.render, count=len(guests), connections=len(guests), together=True,
                 limit=240, patience=240, **more)
        )  # fmt: skip


@pytest.fixture
def hall(committed: str) -> Hall:
    """The first hospital of the cast with a thousand more people; half of them are on the list."""
    tenant = Tenant.objects.get(code="H1")
    with scope([tenant.pk]):
        rows = sample_rows(CROWD, 11, ["内科"], ["一支部"])
        people = [
            register_person(
                actor=System(tenant.pk), tenant_id=tenant.pk, name=str(row["name"]), staff_number=f"crowd-{number}"
            )
            for number, row in enumerate(rows)
        ]  # fmt: skip
        hospital.open_accounts(tenant)
        guests = hospital.open_sessions(
            list(Person.objects.filter(pk__in=[one.pk for one in people]).order_by("id"))
        )
        meeting = hospital.open_meeting(tenant, expected=CROWD // 2)
    return Hall(committed, tenant.pk, meeting, guests)


def test_a_thousand_at_once(hall: Hall, tmp_path: Path) -> None:
    with web(hall.name, tmp_path, workers=2) as site:
        outcome = hall.sign_in(site.port, hall.guests)
    assert not outcome.errors
    assert outcome.statuses == {200: CROWD}
    stored = hall.stored()
    assert len(stored) == CROWD
    assert judge({guest.person_id for guest in hall.guests}, stored) == judge(set(), {})


def test_pressing_twice_signs_in_once(hall: Hall, tmp_path: Path) -> None:
    twice = [guest for guest in hall.guests[-300:] for _ in range(2)]
    with web(hall.name, tmp_path, workers=2) as site:
        outcome = hall.sign_in(site.port, twice)
    assert not outcome.errors
    assert set(hall.stored().values()) == {1}


def test_without_the_guard_pressing_twice_is_stored_twice(hall: Hall, tmp_path: Path) -> None:
    with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", hall.name), autocommit=True) as owner:
        owner.execute("ALTER TABLE gatherings_attendance DROP CONSTRAINT gatherings_once")
        owner.execute("ALTER TABLE gatherings_attendance DROP CONSTRAINT gatherings_one_device")
    twice = [guest for guest in hall.guests[-300:] for _ in range(2)]
    with web(hall.name, tmp_path, target="bench.unguarded:application", workers=2) as site:
        hall.sign_in(site.port, twice)
    assert judge(set(), hall.stored()).doubled, (
        "the race did not happen, so its absence elsewhere proves nothing"
    )


def test_one_phone_signs_in_one_person(hall: Hall, tmp_path: Path) -> None:
    """Fifty phones, each handed to a second person at the same moment: one of each two is refused."""
    guests = hall.guests[:100]
    devices = [f"shared-{number // 2}" for number in range(100)]
    with web(hall.name, tmp_path, workers=2) as site:
        outcome = hall.sign_in(site.port, guests, devices, accept=frozenset({200, 409}))
    assert outcome.statuses == {200: 50, 409: 50}
    present = hall.stored()
    for first, second in zip(guests[::2], guests[1::2], strict=True):
        assert (first.person_id in present) + (second.person_id in present) == 1
