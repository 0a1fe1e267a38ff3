"""Signing in: nobody signs in from a photograph, and one phone signs in one person."""

from datetime import timedelta

import pytest

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings import signin
from rongpei.kernel.gatherings.codes import Part, Presence
from rongpei.kernel.gatherings.models import Sitting


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _code(sitting: Sitting, ago: int = 0) -> signin.Read:
    shown = clock.now() - timedelta(seconds=ago)
    code = signin.code_for(
        tenant_id=sitting.tenant_id, sitting_id=sitting.pk, secret=sitting.secret, now=shown
    )
    read = signin.read_code(code)
    assert read is not None
    return read


def _sign_in(cast: Cast, number: str, *, device: str = "", ago: int = 0, read=None, spoken: str = ""):
    sitting = cast.h1.meeting().gathering.sittings.select_related("gathering").get()
    read = read if read is not None or spoken else _code(sitting, ago)
    return actions.sign_in(
        actor=cast.h1.actor(number), person=cast.h1.person(number), sitting=sitting, read=read, spoken=spoken,
        device=device or number, now=clock.now(),
    )  # fmt: skip


def _row(cast: Cast, number: str):
    return cast.h1.meeting().gathering.attendances.get(person=cast.h1.person(number))


def test_a_fresh_code_signs_in_once(inside: Cast) -> None:
    assert not _sign_in(inside, "member-1").again
    assert _sign_in(inside, "member-1").again
    assert _row(inside, "member-1").presence == Presence.PRESENT


@pytest.mark.parametrize(("ago", "accepted"), [(0, True), (19, True), (31, False), (3600, False)])
def test_a_photograph_of_the_code_dies(inside: Cast, ago: int, accepted: bool) -> None:
    if accepted:
        _sign_in(inside, "member-1", ago=ago)
    else:
        with pytest.raises(Refused, match="已失效") as refusal:
            _sign_in(inside, "member-1", ago=ago)
        assert refusal.value.code == "stale"
    assert (_row(inside, "member-1").presence == Presence.PRESENT) is accepted


def test_a_code_of_the_future_is_not_accepted(inside: Cast) -> None:
    with pytest.raises(Refused, match="已失效"):
        _sign_in(inside, "member-1", ago=-60)


def test_a_made_up_code_is_refused(inside: Cast) -> None:
    sitting = inside.h1.meeting().gathering.sittings.get()
    forged = signin.Read(sitting.tenant_id, sitting.pk, signin.step_of(clock.now()), "A" * 16)
    with pytest.raises(Refused, match="不是本次会议"):
        _sign_in(inside, "member-1", read=forged)


def test_a_second_person_on_one_phone_is_refused(inside: Cast) -> None:
    _sign_in(inside, "member-1", device="phone")
    with pytest.raises(Refused, match="已替别人签过到"):
        _sign_in(inside, "member-2", device="phone")
    assert _row(inside, "member-2").presence == Presence.EXPECTED


def test_nobody_signs_in_for_somebody_else(inside: Cast) -> None:
    sitting = inside.h1.meeting().gathering.sittings.select_related("gathering").get()
    with pytest.raises(Forbidden):
        actions.sign_in(
            actor=inside.h1.actor("member-1"), person=inside.h1.person("member-2"), sitting=sitting,
            read=_code(sitting), spoken="", device="x", now=clock.now(),
        )  # fmt: skip


def test_the_spoken_code_signs_in_and_a_wrong_one_does_not(inside: Cast) -> None:
    sitting = inside.h1.meeting().gathering.sittings.get()
    spoken = signin.spoken_code(sitting.secret, clock.now())
    wrong = f"{(int(spoken) + 1) % 1_000_000:06d}"
    with pytest.raises(Refused, match="口令不对"):
        _sign_in(inside, "member-1", spoken=wrong)
    _sign_in(inside, "member-1", spoken=spoken)
    assert _row(inside, "member-1").means == "spoken"


def test_a_guest_is_kept_as_an_observer(inside: Cast) -> None:
    _sign_in(inside, "member-5")
    assert _row(inside, "member-5").part == Part.OBSERVER


def test_a_confirmed_meeting_takes_no_more_sign_ins(inside: Cast) -> None:
    _sign_in(inside, "member-1")
    secretary = inside.h1.actor("branch_secretary")
    actions.confirm_meeting(actor=secretary, meeting=inside.h1.meeting(), now=clock.now())
    with pytest.raises(Refused, match="已经结束"):
        _sign_in(inside, "member-2")
