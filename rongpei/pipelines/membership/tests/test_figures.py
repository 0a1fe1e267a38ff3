"""Numbers of a window: as people were on the day, each number with its names, each branch its own."""

from datetime import date

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import FactKind
from rongpei.pipelines.membership.actions import say_who_is_highly_educated
from rongpei.pipelines.membership.numbers.groups import (
    BRANCH,
    DIMENSIONS,
    band_of,
    by_branch,
    counted,
    narrowed,
)
from rongpei.pipelines.membership.numbers.happenings import What, happenings
from rongpei.pipelines.membership.numbers.highly import Highly, highly_of
from rongpei.pipelines.membership.tests.desk import TODAY, D, Desk


@pytest.fixture
def desk(cast):
    with scope([cast.h1.tenant.pk]):
        yield Desk(cast.h1)


def learn(desk, kind, value, on):
    record_fact(
        actor=System(desk.house.tenant.pk), person=desk.person, kind=kind, value=value, starts_on=D(on), today=TODAY,
        now=clock.now(),
    )  # fmt: skip


def found(desk, what, first="2025-01-01", last="2027-12-31"):
    rows = happenings(what, D(first), D(last), highly_of(desk.house.tenant.pk))
    return [one for one in rows if one.person == desk.person]


def test_each_status_is_counted_on_its_first_day_and_windows_include_both_ends(desk):
    desk.until("archive_materials")
    days = {what: found(desk, what)[0].on for what in What}
    assert days == {
        What.APPLIED: D("2025-03-03"), What.ACTIVIST: D("2025-05-20"), What.TARGET: D("2026-06-08"),
        What.ADMITTED: D("2026-07-30"), What.CONVERTED: D("2027-07-30"),
    }  # fmt: skip
    assert found(desk, What.ADMITTED, "2026-07-30", "2026-07-30")
    assert not found(desk, What.ADMITTED, "2026-07-31", "2026-08-31")
    assert not found(desk, What.ADMITTED, "2026-06-01", "2026-07-29")


def test_a_later_promotion_changes_no_number(desk):
    desk.until("approval")
    learn(desk, FactKind.TITLE, "主治医师", "2020-01-01")
    (before,) = found(desk, What.ADMITTED)
    learn(desk, FactKind.TITLE, "副主任医师", "2026-07-31")
    learn(desk, FactKind.BACKBONE, "学科骨干", "2026-07-31")
    (after,) = found(desk, What.ADMITTED)
    assert (before.highly, after.highly, after.backbone, after.title) == (False, False, False, "intermediate")
    learn(desk, FactKind.FRONT_LINE, "发热门诊", "2026-01-05")
    learn(desk, FactKind.FRONT_LINE, "", "2026-03-05")
    assert found(desk, What.ADMITTED)[0].front_line
    assert not found(desk, What.APPLIED)[0].front_line


def test_the_office_says_who_is_highly_educated(desk):
    desk.until("approval")
    learn(desk, FactKind.TITLE, "主治医师", "2020-01-01")
    office, tenant = desk.house.actor("party_office"), desk.house.tenant.pk
    assert highly_of(tenant) == Highly()
    say_who_is_highly_educated(actor=office, tenant_id=tenant, titles=["intermediate"], degrees=[])
    assert found(desk, What.ADMITTED)[0].highly
    with pytest.raises(Refused):
        say_who_is_highly_educated(actor=office, tenant_id=tenant, titles=[], degrees=[])
    with pytest.raises(Forbidden):
        say_who_is_highly_educated(
            actor=desk.house.actor("branch_secretary"), tenant_id=tenant, titles=["senior"], degrees=[]
        )


def test_every_number_has_its_names_and_every_dimension_adds_up(desk):
    desk.until("approval")
    rows = happenings(What.APPLIED, date(1990, 1, 1), TODAY, Highly()) or []
    assert rows
    for by in DIMENSIONS:
        numbers = counted(rows, by)
        assert sum(number for _code, _words, number in numbers) == len(rows)
        for code, _words, number in numbers:
            assert len(narrowed(rows, by.code, code)) == number
    for branch, number in by_branch(rows).items():
        assert len(narrowed(rows, BRANCH, str(branch or ""))) == number


def test_bands_are_those_of_the_yearly_statistics():
    assert [band_of(age) for age in (18, 30, 31, 35, 36, 60, 61, 90, None)] == [
        "30", "30", "35", "35", "40", "60", "61", "61", ""
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_people(desk, django_assert_max_num_queries):
    desk.until("approval")
    with django_assert_max_num_queries(4):
        happenings(What.APPLIED, date(1990, 1, 1), TODAY, Highly())
