"""The life of a case: one record for everything said, nothing overwritten, what is open always right."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.notices.models import Notice
from rongpei.ground.notices.todos import todos_for
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions, queries
from rongpei.kernel.procedures.actions import Unlawful
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.deadlines import run_deadlines
from rongpei.kernel.procedures.models import Opening, Record
from rongpei.kernel.procedures.todos import unit_calendar

TODAY = date(2026, 6, 30)


@pytest.fixture
def inside(cast, kitchen):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1


def _open(house, **more):
    given = {
        "actor": house.actor("branch_secretary"), "procedure": "baking", "unit": house.unit("一支部"),
        "person": house.person("member-2"), "on": date(2024, 1, 1), "today": TODAY, "now": clock.now(),
    }  # fmt: skip
    return actions.open_case(**given | more)


def _do(house, case, step, on, **more):
    given = {"actor": house.actor("branch_secretary"), "today": TODAY, "now": clock.now()}
    return actions.perform(case=case, step=step, on=on, **given | more)


def _tell(house, do, case, **more):
    given = {
        "actor": house.actor("branch_secretary"), "on": TODAY, "today": TODAY, "now": clock.now(), "reason": "笔误",
    }  # fmt: skip
    found = do(case=case, **given | more)
    case.refresh_from_db()
    return found


def _open_steps(case):
    return list(Opening.objects.filter(case=case).order_by("step").values_list("step", "due_on", "by_rule"))


def test_steps_open_one_another_with_due_dates(inside):
    case = _open(inside)
    assert _open_steps(case) == [("bake", date(2024, 1, 31), False)]
    record = _do(inside, case, "bake", date(2024, 1, 31))
    assert (record.edition, record.findings, record.sound) == ("old", [], True)
    assert _open_steps(case) == [("cool", date(2024, 3, 1), False), ("taste", date(2024, 2, 29), True)]
    case.refresh_from_db()
    assert (case.stage, case.reached_on, case.records) == ("oven", date(2024, 1, 31), 2)


def test_an_unlawful_step_is_refused_with_article_and_date(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2024, 2, 1))
    _do(inside, case, "cool", date(2024, 2, 2))
    with pytest.raises(Unlawful) as refused:
        _do(inside, case, "admit", date(2025, 1, 31))
    assert (refused.value.article, refused.value.code) == ("1", "ripe")
    assert "2025-02-01" in refused.value.remedy
    assert Record.objects.filter(case=case).count() == 3
    _do(inside, case, "admit", date(2025, 2, 1))
    case.refresh_from_db()
    assert (case.state, case.outcome, case.ended_on) == (State.ENDED, "admitted", date(2025, 2, 1))
    assert _open_steps(case) == []


def test_a_late_step_is_recorded_with_a_reason(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2024, 2, 1))
    with pytest.raises(Refused) as refused:
        _do(inside, case, "taste", date(2024, 3, 2))
    assert refused.value.code == "reason"
    record = _do(inside, case, "taste", date(2024, 3, 2), reason="烤箱故障")
    assert record.findings[0]["rule"] == "taste_soon"
    assert record.reason == "烤箱故障"


def test_what_if_writes_nothing(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2024, 2, 1))
    before = Record.objects.count(), Opening.objects.count()
    found = queries.findings_if(case, "admit", on=date(2024, 12, 1))
    assert [one.rule for one in found.findings] == ["order", "ripe"]
    assert [(step.code, judged.lawful) for step, judged in queries.open_steps(case, date(2026, 6, 1))] == [
        ("cool", True), ("taste", True),
    ]  # fmt: skip
    assert (Record.objects.count(), Opening.objects.count()) == before


def test_no_future_and_no_second_case(inside):
    case = _open(inside)
    with pytest.raises(Refused, match="将来"):
        _do(inside, case, "bake", date(2026, 7, 1))
    with pytest.raises(Refused, match="已有"):
        _open(inside)


def test_a_correction_is_another_record(inside):
    case = _open(inside)
    first = _do(inside, case, "bake", date(2024, 2, 1), data={"sugar": 3})
    _do(inside, case, "cool", date(2024, 2, 10))
    second = _tell(inside, actions.correct, case, record=first, on=date(2024, 2, 3), data={"sugar": 4})
    assert [one.done for one in queries.standing_of(case)][0].on == date(2024, 2, 3)
    assert Record.objects.get(pk=first.pk).data == {"sugar": 3}
    assert second.supersedes_id == first.pk
    with pytest.raises(Refused, match="不合规定"):
        _tell(inside, actions.correct, case, record=second, on=date(2024, 2, 11))
    with pytest.raises(Unlawful):
        _tell(inside, actions.correct, case, record=second, on=date(2024, 2, 3), data={"sugar": 40})
    with pytest.raises(Refused, match="已被更正"):
        _tell(inside, actions.correct, case, record=first, on=date(2024, 2, 3))
    with pytest.raises(Refused, match="原因"):
        _tell(inside, actions.correct, case, record=second, on=date(2024, 2, 4), reason=" ")


def test_a_return_opens_the_step_again(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2024, 2, 1))
    _do(inside, case, "taste", date(2024, 2, 2))
    _do(inside, case, "cool", date(2024, 2, 3))
    _tell(inside, actions.return_case, case, step="cool")
    assert [one.done.step for one in queries.standing_of(case)] == ["bake"]
    assert {step for step, _due, _rule in _open_steps(case)} == {"cool", "taste"}
    assert Record.objects.filter(case=case).count() == 5
    with pytest.raises(Refused):
        _tell(inside, actions.return_case, case, step="cool")


def test_suspend_resume_end_reopen(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2024, 2, 1))
    _tell(inside, actions.suspend, case)
    assert _open_steps(case) == []
    with pytest.raises(Refused, match="中止"):
        _do(inside, case, "cool", date(2024, 2, 3))
    _tell(inside, actions.resume, case)
    assert [step for step, _due, _rule in _open_steps(case)] == ["cool", "taste"]
    _tell(inside, actions.end, case, outcome="withdrawn")
    assert (case.state, case.outcome, case.ended_on) == (State.ENDED, "withdrawn", TODAY)
    with pytest.raises(Refused):
        _do(inside, case, "cool", date(2024, 2, 3))
    _tell(inside, actions.reopen, case)
    assert (case.state, case.outcome, case.ended_on) == (State.OPEN, "", None)
    _do(inside, case, "cool", date(2024, 2, 3))


def test_a_transfer_keeps_the_time_running(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2024, 2, 1))
    _tell(
        inside, actions.transfer, case, unit=inside.unit("二支部"), on=date(2024, 6, 1),
        actor=inside.actor("party_office"),
    )  # fmt: skip
    assert Opening.objects.filter(case=case, unit=inside.unit("二支部")).count() == 2
    with pytest.raises(Forbidden):
        _do(inside, case, "cool", date(2024, 7, 1))
    office = inside.actor("party_office")
    _do(inside, case, "cool", date(2024, 7, 1), actor=office)
    assert queries.findings_if(case, "admit", on=date(2025, 2, 1)).lawful


def test_records_are_append_only(inside):
    case = _open(inside)
    for statement in ("UPDATE procedures_record SET reason = 'x'", "DELETE FROM procedures_record"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Record.objects.filter(case=case).count() == 1


def test_todos_go_to_those_who_act_and_then_to_those_above(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2026, 5, 1))
    secretary, member = inside.actor("branch_secretary"), inside.actor("member-2")
    above = inside.actor("general_branch_secretary")

    def keys(actor):
        return [one.key for one in todos_for(actor, TODAY) if one.key.startswith("procedures.")]

    assert keys(secretary) == [f"procedures.cool:{case.pk}"]
    assert keys(member) == [f"procedures.taste:{case.pk}"]
    assert keys(above) == []
    _run(inside, date(2026, 5, 20))
    assert keys(above) == []
    assert _run(inside, date(2026, 6, 9)) == {"reminded": 2, "escalated": 1}
    assert keys(above) == [f"procedures.taste:{case.pk}"]
    assert b"procedures.cool" in unit_calendar(
        inside.unit("总支"),
        procedure=case.procedure,
        without=0,
        now=clock.now(),
        public_url="https://x.example",
    )


def _run(house, on):
    from rongpei.ground.accounts.actor import System

    system = System(house.tenant.pk)
    return run_deadlines(actor=system, tenant_id=house.tenant.pk, on=on, now=clock.now())


def test_the_nightly_run_reminds_once_and_climbs_step_by_step(inside):
    case = _open(inside)
    _do(inside, case, "bake", date(2026, 5, 1))
    told = Notice.objects.count()
    assert _run(inside, date(2026, 5, 23)) == {"reminded": 0, "escalated": 0}
    assert _run(inside, date(2026, 5, 24)) == {"reminded": 1, "escalated": 0}
    assert Notice.objects.count() == told + 2
    assert _run(inside, date(2026, 5, 25)) == {"reminded": 1, "escalated": 0}
    assert Notice.objects.count() == told + 3  # secretary and organisation officer; the person's own step
    assert _run(inside, date(2026, 5, 25)) == {"reminded": 0, "escalated": 0}
    assert _run(inside, date(2026, 6, 8)) == {"reminded": 0, "escalated": 0}
    assert _run(inside, date(2026, 6, 9)) == {"reminded": 0, "escalated": 1}
    assert Opening.objects.get(case=case, step="taste").escalated_to == inside.unit("总支")
    assert _run(inside, date(2026, 6, 16)) == {"reminded": 0, "escalated": 0}
    assert _run(inside, date(2026, 6, 17)) == {"reminded": 0, "escalated": 1}
    assert Opening.objects.get(case=case, step="taste").escalated_to == inside.unit("党委")
    assert _run(inside, date(2026, 6, 30)) == {"reminded": 0, "escalated": 0}


@pytest.mark.parametrize("count", [1, 3])
def test_the_nightly_run_asks_the_same_number_of_questions_whatever_there_is(
    inside, count, django_assert_max_num_queries
):
    for number in range(1, count + 1):
        case = _open(inside, person=inside.person(f"member-{number}"))
        _do(inside, case, "bake", date(2026, 1, 1))
    with django_assert_max_num_queries(40):
        _run(inside, date(2026, 5, 25))


def test_another_branch_may_not_act(inside):
    case = _open(inside)
    for number in ("staff", "member-1", "department_head"):
        with pytest.raises(Forbidden):
            _do(inside, case, "bake", date(2024, 2, 1), actor=inside.actor(number))
