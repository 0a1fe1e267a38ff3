"""Two at once: two reviewers at one submission, one person pressing twice. With the lock off, the race is there."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from rongpei.ground import clock
from rongpei.ground.audit import Refused, acting
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.actions import claiming, submitting
from rongpei.pipelines.verification.models import Submission
from rongpei.pipelines.verification.tests import samples

pytestmark = [pytest.mark.committing]
# One that is held back by a lock never arrives, and is not waited for long; without the lock both always do.
HELD, FREE = 2, 60


def unlocked(given: dict[str, Any], locks: tuple[str, ...]) -> dict[str, Any]:
    """Rows re-read as the action does it, but not locked."""
    return given | {name: type(given[name])._default_manager.get(pk=given[name].pk) for name in locks}


def meeting(monkeypatch, module: Any, name: str, patience: float = HELD) -> None:
    """Both have passed the check before either goes on, unless a lock keeps one waiting."""
    barrier, inner = threading.Barrier(2), getattr(module, name)

    def checked(*args: Any, **kwargs: Any) -> Any:
        answer = inner(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(patience)
        return answer

    monkeypatch.setattr(module, name, checked)


def at_once(tenant_id: int, *acts: Callable[[], Any]) -> list[str]:
    """What became of each: done, refused, or stopped by the database."""
    outcomes: list[str] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            with scope([tenant_id]):
                act()
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        except DatabaseError:
            outcomes.append("stopped")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(outcomes)


def claims(cast) -> tuple[int, Callable[[], Any], Callable[[], Any]]:
    house = cast.operator
    with scope([house.tenant.pk]):
        submission = samples.submitted(house)
        reviewers = [house.actor("certificate_reviewer"), samples.second_reviewer(house)]
    first, second = (
        lambda who=who: actions.claim(actor=who, submission=submission, now=clock.now()) for who in reviewers
    )
    return house.tenant.pk, first, second


def test_two_reviewers_claim_and_one_has_it(committed_cast, monkeypatch):
    tenant_id, first, second = claims(committed_cast)
    meeting(monkeypatch, claiming, "_must_be_free")
    assert at_once(tenant_id, first, second) == ["done", "refused"]


def test_without_the_lock_both_believe_to_have_it(committed_cast, monkeypatch):
    tenant_id, first, second = claims(committed_cast)
    meeting(monkeypatch, claiming, "_must_be_free", FREE)
    monkeypatch.setattr(acting, "_locked", unlocked)
    assert at_once(tenant_id, first, second) == ["done", "done"]


def test_two_take_the_oldest_and_get_different_ones(committed_cast):
    house = committed_cast.operator
    with scope([house.tenant.pk]):
        samples.submitted(house)
        samples.submitted(
            house,
            "outside_volunteer",
            name="谭思敏",
            id_number="110105194912310038",
            number="110430122000123",
        )
        reviewers = [house.actor("certificate_reviewer"), samples.second_reviewer(house)]
    tenant_id = house.tenant.pk
    acts = [
        lambda who=who: actions.claim_next(actor=who, tenant_id=tenant_id, count=1, now=clock.now())
        for who in reviewers
    ]
    assert at_once(tenant_id, *acts) == ["done", "done"]
    with scope([tenant_id]):
        assert Submission.objects.exclude(claimed_by=None).values("claimed_by").distinct().count() == 2


def presses(cast) -> tuple[int, Callable[[], Any]]:
    house = cast.operator
    with scope([house.tenant.pk]):
        application = samples.filled(house)
        actor = samples.oneself(application.person)
    return house.tenant.pk, lambda: actions.submit(
        actor=actor, application=application, today=clock.today(), now=clock.now()
    )


def test_pressing_twice_hands_in_once(committed_cast, monkeypatch):
    tenant_id, press = presses(committed_cast)
    meeting(monkeypatch, submitting, "missing_in")
    assert at_once(tenant_id, press, press) == ["done", "refused"]
    with scope([tenant_id]):
        assert Submission.objects.count() == 1


def test_without_the_lock_only_the_database_holds_the_second(committed_cast, monkeypatch):
    tenant_id, press = presses(committed_cast)
    meeting(monkeypatch, submitting, "missing_in", FREE)
    monkeypatch.setattr(acting, "_locked", unlocked)
    assert at_once(tenant_id, press, press) == ["done", "stopped"]
