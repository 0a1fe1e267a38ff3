"""The judge, tried on a bakery: editions, order, time, waivers, votes, and what is not given."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.declaring import Edition, Procedure, Stage, Step
from rongpei.kernel.procedures.facts import Done, Facts, Waiver
from rongpei.kernel.procedures.judging import check, judge_acts, offered_steps
from rongpei.kernel.procedures.tests.baking import BAKING

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2026, 12, 31))


def _facts(*done, **given):
    return Facts(done=tuple(Done(*one) for one in done), **given)


def _found(judgement):
    return [(one.rule, one.article, one.level.value, one.lawful_from) for one in judgement.findings]


def test_the_edition_is_that_of_the_day():
    assert check(BAKING, "bake", facts=Facts(), on=date(2026, 5, 10)).edition == "old"
    assert check(BAKING, "bake", facts=Facts(), on=date(2026, 5, 11)).edition == "new"


def test_a_demand_is_silent_under_an_edition_without_its_article():
    data = {"posted_on": date(2025, 12, 31), "ended_on": date(2026, 1, 7)}
    facts = _facts(("bake", date(2025, 1, 1)))
    assert _found(check(BAKING, "cool", facts=facts, on=date(2026, 1, 7), data=data)) == []


@pytest.mark.parametrize(("ended", "lawful"), [(date(2026, 1, 7), False), (date(2026, 1, 8), True)])
def test_five_working_days_over_new_year(ended, lawful):
    """Posted on 2025-12-31: 1 to 3 January are off, Sunday the 4th is worked, so the fifth day is the 8th."""
    data = {"posted_on": date(2025, 12, 31), "ended_on": ended}
    found = check(BAKING, "cool", facts=_facts(("bake", date(2025, 1, 1))), on=date(2026, 6, 1), data=data)
    assert found.lawful is lawful
    if not lawful:
        assert _found(found) == [("cooling", "9", "block", date(2026, 1, 8))]


def test_a_year_without_a_notice_is_provisional():
    data = {"posted_on": date(2031, 9, 26), "ended_on": date(2031, 9, 27)}
    (finding,) = check(
        BAKING, "cool", facts=_facts(("bake", date(2030, 1, 1))), on=date(2031, 9, 27), data=data
    ).findings
    assert "暂定" in finding.message


def test_order():
    assert _found(check(BAKING, "cool", facts=Facts(complete=True), on=date(2020, 1, 1))) == [
        ("order", "1", "block", None)
    ]
    assert check(BAKING, "cool", facts=Facts(), on=date(2020, 1, 1)).lawful  # the history begins with it
    facts = _facts(("bake", date(2020, 1, 2)))
    assert _found(check(BAKING, "cool", facts=facts, on=date(2020, 1, 1))) == [
        ("order", "1", "block", date(2020, 1, 2))
    ]
    assert check(BAKING, "cool", facts=facts, on=date(2020, 1, 2)).lawful


def test_a_void_act_proves_nothing_and_a_premature_one_happened():
    judged, facts = judge_acts(
        BAKING, Facts(), [Done("bake", date(2020, 1, 1), {"sugar": 11}), Done("cool", date(2020, 1, 2))]
    )
    assert [one.lawful for one in judged] == [False, False]
    judged, facts = judge_acts(
        BAKING,
        facts,
        [Done("bake", date(2020, 1, 3)), Done("cool", date(2020, 1, 3)), Done("admit", date(2020, 2, 1))],
    )
    assert _found(judged[-1]) == [("ripe", "1", "block", date(2021, 1, 3))]


def test_what_ends_a_case_ends_it():
    facts = _facts(("bake", date(2020, 1, 1)), ("cool", date(2020, 1, 1)), ("admit", date(2021, 1, 1)))
    assert _found(check(BAKING, "taste", facts=facts, on=date(2021, 2, 1)))[0][0] == "case_ended"
    assert offered_steps(BAKING, facts) == []


@pytest.mark.parametrize(("day", "lawful"), [(1, False), (2, True), (9, True), (10, False)])
def test_a_waiver_holds_on_its_days_only(day, lawful):
    waiver = Waiver("令", frozenset({"ripe", "majority"}), date(2020, 3, 2), date(2020, 3, 9))
    facts = _facts(("bake", date(2020, 1, 1)), ("cool", date(2020, 1, 1)), waivers=(waiver,))
    found = check(BAKING, "admit", facts=facts, on=date(2020, 3, day))
    assert found.lawful is lawful
    if day == 1:
        assert found.lawful_from == date(2020, 3, 2)
    if day == 10:
        assert found.lawful_from == date(2021, 1, 1)
    refused = check(
        BAKING, "admit", facts=facts, on=date(2020, 3, 5), data={"eligible": 9, "present": 9, "yes": 4}
    )
    assert [one.rule for one in refused.findings] == ["majority"]


def test_offered_steps():
    assert [step.code for step in offered_steps(BAKING, Facts())] == ["bake"]
    facts = _facts(("bake", date(2020, 1, 1)))
    assert [step.code for step in offered_steps(BAKING, facts)] == ["cool", "taste"]
    facts = _facts(("bake", date(2020, 1, 1)), ("cool", date(2020, 1, 1)), ("taste", date(2020, 1, 3)))
    assert [step.code for step in offered_steps(BAKING, facts)] == ["taste", "admit"]


def test_what_stands_is_not_done_twice_in_a_case_of_ours():
    facts = _facts(("bake", date(2020, 1, 1)), ours=True)
    assert _found(check(BAKING, "bake", facts=facts, on=date(2020, 2, 1)))[0][0] == "done_already"


@given(baked=DAYS, after=st.integers(min_value=-400, max_value=800))
def test_lawful_from_is_the_first_lawful_day(baked, after):
    on = baked + timedelta(days=after)
    facts = _facts(("bake", baked), ("cool", baked))
    found = check(BAKING, "admit", facts=facts, on=on)
    first = add_months(baked, 12)
    assert found.lawful is (on >= first)
    if not found.lawful:
        assert found.lawful_from == first
        assert check(BAKING, "admit", facts=facts, on=first).lawful
        assert not check(BAKING, "admit", facts=facts, on=first - timedelta(days=1)).lawful


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": (Step("a", "a", "s", 1, after=("b",)),)},
        {"steps": (Step("a", "a", "t", 1),)},
        {"steps": (Step("a", "a", "s", 1), Step("a", "a", "s", 2))},
        {"editions": (Edition("e", "e", date(2020, 1, 1)),)},
        {"editions": (Edition("e", "e"), Edition("f", "f"))},
    ],
)
def test_a_wrong_declaration_is_refused(wrong):
    right = {
        "editions": (Edition("e", "e"),),
        "stages": (Stage("s", "s"),),
        "steps": (Step("a", "a", "s", 1),),
    }
    with pytest.raises(ValueError):
        Procedure("p", "p", **{**right, **wrong})


def test_the_engine_holds_no_word_of_any_procedure():
    words = re.compile(r"党|支部|预备|第.{1,3}条|party|branch|member(?!s')|2014|2026-05", re.IGNORECASE)
    for path in (Path(__file__).parent.parent).glob("*.py"):
        found = [line for line in path.read_text().splitlines() if words.search(line)]
        assert not found, f"{path.name}: {found[:3]}"
