"""The one rule of hours."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.cast import Cast
from rongpei.activities.partydays.models import HoursRule
from rongpei.ground import clock
from rongpei.insight.directory.progress import expected_by, floor_by, in_state, progress_of
from rongpei.insight.directory.queries.own import year_of
from rongpei.insight.directory.queries.people import attach_progress, people_for, with_hours
from rongpei.insight.directory.tests.conftest import hold
from rongpei.insight.directory.web.branchview import BranchView
from rongpei.org.people.codes import EmploymentKind, PartyStatus
from rongpei.org.people.models import Person


def _member(**values: object) -> Person:
    return Person(party_status=PartyStatus.FULL, **values)


def test_expected_grows_by_days() -> None:
    assert expected_by(32, date(2026, 6, 12)) == Decimal("14.29")
    assert expected_by(32, date(2026, 12, 31)) == 32
    assert expected_by(32, date(2028, 12, 31)) == 32
    assert expected_by(56, date(2026, 1, 1)) == Decimal("0.15")


@pytest.mark.parametrize(("below", "state"), [("0.01", "behind"), ("0", "normal"), ("-0.01", "normal")])
def test_behind_begins_below_three_quarters(below: str, state: str) -> None:
    on = date(2026, 6, 12)
    progress = progress_of(person=_member(), hours=floor_by(32, on) - Decimal(below), committee=False, on=on)
    assert progress is not None
    assert progress.state == state


def test_committee_owes_fifty_six_and_the_retired_nothing() -> None:
    on = date(2026, 6, 12)
    officer = progress_of(person=_member(), hours=Decimal(12), committee=True, on=on)
    retired = progress_of(
        person=_member(employment_kind=EmploymentKind.RETIRED), hours=None, committee=False, on=on
    )
    assert officer is not None
    assert retired is not None
    assert (officer.quota, officer.state) == (56, "behind")
    assert retired.exempt


def test_nothing_is_asked_of_those_who_are_not_members() -> None:
    assert progress_of(person=Person(), hours=Decimal(3), committee=False, on=date(2026, 6, 12)) is None


@pytest.mark.usefixtures("within")
def test_both_faces_agree(cast: Cast, today: date) -> None:
    """The rule in SQL and the rule in Python give every person the same word."""
    for month, hours in ((1, "3"), (2, "4"), (3, "4")):
        hold(cast, date(2026, month, 10), ["member-1", "branch_secretary"], hours=hours)
    Person.objects.filter(pk=cast.h1.person("member-3").pk).update(employment_kind=EmploymentKind.RETIRED)
    actor = cast.h1.actor("party_office")
    rows = attach_progress(list(people_for(actor)), today)
    for state in ("normal", "behind", "exempt"):
        by_python = {row.pk for row in rows if row.progress and row.progress.state == state}
        by_sql = set(
            with_hours(people_for(actor), today).filter(in_state(state, today)).values_list("pk", flat=True)
        )
        assert by_python == by_sql, state
        assert by_sql, state


@pytest.mark.usefixtures("within")
def test_a_stricter_hospital_asks_more_on_every_page(cast: Cast, today: date) -> None:
    HoursRule.objects.create(
        tenant=cast.h1.tenant, starts_on=date(2026, 1, 1), member_quota=80, created_at=clock.now()
    )
    hold(cast, date(2026, 3, 10), ["member-1"], hours="7")
    hold(cast, date(2026, 4, 10), ["member-1"], hours="7")
    rows = attach_progress(list(people_for(cast.h1.actor("party_office"))), today)
    one = next(row for row in rows if row.staff_number == "member-1")
    assert (one.progress.quota, one.progress.state) == (80, "behind")
    behind = with_hours(people_for(cast.h1.actor("party_office")), today).filter(in_state("behind", today))
    assert behind.filter(pk=one.pk).exists()
    year = year_of(one.pk, today)
    assert year is not None
    assert year.progress is not None
    assert year.progress.quota == 80
    page = BranchView(actor=cast.h1.actor("branch_secretary"), branch=cast.h1.unit("一支部"), today=today)
    assert {found.progress.quota for found in page.behind if found.person.pk == one.pk} == {80}
