"""What an old book tells is recorded as it is, warned of and never refused; the case goes on from there."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions, histories, queries
from rongpei.kernel.procedures.codes import ASIDE, RecordKind, State
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.judging import judge_told, offered_steps
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.registry import History
from rongpei.kernel.procedures.tests.baking import BAKING

TODAY = date(2026, 6, 30)
BAKED, COOLED = Done("bake", date(2024, 3, 1)), Done("cool", date(2024, 3, 9))


@pytest.fixture
def inside(cast, kitchen):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1


def tell(house, *acts, who=("member-2",), silent=(), actor="party_office"):
    found = histories.record_histories(
        actor=house.actor(actor), procedure="baking", silent=silent, today=TODAY, now=clock.now(),
        histories=[
            History(house.person(one), house.unit("一支部"), acts, tuple("第 3 行" for _ in acts)) for one in who
        ],
    )  # fmt: skip
    return [Case.objects.select_related("unit", "person").get(pk=case.pk) for case in found]


def given(house, **more):
    return {"actor": house.actor("party_office"), "today": TODAY, "now": clock.now()} | more


def test_a_told_case_goes_on_from_its_next_step(inside):
    [case] = tell(inside, BAKED, COOLED)
    assert (case.stage, case.records, case.opened_on, case.reached_on) == ("oven", 3, BAKED.on, COOLED.on)
    assert dict(Opening.objects.filter(case=case).values_list("step", "due_on")) == {
        "taste": date(2024, 4, 1), "admit": date(2024, 4, 8),
    }  # fmt: skip
    told = Record.objects.filter(case=case, kind=RecordKind.TOLD)
    assert list(told.values_list("step", "edition", "reason")) == [
        ("bake", "old", "第 3 行"),
        ("cool", "old", "第 3 行"),
    ]
    done = actions.perform(case=case, step="admit", on=date(2025, 3, 1), **given(inside))
    assert (done.kind, done.findings) == (RecordKind.DONE, [])
    assert Case.objects.get(pk=case.pk).outcome == "admitted"


def test_what_would_block_warns_by_the_edition_of_its_day_and_counts(inside):
    early = Done("admit", date(2024, 5, 1), {"eligible": 9, "present": 4, "yes": 4})
    [case] = tell(inside, Done("bake", date(2024, 3, 1), {"sugar": 30}), COOLED, early)
    found = {row.step: row for row in Record.objects.filter(case=case).exclude(step="")}
    assert [(one["rule"], one["level"], one["article"]) for one in found["bake"].findings] == [
        ("sugar", "warn", "1")
    ]
    assert [one["rule"] for one in found["admit"].findings] == ["ripe", "quorum"]
    assert all(row.sound for row in found.values())
    assert (case.state, case.outcome) == (State.ENDED, "admitted")


def test_a_gap_is_found_and_then_left_behind(inside):
    [case] = tell(inside, BAKED, Done("admit", date(2025, 3, 1)))
    assert "晾凉" in Record.objects.get(case=case, step="admit").findings[0]["message"]
    [quiet] = tell(inside, BAKED, Done("admit", date(2025, 3, 1)), who=("member-1",), silent=("cool",))
    assert Record.objects.get(case=quiet, step="admit").findings == []


@pytest.mark.parametrize(("told", "open_now"), [(False, {"cool", "taste"}), (True, set())])
def test_a_step_behind_a_told_one_is_not_asked_for_again(told, open_now):
    rows = (Done("bake", date(2024, 3, 1), told=told), Done("admit", date(2025, 3, 1), sound=told, told=told))
    offered = offered_steps(BAKING, Facts(done=rows, ours=True))
    assert {step.code for step in offered} == open_now
    assert BAKING.behind(Facts(done=rows)) == ({"cool"} if told else frozenset())


def test_a_correction_of_something_told_stays_history(inside):
    [case] = tell(inside, BAKED, COOLED)
    actions.perform(case=case, step="taste", on=date(2024, 3, 20), **given(inside))
    record = Record.objects.get(case=case, step="bake")
    sweet = actions.correct(
        case=case, record=record, on=date(2024, 3, 2), data={"sugar": 30}, reason="笔误", **given(inside, actor=inside.actor("party_office"))
    )  # fmt: skip
    assert [one["level"] for one in sweet.findings] == ["warn"]
    facts = queries.facts_of(case, TODAY)
    assert [(one.step, one.told) for one in facts.done] == [("bake", True), ("cool", True), ("taste", False)]


def test_nobody_has_two_open_cases_nothing_comes_from_the_future_and_nobody_tells_the_own_past(inside):
    tell(inside, BAKED)
    with pytest.raises(Refused, match="没有登记任何人"):
        tell(inside, BAKED, who=("member-1", "member-2"))
    with pytest.raises(Refused, match="将来"):
        tell(inside, Done("bake", date(2026, 7, 1)), who=("member-1",))
    with pytest.raises(Forbidden):
        tell(inside, BAKED, who=("member-1",), actor="member-1")
    assert Case.objects.filter(procedure="baking").count() == 1


def test_taking_back_puts_the_cases_aside_and_keeps_every_record(inside):
    cases = tell(inside, BAKED, COOLED, who=("member-1", "member-2"))
    more = {"procedure": "baking", "reason": "导错了", **given(inside)}
    assert histories.take_back_histories(cases=cases, **more) == 2
    assert not Opening.objects.filter(case__in=cases).exists()
    gone = Case.objects.get(pk=cases[0].pk)
    assert (gone.procedure, gone.state, gone.records) == (ASIDE + "baking", State.ENDED, 4)
    assert Record.objects.filter(case=gone).count() == 4
    with pytest.raises(Forbidden):
        actions.reopen(case=gone, reason="再来", on=TODAY, **given(inside))
    again = tell(inside, BAKED, who=("member-1",))
    actions.perform(case=again[0], step="cool", on=date(2024, 3, 9), **given(inside))
    with pytest.raises(Refused, match="1 个后来又办了事"):
        histories.take_back_histories(cases=again, **more)


def test_the_number_of_queries_does_not_grow_with_the_people(inside):
    def count(*who):
        told = [History(inside.person(one), inside.unit("一支部"), (BAKED, COOLED), ("", "")) for one in who]
        more = given(inside)
        with CaptureQueriesContext(connection) as asked:
            cases = histories.record_histories(procedure="baking", histories=told, silent=(), **more)
            histories.take_back_histories(procedure="baking", cases=cases, reason="导错了", **more)
        return len(asked)

    assert count("member-1") == count("member-2", "member-3", "staff")


def test_nothing_is_judged_by_what_came_after_it():
    acts = [
        Done("cool", date(2026, 6, 1), {"posted_on": date(2026, 6, 1), "ended_on": date(2026, 6, 2)}),
        Done("bake", date(2026, 5, 1)),
    ]
    found = judge_told(BAKING, Facts(calendar=WorkCalendar.published()), acts)
    assert [one.rule for one in found[0].findings] == ["order", "cooling"]
    assert found[0].findings[1].article == "9"
    assert found[1].findings == ()
