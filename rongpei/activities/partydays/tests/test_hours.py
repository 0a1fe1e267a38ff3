"""Hours by rule, make-up studies beside attendance, and quorum without those online."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MakeUpState, MeetingKind
from rongpei.activities.partydays.hours import capped, hours_for, rule_among, rule_on
from rongpei.activities.partydays.models import HoursRule, MakeUp, Meeting
from rongpei.activities.partydays.quorum import quorum_of
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Mode, Part, Presence
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.ledger.queries import hours_of_people
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import FactKind, PartyStatus

DEFAULT = HoursRule(tenant_id=1, starts_on=date.min)


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(29, "0"), (30, "0.5"), (60, "1"), (89, "1"), (90, "1.5"), (209, "3"), (210, "4"), (389, "4"), (390, "8"), (480, "8")],
)  # fmt: skip
def test_hours_follow_the_length(minutes: int, hours: str) -> None:
    assert hours_for(minutes, DEFAULT) == Decimal(hours)


@given(st.integers(0, 720), st.integers(0, 720))
def test_longer_never_counts_less(one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert hours_for(shorter, DEFAULT) <= hours_for(longer, DEFAULT) <= DEFAULT.full_day_hours


@given(st.decimals(0, 8, places=1), st.decimals(0, 20, places=1))
def test_a_day_holds_no_more_than_its_cap(hours: Decimal, already: Decimal) -> None:
    left = capped(hours, already, DEFAULT)
    assert 0 <= left <= hours
    assert left + already <= max(DEFAULT.daily_cap, already)


def test_the_rule_of_the_day_judges() -> None:
    rules = [HoursRule(tenant_id=1, starts_on=date(2026, 3, 1), member_quota=40), HoursRule(tenant_id=1, starts_on=date(2025, 1, 1), member_quota=36)]  # fmt: skip
    quotas = [rule_among(rules, 1, on).member_quota for on in (date(2024, 12, 31), date(2025, 1, 1), date(2026, 2, 28), date(2026, 3, 1))]  # fmt: skip
    assert quotas == [32, 36, 36, 40]
    assert rule_among(rules, 2, date(2026, 3, 1)).member_quota == 32


def _values(**changes: object) -> dict[str, object]:
    names = [
        one.name for one in HoursRule._meta.concrete_fields if one.name not in ("id", "tenant", "created_at")
    ]
    return {name: getattr(DEFAULT, name) for name in names} | {"starts_on": clock.today()} | changes


def test_a_hospital_may_be_stricter_never_weaker(inside: Cast) -> None:
    office = inside.h1.actor("party_office")
    actions.set_hours_rule(actor=office, values=_values(member_quota=40), now=clock.now())
    assert rule_on(inside.h1.tenant.pk, clock.today()).member_quota == 40
    with pytest.raises(Refused, match="不能低于") as refused:
        actions.set_hours_rule(actor=office, values=_values(member_quota=31), now=clock.now())
    assert "第二十条" in refused.value.article
    with pytest.raises(Forbidden):
        actions.set_hours_rule(actor=inside.h1.actor("branch_secretary"), values=_values(), now=clock.now())


def _hold(
    cast: Cast, *, kind: MeetingKind = MeetingKind.THEME_DAY, hours: str = "2", long: int = 120, ago: int = 0
) -> Meeting:
    starts_at = clock.now() - timedelta(days=ago)
    return actions.plan_meeting(
        actor=cast.h1.actor("branch_secretary"), unit=cast.h1.unit("一支部"), kind=kind, title="会",
        slots=[Slot(starts_at, starts_at + timedelta(minutes=long), mode=Mode.BOTH)], class_hours=Decimal(hours),
        now=clock.now(),
    )  # fmt: skip


def _tick(cast: Cast, meeting: Meeting, presence: Presence, *numbers: str, online: bool = False) -> None:
    ids = [cast.h1.person(number).pk for number in numbers]
    actions.tick_attendance(
        actor=cast.h1.actor("branch_secretary"), meeting=meeting, now=clock.now(),
        marks=dict.fromkeys(ids, (presence, "")), online=ids if online else (),
    )  # fmt: skip


def _confirm(cast: Cast, meeting: Meeting) -> Meeting:
    return actions.confirm_meeting(actor=cast.h1.actor("branch_secretary"), meeting=meeting, now=clock.now())


def _hours(cast: Cast, number: str) -> Decimal:
    ident = cast.h1.person(number).pk
    return hours_of_people([ident], clock.today().year).get(ident, Decimal(0))


def test_no_more_hours_than_the_time_gives(inside: Cast) -> None:
    with pytest.raises(Refused, match="60 分钟最多计 1.0 学时"):
        _hold(inside, hours="2", long=60)


def test_a_lecturer_counts_by_the_factor_and_a_day_by_its_cap(inside: Cast) -> None:
    office = inside.h1.actor("party_office")
    actions.set_hours_rule(actor=office, values=_values(lecturer_factor=Decimal(2)), now=clock.now())
    first, second = _hold(inside, hours="4", long=240), _hold(inside, hours="4", long=240)
    actions.add_observer(
        actor=inside.h1.actor("branch_secretary"), meeting=first, person=inside.h1.person("member-1"), part=Part.LECTURER
    )  # fmt: skip
    for meeting in (first, second):
        _tick(inside, meeting, Presence.PRESENT, "member-1", "member-2")
        _confirm(inside, meeting)
    assert (_hours(inside, "member-1"), _hours(inside, "member-2")) == (8, 8)


def _make_up(cast: Cast, meeting: Meeting, number: str, hours: str = "2") -> MakeUp:
    return actions.log_make_up(
        actor=cast.h1.actor(number), meeting=meeting, person=cast.h1.person(number), studied_on=clock.today(),
        content="自学讲稿", hours=Decimal(hours), today=clock.today(), now=clock.now(),
    )  # fmt: skip


def test_making_up_gives_hours_and_never_presence(inside: Cast) -> None:
    meeting = _hold(inside)
    _tick(inside, meeting, Presence.PRESENT, "member-1")
    _tick(inside, meeting, Presence.LEAVE, "member-2")
    meeting = _confirm(inside, meeting)
    row = _make_up(inside, meeting, "member-2")
    assert _hours(inside, "member-2") == 0
    actions.accept_make_up(actor=inside.h1.actor("branch_secretary"), make_up=row, now=clock.now())
    assert _hours(inside, "member-2") == 2
    assert Attendance.objects.get(gathering=meeting.gathering, person=row.person).presence == Presence.LEAVE
    with pytest.raises(Refused, match="已经登记过"):
        _make_up(inside, meeting, "member-2")


def test_only_what_was_missed_is_made_up_and_no_more_than_it_gave(inside: Cast) -> None:
    meeting = _hold(inside)
    _tick(inside, meeting, Presence.PRESENT, "member-1")
    with pytest.raises(Refused, match="请假或缺席的人"):
        _make_up(inside, meeting, "member-2")
    meeting = _confirm(inside, meeting)
    with pytest.raises(Refused, match="请假或缺席的人"):
        _make_up(inside, meeting, "member-1")
    with pytest.raises(Refused, match="最多计 2.0 学时"):
        _make_up(inside, meeting, "member-2", "2.5")


def test_nobody_judges_the_own_make_up(inside: Cast) -> None:
    meeting = _hold(inside)
    _tick(inside, meeting, Presence.PRESENT, "member-1")
    meeting = _confirm(inside, meeting)
    row = _make_up(inside, meeting, "branch_secretary")
    with pytest.raises(Forbidden, match="不能审核自己的补学"):
        actions.accept_make_up(actor=inside.h1.actor("branch_secretary"), make_up=row, now=clock.now())
    actions.return_make_up(
        actor=inside.h1.actor("organization_officer"), make_up=row, remark="请补上读书笔记", now=clock.now()
    )
    assert MakeUp.objects.get().state == MakeUpState.RETURNED


def test_a_correction_to_present_takes_the_make_up_back(inside: Cast) -> None:
    secretary, meeting = inside.h1.actor("branch_secretary"), _hold(inside)
    _tick(inside, meeting, Presence.PRESENT, "member-1")
    meeting = _confirm(inside, meeting)
    row = _make_up(inside, meeting, "member-2")
    actions.accept_make_up(actor=secretary, make_up=row, now=clock.now())
    meeting = actions.reopen_meeting(actor=secretary, meeting=meeting, reason="漏勾", now=clock.now())
    _tick(inside, meeting, Presence.PRESENT, "member-2")
    _confirm(inside, meeting)
    assert _hours(inside, "member-2") == 2
    assert MakeUp.objects.get().state == MakeUpState.VOID


def test_online_and_probationary_members_make_no_quorum(inside: Cast) -> None:
    record_fact(
        actor=inside.h1.actor("party_office"), person=inside.h1.person("member-1"), kind=FactKind.PARTY_STATUS,
        value=PartyStatus.PROBATIONARY, starts_on=date(2026, 1, 1), today=clock.today(), now=clock.now(),
    )  # fmt: skip
    meeting = _hold(inside, kind=MeetingKind.MEMBERS)
    entitled = meeting.gathering.attendances.count() - 1
    _tick(inside, meeting, Presence.PRESENT, "member-1", "member-2", "member-3")
    _tick(inside, meeting, Presence.PRESENT, "member-4", "branch_secretary", online=True)
    quorum = quorum_of(meeting)
    assert quorum is not None
    assert (quorum.entitled, quorum.present, quorum.online, quorum.reached) == (entitled, 2, 2, False)
    actions.set_hours_rule(
        actor=inside.h1.actor("party_office"), values=_values(online_counts=True), now=clock.now()
    )
    counted = quorum_of(meeting)
    assert counted is not None
    assert (counted.present, counted.online) == (4, 0)


def test_a_resolution_without_a_quorum_is_not_confirmed(inside: Cast) -> None:
    secretary, meeting = inside.h1.actor("branch_secretary"), _hold(inside, kind=MeetingKind.MEMBERS)
    _tick(inside, meeting, Presence.PRESENT, "member-1")
    actions.record_minutes(
        actor=secretary,
        meeting=meeting,
        agenda="审议",
        minutes="讨论",
        resolution="通过",
        class_hours=Decimal(2),
    )
    with pytest.raises(Refused, match="没有过半，不能形成决议") as refused:
        _confirm(inside, meeting)
    assert refused.value.article == "《支部工作条例》"
    actions.record_minutes(
        actor=secretary, meeting=meeting, agenda="审议", minutes="讨论", resolution="", class_hours=Decimal(2)
    )
    _confirm(inside, meeting)
    assert _hours(inside, "member-1") == 2
