"""Reading the trail by key: every event once, the own tenant only, periods by bisection."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from rongpei.ground.audit.queries import Sought, batches_of, counted, events_of, id_range, page_of
from rongpei.ground.tenancy.scope import scope

BEGAN = datetime(2040, 1, 1, tzinfo=UTC)
ROWS = 240


@pytest.fixture
def tenants(cast):
    own, other = cast.h1.tenant.pk, cast.h2.tenant.pk
    with scope([own, other]):
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO audit_event (id, tenant_id, at, xid, kind, code, result, actor) VALUES (%s, %s, %s, 1, 'act', %s, %s, %s)",
                [
                    (
                        10_000_000 + 3 * index, own if index % 2 else other, BEGAN + timedelta(hours=index),
                        "rare" if index % 80 == 1 else "usual", "refused" if index % 50 == 1 else "done", "1:1",
                    )
                    for index in range(ROWS)
                ],
            )  # fmt: skip
        yield own, other


def sought(tenant, **more):
    return Sought(tenant, since=BEGAN, until=BEGAN + timedelta(hours=ROWS), **more)


def walk(asked, **how):
    found, before = [], None
    while True:
        page = page_of(asked, before=before, **how)
        found += [event.pk for event in page.events]
        before = page.older
        if before is None:
            return found


@pytest.mark.parametrize(
    "how", [{"size": 7}, {"size": 50}, {"size": 7, "window": 25}, {"size": 500, "window": 10}]
)
def test_every_event_once_newest_first(tenants, how):
    own, _other = tenants
    found = walk(sought(own), **how)
    assert found == sorted(found, reverse=True)
    assert len(found) == len(set(found)) == ROWS // 2


def test_rare_refusals_are_found_behind_empty_windows(tenants):
    own, _other = tenants
    page = page_of(sought(own, result="refused"), size=10, window=30)
    assert page.looked is not None
    assert len(walk(sought(own, result="refused"), size=10, window=30)) == 5


def test_codes_and_actors_are_answered_by_their_index(tenants):
    own, _other = tenants
    assert len(page_of(sought(own, code="rare"), window=5).events) == 3
    assert len(page_of(sought(own, actors=["1:1"]), window=5).events) == 50
    assert page_of(sought(own, actors=[])).events == []


def test_periods_are_exact(tenants):
    own, _other = tenants
    day = Sought(own, BEGAN + timedelta(hours=24), BEGAN + timedelta(hours=48))
    assert len(walk(day, size=5)) == 12
    assert {event.at.day for event in events_of(day)} == {2}
    assert counted(day) == 12
    assert walk(Sought(own, since=BEGAN + timedelta(days=90))) == []


def test_bisection_narrows_the_ids(tenants):
    own, _other = tenants
    first, last = id_range(Sought(own, BEGAN + timedelta(hours=100), BEGAN + timedelta(hours=110)))
    assert 10_000_000 + 3 * 98 <= first <= 10_000_000 + 3 * 101
    assert last <= 10_000_000 + 3 * 113


def test_another_tenants_events_are_not_read(tenants):
    own, other = tenants
    assert not set(walk(sought(own))) & set(walk(sought(other)))


def test_an_export_stops_at_its_limit(tenants):
    own, _other = tenants
    assert sum(len(rows) for rows in batches_of(sought(own), limit=33, size=10)) == 33
    assert sum(len(rows) for rows in batches_of(sought(own), limit=1000, size=10)) == ROWS // 2
