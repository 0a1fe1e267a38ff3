"""Calendar arithmetic: months clamped at month ends, working days with make-up days, provisional years."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongpei.ground.clock.calendar import WorkCalendar, add_months, add_years, full_years
from rongpei.ground.clock.models import Holiday

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
MONTHS = st.integers(min_value=-480, max_value=480)


@given(day=DAYS, months=MONTHS)
def test_the_month_is_exact_and_the_day_clamped(day, months):
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


@given(day=DAYS, one=DAYS, months=MONTHS)
def test_months_keep_the_order_of_dates(day, one, months):
    first, second = sorted([day, one])
    assert add_months(first, months) <= add_months(second, months)


@given(born=DAYS, years=st.integers(min_value=0, max_value=80))
def test_a_birthday_completes_the_year(born, years):
    birthday = add_years(born, years)
    if birthday.day == born.day:
        assert full_years(born, birthday) == years
    assert full_years(born, birthday - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 6, 20), 12, date(2026, 6, 20)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_month_ends(day, months, found):
    assert add_months(day, months) == found


@pytest.fixture
def work(db):
    return WorkCalendar.load()


def test_five_working_days_from_new_years_eve(work):
    """DOMAIN L2: 2026-01-04, a Sunday, is worked; 1 to 3 January are off."""
    found = work.add_working_days(date(2025, 12, 31), 5)
    assert (found.on, found.provisional) == (date(2026, 1, 8), False)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 7), False),
        (date(2026, 6, 12), True),
        (date(2026, 6, 13), False),
    ],
)
def test_days_of_the_notice(work, day, is_worked):
    assert work.is_worked(day) is is_worked


@pytest.mark.parametrize(
    ("count", "on"), [(4, date(2026, 1, 7)), (5, date(2026, 1, 8)), (6, date(2026, 1, 9))]
)
def test_one_before_on_and_after_the_limit(work, count, on):
    assert work.add_working_days(date(2025, 12, 31), count).on == on


def test_a_year_without_a_notice_is_provisional(work):
    last = max(work.published_years)
    assert not work.add_working_days(date(last, 12, 20), 3).provisional
    beyond = work.add_working_days(date(last, 12, 30), 5)
    assert beyond.provisional
    assert not work.is_worked(date(last + 1, 1, 1))
    assert not work.is_worked(date(last + 1, 10, 1))


def test_the_table_rules(work):
    Holiday.objects.create(day_on=date(2031, 1, 2), kind="work", name="元旦")
    again = WorkCalendar.load()
    assert 2031 in again.published_years
    assert again.is_worked(date(2031, 1, 2))


@given(days=st.lists(st.booleans(), min_size=1, max_size=30), count=st.integers(min_value=1, max_value=20))
def test_counting_meets_exactly_the_worked_days(days, count):
    start = date(2026, 3, 1)
    exceptions = {start + timedelta(days=i + 1): "work" if worked else "off" for i, worked in enumerate(days)}
    own = WorkCalendar(exceptions, frozenset({2026}))
    found = own.add_working_days(start, count).on
    between = [start + timedelta(days=i) for i in range(1, (found - start).days + 1)]
    assert sum(own.is_worked(day) for day in between) == count
    assert own.is_worked(found)
