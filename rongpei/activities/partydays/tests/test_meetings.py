"""A meeting from plan to hours, and back."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.queries import meetings_for, should_attend
from rongpei.activities.partydays.rules import may_see
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.kernel.gatherings.queries import tallies
from rongpei.kernel.ledger.queries import hours_of_people
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.units.actions import affiliate, post_person
from rongpei.org.units.codes import Tree


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _marks(
    cast: Cast, *numbers: str, presence: Presence = Presence.PRESENT
) -> dict[int, tuple[Presence, str]]:
    return {cast.h1.person(number).pk: (presence, "") for number in numbers}


def _confirmed(cast: Cast, *numbers: str):
    secretary, meeting = cast.h1.actor("branch_secretary"), cast.h1.meeting()
    actions.tick_attendance(actor=secretary, meeting=meeting, marks=_marks(cast, *numbers), now=clock.now())
    return actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now())


def _hours(cast: Cast, number: str) -> Decimal:
    ident = cast.h1.person(number).pk
    return hours_of_people([ident], clock.today().year).get(ident, Decimal(0))


def test_confirming_gives_hours_to_those_present(inside: Cast) -> None:
    meeting = _confirmed(inside, "member-1", "member-2")
    assert (_hours(inside, "member-1"), _hours(inside, "member-3")) == (2, 0)
    tally = tallies([meeting.gathering_id])[meeting.gathering_id]
    assert (tally.present, tally.absent) == (2, tally.expected - 2)


def test_reopening_reverses_and_confirming_again_rewrites(inside: Cast) -> None:
    secretary = inside.h1.actor("branch_secretary")
    meeting = _confirmed(inside, "member-1", "member-2")
    actions.reopen_meeting(actor=secretary, meeting=meeting, reason="漏勾一人", now=clock.now())
    assert _hours(inside, "member-1") == 0
    again = inside.h1.meeting()
    marks = _marks(inside, "member-3") | _marks(inside, "member-2", presence=Presence.LEAVE)
    actions.tick_attendance(actor=secretary, meeting=again, marks=marks, now=clock.now())
    actions.confirm_meeting(actor=secretary, meeting=again, now=clock.now())
    assert [_hours(inside, f"member-{index}") for index in (1, 2, 3)] == [2, 0, 2]


def test_a_confirmed_meeting_is_not_confirmed_twice(inside: Cast) -> None:
    meeting = _confirmed(inside, "member-1")
    with pytest.raises(Refused, match="已经确认"):
        actions.confirm_meeting(actor=inside.h1.actor("branch_secretary"), meeting=meeting, now=clock.now())
    assert _hours(inside, "member-1") == 2


def test_an_empty_meeting_is_not_confirmed(inside: Cast) -> None:
    with pytest.raises(Refused, match="还没有人签到"):
        _confirmed(inside)


def test_a_member_cannot_confirm_and_the_refusal_is_recorded(inside: Cast) -> None:
    member = inside.h1.actor("member-1")
    with pytest.raises(Forbidden):
        actions.confirm_meeting(actor=member, meeting=inside.h1.meeting(), now=clock.now())
    event = AuditEvent.objects.filter(code="partydays.meeting.confirmed").get()
    assert (event.result, event.actor) == ("refused", f"{member.user_id}:{member.person_id}")


def test_who_should_attend_is_judged_on_the_day(inside: Cast) -> None:
    house, system, now, today = inside.h1, inside.h1.actor("party_office"), clock.now(), clock.today()
    mover, late = house.person("member-1"), house.person("staff")
    branch, other = house.unit("一支部"), house.unit("二支部")
    post_person(
        actor=system,
        person=mover,
        tree=Tree.PARTY,
        unit=other,
        starts_on=date(2025, 6, 1),
        today=today,
        now=now,
    )
    post_person(
        actor=system,
        person=late,
        tree=Tree.PARTY,
        unit=branch,
        starts_on=date(2025, 1, 1),
        today=today,
        now=now,
    )
    record_fact(
        actor=system, person=late, kind=FactKind.PARTY_STATUS, value=PartyStatus.PROBATIONARY,
        starts_on=date(2025, 6, 1), today=today, now=now,
    )  # fmt: skip
    before = should_attend(branch, MeetingKind.MEMBERS, date(2025, 5, 31))
    after = should_attend(branch, MeetingKind.MEMBERS, date(2025, 6, 1))
    assert mover.pk in before
    assert late.pk not in before
    assert mover.pk not in after
    assert late.pk in after


def test_a_temporary_affiliation_never_changes_who_should_attend_at_home(inside: Cast) -> None:
    house = inside.h1
    person, other = house.person("member-1"), house.unit("二支部")
    affiliate(actor=house.actor("party_office"), person=person, unit=other, starts_on=date(2025, 1, 1))
    assert person.pk in should_attend(house.unit("一支部"), MeetingKind.MEMBERS, date(2025, 6, 1))
    assert person.pk not in should_attend(other, MeetingKind.MEMBERS, date(2025, 6, 1))


def test_a_meeting_of_yesterday_is_recorded_with_a_reason(inside: Cast) -> None:
    secretary = inside.h1.actor("branch_secretary")
    starts_at = timezone.make_aware(datetime.combine(clock.today() - timedelta(days=1), datetime.min.time()))
    meeting = actions.plan_meeting(
        actor=secretary, unit=inside.h1.unit("一支部"), kind=MeetingKind.COMMITTEE, title="支委会",
        slots=[actions.Slot(starts_at, starts_at + timedelta(hours=1))], class_hours=Decimal(1), now=clock.now(),
        entered_later_reason="当天值夜班",
    )  # fmt: skip
    expected = set(meeting.gathering.attendances.values_list("person__staff_number", flat=True))
    assert expected == {"branch_secretary", "organization_officer"}


def test_the_two_faces_of_seeing_a_meeting_agree(inside: Cast) -> None:
    meeting = inside.h1.meeting()
    for number in (
        "branch_secretary",
        "member-1",
        "member-5",
        "staff",
        "party_office",
        "hr_office",
        "group_leader",
    ):
        actor = inside.h1.actor(number)
        assert meetings_for(actor).filter(pk=meeting.pk).exists() == may_see(actor, meeting), number


@pytest.mark.parametrize(("asked", "found"), [("党日", True), ("没有这样的会", False)])
def test_a_meeting_is_found_by_a_part_of_its_name(
    inside: Cast, client: Client, asked: str, found: bool
) -> None:
    gathering = inside.h1.meeting().gathering
    gathering.title = "六月主题党日：亮身份"
    gathering.save(update_fields=["title"])
    client.force_login(inside.h1.user("party_office"))
    page = client.get(reverse("partydays:meetings"), {"q": asked}).content.decode()
    assert (gathering.title in page) is found
