"""Signing in to a meeting ÷ I; a thousand at once; acknowledged = stored exactly once."""

from collections.abc import Iterator, Sequence

from bench import databases, hospital
from bench.context import Context
from bench.floors import cpu_note, middle, paced, rate
from bench.hospital import Guest
from bench.kept import tenant
from bench.load import Load, Outcome, drive
from bench.phones import Phones
from bench.rows import NONE_AT_ALL, SIGN_IN, Row
from bench.say import say
from bench.survival import judge, stored_presences
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person

CROWD = 1000


def measure(context: Context) -> Iterator[Row]:
    """Everybody signs in, phone by phone, at sixteen connections; then a thousand at the same moment."""
    with databases.cloned(context.hospital(), "bench_signins") as name:
        databases.use(name)
        house = tenant()
        with scope([house.pk]):
            guests = hospital.open_sessions(list(Person.objects.exclude(user=None).order_by("id")))
            big, crowd = (hospital.open_meeting(house, expected=900) for _ in range(2))
            warm = hospital.open_meeting(house)
        databases.leave()
        with context.site(name) as site, context.floor() as floor:
            _drive(site.port, house.pk, warm, guests[:300])
            floors = [rate(floor, "i")]
            say(f"{len(guests)} people sign in at 16 connections")
            pace, outcome = paced(site, name, lambda: _drive(site.port, house.pk, big, guests))
            floors.append(rate(floor, "i"))
            say(f"{CROWD} sign in at once")
            rush = _drive(site.port, house.pk, crowd, guests[:CROWD], connections=CROWD)
        lost, doubled = _check(name, house.pk, big[0], guests, outcome)
        lost_too, doubled_too = _check(name, house.pk, crowd[0], guests, rush)
    base = middle(floors)
    yield Row("sign-in", "meeting sign-in, 16 connections", outcome.per_second, "/s", SIGN_IN, base.per_second,
              f"{cpu_note(pace, base)}; p50 {outcome.percentile(50) * 1000:.0f} ms, p99 {outcome.percentile(99) * 1000:.0f} ms")  # fmt: skip
    yield Row("sign-in", f"errors of {CROWD} at once", rush.failures, "errors", NONE_AT_ALL,
              note=f"{rush.per_second:.0f} /s, slowest {rush.percentile(100):.1f} s {dict(rush.errors) or ''}")  # fmt: skip
    yield Row("sign-in", "errors at 16 connections", outcome.failures, "errors", NONE_AT_ALL)
    yield Row("sign-in", "acknowledged but not stored", lost + lost_too, "people", NONE_AT_ALL)
    yield Row("sign-in", "stored more than once", doubled + doubled_too, "people", NONE_AT_ALL)


def _drive(
    port: int, tenant_id: int, meeting: tuple[int, int, str], guests: Sequence[Guest], connections: int = 16
) -> Outcome:
    phones = Phones(port, tenant_id, meeting[1], meeting[2], guests)
    return drive(
        Load(
            port=port, render=phones.render, count=len(guests), connections=connections, limit=120,
            together=connections >= CROWD,
        )
    )  # fmt: skip


def _check(
    name: str, tenant_id: int, gathering_id: int, guests: Sequence[Guest], outcome: Outcome
) -> tuple[int, int]:
    stored = stored_presences(databases.url(name), tenant_id, gathering_id)
    acknowledged = {guests[index].person_id for index in outcome.answered}
    verdict = judge(acknowledged, stored)
    return len(verdict.lost), len(verdict.doubled)
