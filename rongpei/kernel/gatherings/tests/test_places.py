"""Places, the waiting list, leave, and lists kept without a network."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.cast import Cast
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings import places, presence
from rongpei.kernel.gatherings.codes import Arrival, Means, PlaceState, Presence
from rongpei.kernel.gatherings.models import Attendance, Gathering, Registration, Sitting


@pytest.fixture
def hall(cast: Cast):
    """A meeting of tomorrow with two places."""
    with scope([cast.h1.tenant.pk]):
        now = clock.now()
        gathering = Gathering.objects.create(
            tenant=cast.h1.tenant, unit=cast.h1.unit("党委"), title="党课", held_on=clock.today(), created_at=now,
            by_registration=True,
        )  # fmt: skip
        starts_at = now + timedelta(days=1)
        yield Sitting.objects.create(
            tenant=cast.h1.tenant, gathering=gathering, starts_at=starts_at, secret="s", capacity=2,
            ends_at=starts_at + timedelta(hours=1),
        )  # fmt: skip


def _ask(cast: Cast, hall: Sitting, *numbers: str) -> list[PlaceState]:
    return [
        places.register(sitting=hall, person_id=cast.h1.person(number).pk, now=clock.now()).state
        for number in numbers
    ]


def _row(cast: Cast, hall: Sitting, number: str) -> Registration:
    row = places.standing(hall.gathering_id, cast.h1.person(number).pk)
    assert row is not None
    return row


def test_the_third_waits_and_only_those_with_a_place_are_listed(cast: Cast, hall: Sitting) -> None:
    assert _ask(cast, hall, "member-1", "member-2", "member-3") == ["placed", "placed", "waiting"]
    listed = hall.gathering.attendances.values_list("person__staff_number", flat=True)
    assert set(listed) == {"member-1", "member-2"}


def test_giving_back_moves_the_next_in_line_up(cast: Cast, hall: Sitting) -> None:
    _ask(cast, hall, "member-1", "member-2", "member-3", "member-4")
    assert [places.position(_row(cast, hall, number)) for number in ("member-3", "member-4")] == [1, 2]
    moved = places.withdraw(registration=_row(cast, hall, "member-1"), reason="夜班", now=clock.now())
    assert [row.person_id for row in moved] == [cast.h1.person("member-3").pk]
    assert places.position(_row(cast, hall, "member-4")) == 1
    listed = hall.gathering.attendances.values_list("person__staff_number", flat=True)
    assert set(listed) == {"member-2", "member-3"}


def test_asking_again_after_giving_back_means_the_end_of_the_line(cast: Cast, hall: Sitting) -> None:
    _ask(cast, hall, "member-1", "member-2", "member-3")
    places.withdraw(registration=_row(cast, hall, "member-1"), reason="", now=clock.now())
    _ask(cast, hall, "member-4")
    assert _ask(cast, hall, "member-1") == ["waiting"]
    assert places.position(_row(cast, hall, "member-1")) == 2


def test_asking_twice_changes_nothing(cast: Cast, hall: Sitting) -> None:
    _ask(cast, hall, "member-1")
    again = places.register(sitting=hall, person_id=cast.h1.person("member-1").pk, now=clock.now())
    assert (again.again, places.places_taken(hall.pk)) == (True, 1)


def test_more_places_let_people_in_and_fewer_than_taken_are_refused(cast: Cast, hall: Sitting) -> None:
    _ask(cast, hall, "member-1", "member-2", "member-3", "member-4")
    assert len(places.resize(sitting=hall, capacity=3, now=clock.now())) == 1
    with pytest.raises(Refused, match="已经有 3 人报上"):
        places.resize(sitting=hall, capacity=2, now=clock.now())
    assert len(places.resize(sitting=hall, capacity=None, now=clock.now())) == 1


def test_leave_needs_a_reason_and_time(cast: Cast, hall: Sitting) -> None:
    _ask(cast, hall, "member-1")
    me, gathering = cast.h1.person("member-1").pk, hall.gathering
    with pytest.raises(Refused, match="请写明请假的原因"):
        presence.ask_leave(gathering=gathering, person_id=me, reason=" ", now=clock.now())
    presence.ask_leave(gathering=gathering, person_id=me, reason="夜班", now=clock.now())
    assert gathering.attendances.get(person_id=me).presence == Presence.LEAVE
    presence.take_back_leave(gathering=gathering, person_id=me, now=clock.now())
    with pytest.raises(Refused, match="已经开始"):
        presence.ask_leave(gathering=gathering, person_id=me, reason="夜班", now=hall.starts_at)


def test_a_list_kept_offline_counts_once_and_never_undoes_a_sign_in(cast: Cast, hall: Sitting) -> None:
    _ask(cast, hall, "member-1", "member-2")
    one, two = (cast.h1.person(f"member-{n}").pk for n in (1, 2))
    presence.sign_in(sitting=hall, person_id=one, means=Means.CODE, device="a", now=clock.now())
    key, marks = uuid4(), {one: (Presence.LEAVE, ""), two: (Presence.PRESENT, "")}
    first = presence.accept_offline(gathering=hall.gathering, key=key, marks=marks, now=clock.now())
    again = presence.accept_offline(gathering=hall.gathering, key=key, marks={}, now=clock.now())
    assert (first.changed, again.pk, again.changed) == (1, first.pk, 1)
    assert set(hall.gathering.attendances.values_list("presence", flat=True)) == {"present"}


@pytest.mark.parametrize(
    ("after", "left", "expected"),
    [(-60, None, "on_time"), (600, None, "on_time"), (601, None, "late"), (0, 3000, "left_early"), (0, 3400, "on_time")],
)  # fmt: skip
def test_late_and_early_by_the_servers_clock(
    hall: Sitting, after: int, left: int | None, expected: str
) -> None:
    row = Attendance(
        presence=Presence.PRESENT, means=Means.CODE, marked_at=hall.starts_at + timedelta(seconds=after)
    )
    row.left_at = hall.starts_at + timedelta(seconds=left) if left else None
    assert presence.arrival_of(row, hall, 10) == Arrival(expected)


def test_signing_out_is_the_later_scan(cast: Cast, hall: Sitting) -> None:
    hall.signs_out, me = True, cast.h1.person("member-1").pk
    marks = [
        presence.sign_in(sitting=hall, person_id=me, means=Means.CODE, device="a", now=hall.starts_at + timedelta(minutes=m))
        for m in (0, 5, 58)
    ]  # fmt: skip
    assert [(mark.again, mark.left) for mark in marks] == [(False, False), (True, False), (True, True)]
    assert hall.gathering.attendances.get(person_id=me).left_at == hall.starts_at + timedelta(minutes=58)
