"""Asking for a place ÷ I; two thousand people for three hundred places: never oversold, one order of the rest."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import psycopg

from bench import databases, hospital
from bench.context import Context
from bench.floors import cpu_note, middle, paced, rate
from bench.hospital import Guest
from bench.kept import tenant
from bench.load import Load, Outcome, cookies, drive, post, token
from bench.rows import NONE_AT_ALL, SIGN_IN, Row
from bench.say import say
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.models import Gathering, Sitting
from rongpei.org.people.models import Person
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Unit

CROWD, PLACES = 2000, 300


@dataclass(frozen=True, slots=True)
class Hall:
    """A meeting of tomorrow with a number of places: ids of the meeting and of its sitting."""

    meeting: int
    sitting: int


def open_hall(tenant: Tenant, places: int | None) -> Hall:
    """Of the whole committee, by registration."""
    unit = Unit.objects.get(tenant=tenant, kind=UnitKind.COMMITTEE)
    now = clock.now()
    gathering = Gathering.objects.create(
        tenant=tenant, unit=unit, title="全院主题党日", held_on=clock.today() + timedelta(days=1), created_at=now,
        by_registration=True,
    )  # fmt: skip
    starts_at = now + timedelta(days=1)
    sitting = Sitting.objects.create(
        tenant=tenant, gathering=gathering, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
        location="报告厅", secret=secrets.token_hex(24), capacity=places,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        tenant=tenant, gathering=gathering, kind=MeetingKind.THEME_DAY, class_hours=Decimal(2)
    )
    return Hall(meeting.pk, sitting.pk)


def ask(port: int, hall: Hall, guests: Sequence[Guest], *, connections: int, **more: object) -> Outcome:
    """Everybody asks for a place; the answer leads back to the page."""
    requests = [_request(port, hall, guest) for guest in guests]
    load = Load(
        port=port, render=requests.__getitem__, count=len(guests), connections=connections, limit=240,
        patience=240, accept=frozenset({302}), together=connections >= len(guests), **more,
    )  # fmt: skip
    return drive(load)


def _request(port: int, hall: Hall, guest: Guest) -> bytes:
    return post(
        f"/meetings/{hall.meeting}/places/{hall.sitting}/take/", port,
        cookies(guest.session), token(guest.session),
    )  # fmt: skip


def stored_places(url: str, tenant_id: int, hall: Hall) -> list[tuple[int, str]]:
    """Person and state of every registration, in the order of the queue."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('rongpei.scope', %s, false)", [str(tenant_id)])
        rows = connection.execute(
            "SELECT person_id, state FROM gatherings_registration WHERE sitting_id = %s ORDER BY id", [hall.sitting]
        )  # fmt: skip
        return [(int(person), str(state)) for person, state in rows.fetchall()]


def measure(context: Context) -> Iterator[Row]:
    """Places without limit at sixteen connections; then two thousand people for three hundred places."""
    with databases.cloned(context.hospital(), "bench_signups") as name:
        databases.use(name)
        house = tenant()
        with scope([house.pk]):
            people = Person.objects.exclude(user=None).exclude(place__branch=None).order_by("id")
            guests = hospital.open_sessions(list(people))
            warm, wide, narrow = open_hall(house, None), open_hall(house, None), open_hall(house, PLACES)
        databases.leave()
        with context.site(name) as site, context.floor() as floor:
            ask(site.port, warm, guests[:300], connections=16)
            floors = [rate(floor, "i")]
            say(f"{len(guests)} people ask for a place at 16 connections")
            pace, outcome = paced(site, name, lambda: ask(site.port, wide, guests, connections=16))
            floors.append(rate(floor, "i"))
            crowd = guests[:CROWD]
            say(f"{len(crowd)} people for {PLACES} places")
            rush = ask(site.port, narrow, crowd, connections=min(len(crowd), 1000))
        held = stored_places(databases.url(name), house.pk, narrow)
    base = middle(floors)
    placed = sum(state == "placed" for _person, state in held)
    unlike = abs(placed - min(PLACES, len(crowd))) + abs(len(held) - len(crowd))
    yield Row("sign-up", "asking for a place, 16 connections", outcome.per_second, "/s", SIGN_IN, base.per_second,
              f"{cpu_note(pace, base)}; p50 {outcome.percentile(50) * 1000:.0f} ms, p99 {outcome.percentile(99) * 1000:.0f} ms")  # fmt: skip
    yield Row("sign-up", f"errors of {len(crowd)} for {PLACES} places", rush.failures, "errors", NONE_AT_ALL,
              note=f"{rush.per_second:.0f} /s in {rush.elapsed:.1f} s {dict(rush.errors) or ''}")  # fmt: skip
    yield Row("sign-up", f"places beyond {PLACES}, or people lost", unlike, "people", NONE_AT_ALL)
