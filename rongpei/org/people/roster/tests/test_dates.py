"""Dates as people write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rongpei.org.people.roster.dates import (
    AMBIGUOUS_MONTH,
    NO_SUCH_DAY,
    NOT_A_DATE,
    YEAR_ONLY,
    parse_date,
    year_after,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FORMS = ("{0}-{1:02}-{2:02}", "{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}", " {0} 年 {1} 月 {2} 日 ",
         "{0}-{1:02}-{2:02} 00:00:00", "{0}-{1:02}-{2:02}T08:30")  # fmt: skip


@given(DAYS, st.sampled_from(FORMS))
def test_every_form_gives_the_day_back(day: date, form: str) -> None:
    found = parse_date(form.format(day.year, day.month, day.day))
    assert (found.value, found.month_only, found.problem) == (day, False, "")


@given(DAYS, st.sampled_from(("{0}-{1}", "{0}.{1:02}", "{0}/{1}", "{0}年{1}月", "{0}{1:02}")))
def test_months_mean_their_first_day(day: date, form: str) -> None:
    found = parse_date(form.format(day.year, day.month))
    assert (found.value, found.month_only) == (day.replace(day=1), True)


@given(st.dates(date(1910, 1, 2), date(2099, 12, 31)))
def test_serial_numbers_are_excels(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert parse_date(float(serial)).value == day
    assert parse_date(serial + 0.25).value == day or 1900 <= serial + 0.25 < 2100
    assert parse_date(str(serial)).value == (day if serial >= 10_000 else None)


@given(DAYS)
def test_excel_dates_pass_through(day: date) -> None:
    assert parse_date(day).value == day
    assert parse_date(datetime(day.year, day.month, day.day, 13, 5)).value == day  # noqa: DTZ001
    assert parse_date(float(f"{day:%Y%m%d}")).value == day


@example("99999")
@example(99_999)
@given(st.text() | st.floats() | st.integers() | st.none() | st.booleans() | st.timedeltas())
def test_anything_is_answered_without_raising(raw: object) -> None:
    found = parse_date(raw)
    assert not (found.value and found.problem)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("1988-02-30", NO_SUCH_DAY),
        ("2023-02-29", NO_SUCH_DAY),
        ("2019-13-01", NO_SUCH_DAY),
        ("2019年5月32日", NO_SUCH_DAY),
        (20190230.0, NO_SUCH_DAY),
        ("2019", YEAR_ONLY),
        (2019.1, AMBIGUOUS_MONTH),
        ("不详", NOT_A_DATE),
        ("2019-5/12", NOT_A_DATE),
        ("=TODAY()", NOT_A_DATE),
        (True, NOT_A_DATE),
        (35.0, NOT_A_DATE),
        ("1019-05-12", "年份不在 1900 到 2100 之间"),
    ],
)
def test_what_is_no_date_says_why(raw: object, problem: str) -> None:
    assert (parse_date(raw).value, parse_date(raw).problem) == (None, problem)


def test_full_width_and_number_months() -> None:
    assert parse_date("２０１９．０５．１２").value == date(2019, 5, 12)
    assert parse_date(2019.05) == parse_date("2019.05")
    assert parse_date("").value is None
    assert parse_date("　").problem == ""


@given(DAYS)
def test_a_year_after_is_the_same_day_clamped(day: date) -> None:
    later = year_after(day)
    assert timedelta(days=365) <= later - day <= timedelta(days=366)
    assert (later.month, later.day) == ((2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day))
