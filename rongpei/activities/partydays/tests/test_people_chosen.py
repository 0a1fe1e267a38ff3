"""Talks and trainings: whoever plans one says whom it concerns; the year's training is looked for."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.cast import Cast, House
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.trained import due_of, officers_asked
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Part, Presence
from rongpei.org.units.actions import appoint, end_appointment
from rongpei.org.units.codes import Office
from rongpei.org.units.models import Unit


@pytest.fixture
def inside(cast: Cast) -> Iterator[Cast]:
    with scope([cast.h1.tenant.pk]):
        yield cast


def _plan(house: House, kind: MeetingKind, unit: Unit | None = None) -> Meeting:
    starts_at = timezone.localtime(clock.now()).replace(hour=9, minute=0)
    return actions.plan_meeting(
        actor=System(house.tenant.pk), unit=unit or house.unit("一支部"), kind=kind, title="谈话或培训",
        slots=[Slot(starts_at, starts_at + timedelta(hours=1))], class_hours=Decimal(1), now=clock.now(),
    )  # fmt: skip


def _listed(meeting: Meeting) -> set[int]:
    return set(meeting.gathering.attendances.values_list("person_id", flat=True))


def test_the_list_is_exactly_those_chosen_and_keeps_whoever_signed_in(inside: Cast) -> None:
    house = inside.h1
    meeting, actor = _plan(house, MeetingKind.TALK), house.actor("branch_secretary")
    one, two = house.person("member-1").pk, house.person("member-2").pk
    assert actions.choose_people(actor=actor, meeting=meeting, person_ids=[one]) == (1, 0)
    actions.tick_attendance(
        actor=actor, meeting=meeting, marks={one: (Presence.PRESENT, "")}, now=clock.now()
    )
    assert actions.choose_people(actor=actor, meeting=meeting, person_ids=[two]) == (1, 0)
    assert _listed(meeting) == {one, two}


def test_an_observer_who_is_chosen_is_expected_from_then_on(inside: Cast) -> None:
    house = inside.h1
    meeting, actor = _plan(house, MeetingKind.TALK), house.actor("branch_secretary")
    who = house.person("member-1")
    actions.add_observer(actor=actor, meeting=meeting, person=who)
    assert actions.choose_people(actor=actor, meeting=meeting, person_ids=[who.pk]) == (1, 0)
    assert list(meeting.gathering.attendances.values_list("part", flat=True)) == [Part.ATTENDEE]


@pytest.mark.parametrize("chosen", [[], [10**12]])
def test_an_empty_list_and_people_of_another_house_are_refused(inside: Cast, chosen: list[int]) -> None:
    meeting, actor = _plan(inside.h1, MeetingKind.TALK), inside.h1.actor("branch_secretary")
    with pytest.raises(Refused, match="至少选一个人"):
        actions.choose_people(actor=actor, meeting=meeting, person_ids=chosen)


def test_the_list_of_a_members_meeting_follows_the_facts(inside: Cast) -> None:
    meeting, actor = _plan(inside.h1, MeetingKind.MEMBERS), inside.h1.actor("branch_secretary")
    with pytest.raises(Refused, match="自动列出"):
        actions.choose_people(actor=actor, meeting=meeting, person_ids=[inside.h1.person("member-1").pk])


def test_planning_a_talk_leads_to_the_ticks(inside: Cast, client: Client) -> None:
    house = inside.h1
    client.force_login(house.user("branch_secretary"))
    given = {
        "unit": house.unit("一支部").pk, "kind": MeetingKind.TALK, "title": "同成员谈话", "class_hours": "0",
        "held_on": clock.today().isoformat(), "starts": "16:30", "minutes_long": 30, "mode": "on_site",
    }  # fmt: skip
    answer = client.post(reverse("partydays:new"), given, follow=True)
    meeting = Meeting.objects.get(gathering__title="同成员谈话")
    assert answer.redirect_chain[-1][0] == reverse("partydays:people", args=[meeting.pk])
    wrong = client.post(answer.redirect_chain[-1][0], {"others": "查无此人"}).content.decode()
    assert "没有找到查无此人" in wrong
    who = house.person("member-1")
    client.post(answer.redirect_chain[-1][0], {"chosen": [who.pk], "others": "party_office"})
    assert _listed(meeting) == {who.pk, house.person("party_office").pk}


def test_officers_without_the_years_training_are_named(inside: Cast, client: Client) -> None:
    house = inside.h1
    office = house.actor("party_office")
    asked = list(officers_asked(office, clock.today()))
    assert asked
    assert len({row.person_id for row in asked}) == len(asked)
    assert not any(row.is_trained for row in asked)
    chosen = asked[0].person_id
    meeting = _plan(house, MeetingKind.TRAINING, house.unit("总支"))
    actions.choose_people(actor=System(house.tenant.pk), meeting=meeting, person_ids=[chosen])
    actions.tick_attendance(
        actor=System(house.tenant.pk),
        meeting=meeting,
        marks={chosen: (Presence.PRESENT, "")},
        now=clock.now(),
    )
    assert not any(row.is_trained for row in officers_asked(office, clock.today()))  # not yet confirmed
    actions.confirm_meeting(actor=System(house.tenant.pk), meeting=meeting, now=clock.now())
    trained = [row for row in officers_asked(office, clock.today()) if row.is_trained]
    assert [(row.person_id, row.trained_on, row.training) for row in trained] == [
        (chosen, clock.today(), meeting.pk)
    ]
    next_year = date(clock.today().year + 1, 1, 10)
    assert not any(row.is_trained for row in officers_asked(office, next_year))
    client.force_login(house.user("party_office"))
    page = client.get(reverse("partydays:training")).content.decode()
    assert f"已参加集中培训 1 人，还有 {len(asked) - 1} 人" in page
    left = client.get(reverse("partydays:training"), {"trained": "no"}).content.decode()
    assert asked[0].person.name not in left.split("<main")[1]


@pytest.mark.parametrize(
    ("before", "trained_days_after", "on", "due"),
    [
        (False, None, date(2026, 9, 14), date(2026, 9, 15)),  # the six months of a first term
        (False, None, date(2026, 9, 16), date(2026, 9, 15)),  # over
        (
            False,
            -1,
            date(2026, 9, 14),
            date(2026, 9, 15),
        ),  # a training before taking post is none of a secretary
        (False, 0, date(2026, 9, 14), None),
        (False, 0, date(2027, 1, 10), date(2027, 12, 31)),
        (True, None, date(2026, 9, 14), date(2026, 12, 31)),  # elected again
    ],
)
def test_a_new_secretary_is_trained_within_six_months(
    inside: Cast, before: bool, trained_days_after: int | None, on: date, due: date | None
) -> None:
    house, system, took = inside.h1, System(inside.h1.tenant.pk), date(2026, 3, 15)
    branch, person = house.unit("二支部"), house.person("member-5")
    if before:
        term = appoint(
            actor=system, person=person, unit=branch, office=Office.SECRETARY, starts_on=date(2023, 3, 1)
        )
        end_appointment(actor=system, appointment=term, on=took)
    appoint(actor=system, person=person, unit=branch, office=Office.SECRETARY, starts_on=took)
    if trained_days_after is not None:
        starts_at = timezone.make_aware(datetime.combine(took + timedelta(days=trained_days_after), time(9)))
        meeting = actions.plan_meeting(
            actor=system, unit=house.unit("总支"), kind=MeetingKind.TRAINING, title="培训", now=clock.now(),
            slots=[Slot(starts_at, starts_at + timedelta(hours=6))], class_hours=Decimal(4),
            people=[person.pk], entered_later_reason="补录",
        )  # fmt: skip
        actions.tick_attendance(
            actor=system, meeting=meeting, marks={person.pk: (Presence.PRESENT, "")}, now=clock.now()
        )
        actions.confirm_meeting(actor=system, meeting=meeting, now=clock.now())
    (row,) = [one for one in officers_asked(house.actor("party_office"), on) if one.person_id == person.pk]
    assert due_of(row, on) == due


def test_a_secretary_sees_only_the_own_branch(inside: Cast) -> None:
    rows = officers_asked(inside.h1.actor("branch_secretary"), clock.today())
    assert {row.unit.name for row in rows} <= {"一支部"}
