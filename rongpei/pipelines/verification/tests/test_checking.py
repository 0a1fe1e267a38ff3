"""What a machine remarks: formats and check digits, one digit before and after every length; nothing is refused for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.roster.idnumbers import check_digit
from rongpei.pipelines.verification.checking import remark_on_id, remark_on_name, remark_on_number, remarks_on
from rongpei.pipelines.verification.tests import samples


@pytest.mark.parametrize(
    ("kind", "length"), [("doctor_practice", 15), ("nurse_practice", 12), ("pharmacist", 0), ("work", 0)]
)
def test_lengths(kind, length):
    for digits in (length - 1, length, length + 1) if length else (1, 9, 40):
        said = remark_on_number(kind, "1" * digits)
        assert bool(said) == (length > 0 and digits != length), (kind, digits, said)


def test_the_qualification_number_ends_in_the_id_number():
    head = "201111010"
    assert remark_on_number("doctor_qualification", head + samples.ID_NUMBER, samples.ID_NUMBER) == ""
    assert "身份证号" in remark_on_number("doctor_qualification", head + "110105194912310021")
    assert "不一致" in remark_on_number(
        "doctor_qualification", head + samples.ID_NUMBER, "110105194912310038"
    )
    assert "24" in remark_on_number("doctor_qualification", head + samples.ID_NUMBER[:-1], "")


def test_the_level_of_a_practice_number():
    assert remark_on_number("doctor_practice", "110110105000123") == ""
    assert "级别" in remark_on_number("doctor_practice", "910110105000123")


@given(st.integers(min_value=0, max_value=999), st.sampled_from("0123456789X"))
def test_a_wrong_check_digit_is_always_seen(serial, last):
    first = f"11010519491231{serial:03d}"
    assert bool(remark_on_id(first + last)) == (last != check_digit(first))


@pytest.mark.parametrize(
    ("name", "fine"),
    [("罗永康", True), ("阿依古丽·买买提", True), ("Luo", False), ("罗", False), ("罗1康", False)],
)
def test_names(name, fine):
    assert (remark_on_name(name) == "") == fine


def test_duplicates_are_shown_and_never_refused(cast):
    with scope([cast.operator.tenant.pk]):
        samples.submitted(cast.operator)
        second = samples.submitted(cast.operator, "outside_volunteer")
        found = {one.field: one for one in remarks_on(second)}
        assert not found["duplicate"].ok
        assert "1 个账号" in found["duplicate"].says
        assert "1949" not in found["id"].stated
