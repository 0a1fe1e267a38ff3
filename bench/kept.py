"""The hospital as a database that is kept between runs while its sources stay the same."""

from collections.abc import Callable

from bench import databases, growing, hospital, library
from bench.say import say
from rongpei.ground.tenancy.models import Tenant

_NOW_DAYS, _THEN_DAYS = 3 * 365, 10 * 365


def hospital_database(key: str) -> str:
    """The hospital: 2,600 people, two years of meetings."""
    return _kept(f"bench_hospital_{key}", databases.main_name(), hospital.build)


def library_database(key: str) -> str:
    """The hospital beside a portal with a long history."""
    return _kept(f"bench_library_{key}", hospital_database(key), library.build)


def grown_databases(key: str, entries: int) -> tuple[str, str]:
    """The hospital with so many ledger entries of three years, and with ten times as many of ten years."""
    now = _kept(
        f"bench_{entries}_{key}", hospital_database(key), lambda: growing.grow(tenant(), entries, _NOW_DAYS)
    )
    many = 10 * entries
    then = _kept(f"bench_{many}_{key}", now, lambda: growing.grow(tenant(), many, _THEN_DAYS))
    return now, then


def tenant() -> Tenant:
    """The hospital of the database in use."""
    return Tenant.objects.get(code="BENCH")


def _kept(name: str, template: str, fill: Callable[[], object]) -> str:
    if databases.exists(name):
        return name
    say(f"making {name} (kept for the next run)")
    draft = "bench_draft"
    databases.create(draft, template)
    databases.use(draft)
    try:
        fill()
    finally:
        databases.leave()
    databases.vacuum(draft)
    databases.rename(draft, name)
    return name
