"""What would close the gap to the year's hours."""

from datetime import timedelta
from decimal import Decimal

import pytest

from contracts.cast import Cast
from rongpei.activities.partydays import actions
from rongpei.activities.partydays.actions import Slot
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.gaps import gaps_of, gaps_of_branch
from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.people.codes import EmploymentKind
from rongpei.org.people.models import Person


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _missed(cast: Cast) -> None:
    """A meeting of three hours that member-1 attended and member-2 did not."""
    secretary, starts_at = cast.h1.actor("branch_secretary"), clock.now()
    meeting = actions.plan_meeting(
        actor=secretary, unit=cast.h1.unit("一支部"), kind=MeetingKind.LECTURE, title="党课",
        slots=[Slot(starts_at, starts_at + timedelta(hours=3))], class_hours=Decimal(3), now=clock.now(),
    )  # fmt: skip
    marks = {cast.h1.person("member-1").pk: (Presence.PRESENT, "")}
    actions.tick_attendance(actor=secretary, meeting=meeting, marks=marks, now=clock.now())
    meeting = actions.confirm_meeting(actor=secretary, meeting=meeting, now=clock.now())
    actions.log_make_up(
        actor=cast.h1.actor("member-3"), meeting=meeting, person=cast.h1.person("member-3"), studied_on=clock.today(),
        content="自学", hours=Decimal(3), today=clock.today(), now=clock.now(),
    )  # fmt: skip


def test_meetings_to_come_and_studies_to_make_up_close_the_gap(inside: Cast) -> None:
    on = inside.h1.meeting().gathering.held_on  # a run that crosses midnight keeps the cast's day
    _missed(inside)
    ids = [inside.h1.person(f"member-{n}").pk for n in (1, 2, 3)]
    found = gaps_of(ids, inside.h1.tenant.pk, on)
    shown = [
        (gap.hours, gap.lacking, gap.ahead, gap.missed, gap.left) for gap in (found[ident] for ident in ids)
    ]
    # The cast's meeting of today gives two hours; member-3 has logged the make-up already.
    assert shown == [(3, 29, 2, 0, 27), (0, 32, 2, 3, 27), (0, 32, 2, 0, 30)]


def test_the_retired_are_not_asked_and_officers_owe_more(inside: Cast) -> None:
    Person.objects.filter(pk=inside.h1.person("member-4").pk).update(employment_kind=EmploymentKind.RETIRED)
    rows = gaps_of_branch(inside.h1.unit("一支部"), clock.today())
    numbers = [one.staff_number for one, _gap in rows]
    assert "member-4" not in numbers
    officers = {one.staff_number for one, gap in rows if gap.quota == 56}
    assert officers == {"branch_secretary", "organization_officer", "general_branch_secretary"}


def test_the_number_of_queries_does_not_grow(inside: Cast, django_assert_num_queries) -> None:
    today = clock.today()
    for ids in ([inside.h1.person("member-1").pk], [inside.h1.person(f"member-{n}").pk for n in (1, 2, 3)]):
        with django_assert_num_queries(5):
            gaps_of(ids, inside.h1.tenant.pk, today)
