"""What the rules ask of a branch, told in time: one day before, on and after each limit."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.owed import Owed, owed_by
from rongpei.activities.partydays.todos import meeting_todos
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.org.units.actions import appoint
from rongpei.org.units.codes import Office, UnitKind
from rongpei.org.units.models import Unit

LIFE, MEMBERS = MeetingKind.LIFE, MeetingKind.MEMBERS


@pytest.fixture
def inside(cast: Cast) -> Iterator[Cast]:
    with scope([cast.h1.tenant.pk]):
        yield cast


def _owed(cast: Cast, on: date) -> dict[MeetingKind, Owed]:
    return {one.kind: one for one in owed_by(cast.h1.actor("branch_secretary"), on)}


def _planned(cast: Cast, kind: MeetingKind, on: date, unit: str = "一支部") -> None:
    starts = timezone.make_aware(datetime.combine(on, time(16)))
    actions.plan_meeting(
        actor=System(cast.h1.tenant.pk), unit=cast.h1.unit(unit), kind=kind, title="会议", class_hours=Decimal(1),
        slots=[actions.Slot(starts, starts + timedelta(hours=1))], now=clock.now(),
    )  # fmt: skip


def _with_committee(cast: Cast) -> None:
    appoint(
        actor=System(cast.h1.tenant.pk), person=cast.h1.person("member-1"), unit=cast.h1.unit("一支部"),
        office=Office.PUBLICITY, starts_on=date(2029, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "on", "told"),
    [
        (LIFE, date(2030, 9, 30), None),
        (LIFE, date(2030, 10, 1), date(2030, 12, 31)),
        (LIFE, date(2030, 12, 31), date(2030, 12, 31)),
        (LIFE, date(2031, 1, 1), None),
        (MEMBERS, date(2030, 5, 30), None),
        (MEMBERS, date(2030, 5, 31), date(2030, 6, 30)),
        (MEMBERS, date(2030, 6, 30), date(2030, 6, 30)),
        (MEMBERS, date(2030, 7, 1), None),
        (MeetingKind.THEME_DAY, date(2030, 2, 1), date(2030, 2, 28)),
        (MeetingKind.THEME_DAY, date(2030, 2, 28), date(2030, 2, 28)),
        (MeetingKind.THEME_DAY, date(2030, 3, 1), date(2030, 3, 31)),
        (MeetingKind.GROUP, date(2030, 11, 20), None),
        (MeetingKind.GROUP, date(2030, 11, 21), date(2030, 11, 30)),
        (MeetingKind.GROUP, date(2030, 12, 1), None),
        (MeetingKind.COMMITTEE, date(2030, 11, 20), None),
        (MeetingKind.COMMITTEE, date(2030, 11, 21), date(2030, 11, 30)),
        (MeetingKind.COMMITTEE, date(2030, 12, 1), None),
    ],
)
def test_told_in_the_last_days_and_due_on_the_last(
    inside: Cast, kind: MeetingKind, on: date, told: date | None
) -> None:
    _with_committee(inside)
    found = _owed(inside, on).get(kind)
    assert (found.due_on if found else None) == told


@pytest.mark.parametrize(
    ("kind", "held_on", "owes"),
    [
        (LIFE, date(2029, 12, 31), True),
        (LIFE, date(2030, 1, 1), False),
        (LIFE, date(2030, 12, 31), False),
        (LIFE, date(2031, 1, 1), True),
        (MEMBERS, date(2030, 9, 30), True),
        (MEMBERS, date(2030, 10, 1), False),
        (MEMBERS, date(2030, 12, 31), False),
        (MEMBERS, date(2031, 1, 1), True),
        (MeetingKind.THEME_DAY, date(2030, 11, 30), True),
        (MeetingKind.THEME_DAY, date(2030, 12, 1), False),
        (MeetingKind.THEME_DAY, date(2031, 1, 1), True),
    ],
)
def test_only_a_meeting_of_the_same_month_quarter_or_year_answers(
    inside: Cast, kind: MeetingKind, held_on: date, owes: bool
) -> None:
    _planned(inside, kind, held_on)
    assert (kind in _owed(inside, date(2030, 12, 30))) == owes


def test_a_cancelled_meeting_answers_nothing(inside: Cast) -> None:
    _planned(inside, LIFE, date(2030, 11, 5))
    assert LIFE not in _owed(inside, date(2030, 12, 1))
    planned = Meeting.objects.get(kind=LIFE, gathering__unit=inside.h1.unit("一支部"))
    actions.cancel_meeting(actor=System(inside.h1.tenant.pk), meeting=planned, reason="疫情")
    assert LIFE in _owed(inside, date(2030, 12, 1))


def test_each_group_and_only_a_committee_of_three(inside: Cast) -> None:
    on = date(2030, 11, 25)
    assert MeetingKind.COMMITTEE not in _owed(inside, on)  # secretary and one more
    _planned(inside, MeetingKind.GROUP, date(2030, 11, 26), "一小组")
    assert MeetingKind.GROUP not in _owed(inside, on)
    _with_committee(inside)
    assert MeetingKind.COMMITTEE in _owed(inside, on)


@pytest.mark.parametrize(
    ("opened_on", "kinds"),
    [
        (date(2030, 1, 31), {LIFE, MEMBERS, MeetingKind.THEME_DAY}),
        (date(2030, 2, 1), {MEMBERS, MeetingKind.THEME_DAY}),
        (date(2030, 11, 1), {MeetingKind.THEME_DAY}),
        (date(2030, 12, 30), {MeetingKind.THEME_DAY}),
    ],
)
def test_a_new_branch_is_asked_from_the_span_it_opened_in(
    inside: Cast, opened_on: date, kinds: set[MeetingKind]
) -> None:
    Unit.objects.filter(pk=inside.h1.unit("一支部").pk).update(opened_on=opened_on)
    found = set(_owed(inside, date(2030, 12, 30)))
    assert found & {LIFE, MEMBERS, MeetingKind.THEME_DAY} == kinds


def test_a_temporary_branch_owes_nothing(inside: Cast) -> None:
    Unit.objects.filter(pk=inside.h1.unit("一支部").pk).update(kind=UnitKind.TEMPORARY_BRANCH)
    assert not _owed(inside, date(2030, 12, 31))


def test_the_secretary_reads_what_is_due_with_its_article(inside: Cast) -> None:
    found = {one.title: one for one in meeting_todos(inside.h1.actor("branch_secretary"), date(2030, 12, 2))}
    life = found["安排2030年组织生活会"]
    assert (life.due_on, life.article) == (date(2030, 12, 31), "《支部工作条例》第十七条")
    assert life.why == "组织生活会一般每年至少一次，还没有安排。"
    assert found["安排12月主题党日"].article == "《支部工作条例》第十六条"
    assert found["安排第四季度支部党员大会"].due_on == date(2030, 12, 31)
