"""GB 11643 numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongpei.org.people.roster.idnumbers import check_digit, mask, read_id_number

BIRTHDAYS = st.dates(date(1920, 1, 1), date(2020, 12, 31))
NUMBERS = st.builds(
    lambda region, born, order: f"{region}{born:%Y%m%d}{order:03d}",
    st.integers(110000, 999999),
    BIRTHDAYS,
    st.integers(0, 999),
)


def test_the_standards_own_example() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@given(NUMBERS)
def test_a_right_number_is_read(first: str) -> None:
    found = read_id_number(first + check_digit(first))
    assert found.problem == ""
    assert found.born_on == date(int(first[6:10]), int(first[10:12]), int(first[12:14]))
    assert found.sex == ("male" if int(first[16]) % 2 else "female")


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first: str, at: int, by: int) -> None:
    digit = check_digit(first)
    wrong = first[:at] + str((int(first[at]) + by) % 10) + first[at + 1 :]
    assert read_id_number(wrong + digit).problem != ""


@given(NUMBERS, st.integers(0, 15))
def test_two_digits_exchanged_are_always_found(first: str, at: int) -> None:
    exchanged = first[:at] + first[at + 1] + first[at] + first[at + 2 :]
    if exchanged != first:
        assert read_id_number(exchanged + check_digit(first)).problem != ""


@given(NUMBERS)
def test_the_message_tells_the_digit(first: str) -> None:
    right = check_digit(first)
    wrong = "1" if right != "1" else "2"
    assert read_id_number(first + wrong).problem == f"校验码不对，最后一位应为 {right}"


@given(st.text())
def test_anything_is_answered(text: str) -> None:
    found = read_id_number(text)
    assert bool(found.number) + bool(found.problem) + found.masked == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("11010519491231002", "是 17 位，应为 18 位"),
        ("11010519491231002A", "有不该出现的字符"),
        ("H1234567", "是 8 位，应为 18 位"),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨", "有不该出现的字符"),
    ],
)
def test_other_forms_say_why(text: str, problem: str) -> None:
    assert read_id_number(text).problem == problem


def test_old_and_masked_numbers() -> None:
    old = read_id_number("110105491231002")
    assert (old.number, old.old_form, old.born_on) == ("11010519491231002X", True, date(1949, 12, 31))
    assert read_id_number("110105********2317").masked


def test_masking() -> None:
    assert mask("110105198802202317") == "110105********2317"
    assert mask("H1234567") == "H1****67"
    assert mask("123") == "***"
