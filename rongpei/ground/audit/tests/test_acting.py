"""Every verb leaves one row; a refusal leaves one too, though its change is undone."""

import pytest

from rongpei.ground.audit import Forbidden, Refused, action, note
from rongpei.ground.audit.codes import Result
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.models import Holiday
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.holidays import add_holiday


def anybody(*, actor):
    return True


def nobody(*, actor):
    return False


def make(actor):
    Holiday.objects.create(day_on="2033-03-03", kind="off", name="x")


@action("test.thing.done", may=anybody)
def do(*, actor):
    make(actor)
    note(number=7)


@action("test.thing.refused", may=anybody)
def refuse(*, actor):
    make(actor)
    note(number=8)
    raise Refused("还差 3 天。", code="Early")


@action("test.thing.forbidden", may=nobody)
def forbid(*, actor):
    make(actor)


@pytest.fixture
def actor(cast):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1.actor("staff")


def last():
    return AuditEvent.objects.order_by("-id").first()


def made():
    return Holiday.objects.filter(day_on="2033-03-03").exists()


def test_a_change_leaves_its_row(actor):
    do(actor=actor)
    assert made()
    assert (last().code, last().result, last().after) == ("test.thing.done", Result.DONE, {"number": 7})
    assert last().actor == f"{actor.user_id}:{actor.person_id}"
    assert last().tenant_id == actor.tenant_id


def test_a_refusal_is_recorded_though_the_change_is_undone(actor):
    with pytest.raises(Refused):
        refuse(actor=actor)
    assert not made()
    row = last()
    assert (row.code, row.result, row.reason, row.after) == (
        "test.thing.refused", Result.REFUSED, "还差 3 天。", {"number": 8},
    )  # fmt: skip


def test_a_rule_that_says_no_is_recorded(actor):
    with pytest.raises(Forbidden):
        forbid(actor=actor)
    assert not made()
    assert last().result == Result.REFUSED


def test_an_action_takes_keywords_only(actor):
    with pytest.raises(TypeError, match="keywords only"):
        do(actor)
    with pytest.raises(TypeError, match="keywords only"):
        add_holiday(actor)


def test_an_action_names_its_actor():
    with pytest.raises(TypeError, match="explicit actor"):

        @action("test.thing.anonymous", may=anybody)
        def anonymous(*, day):
            return day
