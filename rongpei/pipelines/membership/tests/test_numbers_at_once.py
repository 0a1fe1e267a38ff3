"""Two documents take a number at the same moment: 2 and 3. With the lock off both would be number 2."""

import threading
from contextlib import suppress

import pytest

from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.membership import actions
from rongpei.pipelines.membership.documents import numbering
from rongpei.pipelines.membership.documents.catalogue import BY_CODE
from rongpei.pipelines.membership.models import IssuedDocument, Series
from rongpei.pipelines.membership.tests.desk import TODAY, D, Desk

pytestmark = pytest.mark.committing
FORMS = ("activist_filing", "target_request", "approval_request")


def _issue(house, case, form):
    return actions.issue_document(
        actor=house.actor("party_office"), case=case, unit=case.unit, form=BY_CODE[form], on=D("2026-08-01"),
        today=TODAY, now=clock.now(),
    )  # fmt: skip


def _race(house, case, monkeypatch, *, patience):
    """Both read the series before either writes, unless one cannot come within `patience` seconds."""
    together, have_read, outcomes = threading.Barrier(2), threading.Barrier(2), []
    real = numbering._held  # noqa: SLF001 - what holds the row is what is looked at

    def slow(unit, year):
        together.wait(60)
        series = real(unit, year)
        with suppress(threading.BrokenBarrierError):
            have_read.wait(patience)
        return series

    monkeypatch.setattr(numbering, "_held", slow)

    def act(form):
        from django.db import connections

        try:
            with scope([house.tenant.pk]):
                outcomes.append(_issue(house, case, form).number)
        except Exception as trouble:  # noqa: BLE001 - the control wants to see whatever comes
            outcomes.append(type(trouble).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(form,)) for form in FORMS[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    with scope([house.tenant.pk]):
        return sorted(outcomes, key=str), sorted(IssuedDocument.objects.values_list("number", flat=True))


@pytest.fixture
def laid(committed_cast):
    house = committed_cast.h1
    with scope([house.tenant.pk]):
        case = Desk(house).case
        _issue(house, case, FORMS[0])
    return house, case


def test_each_gets_a_number_of_its_own(laid, monkeypatch):
    assert _race(*laid, monkeypatch, patience=1) == ([2, 3], [1, 2, 3])


def test_without_the_lock_one_number_is_wanted_twice(laid, monkeypatch):
    monkeypatch.setattr(numbering, "_held", lambda unit, year: Series.objects.get(unit=unit, year=year))
    outcomes, _numbers = _race(*laid, monkeypatch, patience=60)
    assert outcomes == [2, "IntegrityError"], (
        "the race did not happen, so its absence elsewhere proves nothing"
    )
