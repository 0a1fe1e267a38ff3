"""Two people act on one case at the same moment: one wins, one is told. With the lock off, the race happens."""

import threading
from contextlib import suppress
from datetime import date

import pytest

from rongpei.ground import clock
from rongpei.ground.audit import Refused, acting
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.models import Case, Record

pytestmark = pytest.mark.committing
TODAY = date(2026, 6, 30)


def _race(house, case_id, monkeypatch, *, patience):
    """Both begin together and read the facts before either writes, unless one cannot come within `patience` seconds."""
    together, have_read, outcomes = threading.Barrier(2), threading.Barrier(2), []
    real = actions.check

    def slow(*args, **kwargs):
        found = real(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            have_read.wait(patience)
        return found

    monkeypatch.setattr(actions, "check", slow)

    def act():
        from django.db import connections

        try:
            with scope([house.tenant.pk]):
                case = Case.objects.select_related("unit", "person").get(pk=case_id)
                actor = house.actor("branch_secretary")
                together.wait(60)
                actions.perform(
                    actor=actor, case=case, step="bake", on=date(2024, 2, 1), today=TODAY, now=clock.now()
                )
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append("told" if "现在不能" in refusal.what else refusal.what)
        except Exception as trouble:  # noqa: BLE001 - the control wants to see whatever comes
            outcomes.append(type(trouble).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    with scope([house.tenant.pk]):
        return sorted(outcomes), Record.objects.filter(case_id=case_id, step="bake").count()


@pytest.fixture
def laid(committed_cast, kitchen):
    house = committed_cast.h1
    with scope([house.tenant.pk]):
        case = actions.open_case(
            actor=house.actor("branch_secretary"), procedure="baking", unit=house.unit("一支部"),
            person=house.person("member-2"), on=date(2024, 1, 1), today=TODAY, now=clock.now(),
        )  # fmt: skip
    return house, case.pk


def test_one_wins_and_one_is_told(laid, monkeypatch):
    assert _race(*laid, monkeypatch, patience=1) == (["done", "told"], 1)


def test_without_the_lock_the_second_is_not_told(laid, monkeypatch):
    monkeypatch.setattr(acting, "_locked", lambda given, locks: given)
    outcomes, _count = _race(*laid, monkeypatch, patience=60)
    assert outcomes != ["done", "told"], "the race did not happen, so its absence elsewhere proves nothing"
