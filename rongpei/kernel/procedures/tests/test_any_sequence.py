"""Whatever is called in whatever order: no unlawful state, no history overwritten, no record lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions, histories
from rongpei.kernel.procedures.codes import ASIDE, State
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.judging import check, offered_steps
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.kernel.procedures.queries import facts_of, history_of
from rongpei.kernel.procedures.registry import History
from rongpei.kernel.procedures.tests.baking import BAKING

TODAY = date(2026, 6, 30)
DAYS = st.integers(min_value=0, max_value=900).map(lambda days: date(2024, 1, 1) + timedelta(days=days))
STEPS = st.sampled_from([step.code for step in BAKING.steps])
DATA = st.sampled_from(
    [{}, {"sugar": 3}, {"sugar": 11}, {"eligible": 9, "present": 9, "yes": 9}, {"eligible": 9, "present": 4}]
)
REASON = st.sampled_from(["", "补录"])


class Kitchen(RuleBasedStateMachine):
    """One case of the bakery; `house` is set by the test, each example ends the case before it."""

    house = None

    def __init__(self):
        super().__init__()
        with scope([self.house.tenant.pk]):
            Opening.objects.all().delete()
            Case.objects.update(state=State.ENDED)
            self.case = actions.open_case(
                procedure="baking", unit=self.house.unit("一支部"), person=self.house.person("member-2"),
                on=date(2024, 1, 1), **self.given(),
            )  # fmt: skip
            self.seen = []

    @initialize(acts=st.lists(st.builds(Done, STEPS, DAYS, DATA), max_size=4))
    def may_begin_with_what_an_old_book_tells(self, acts):
        if not acts:
            return
        with scope([self.house.tenant.pk]):
            told = History(
                self.house.person("member-1"), self.house.unit("一支部"), tuple(acts), ("",) * len(acts)
            )
            [self.case] = histories.record_histories(
                procedure="baking", histories=[told], silent=["cool"], **self.given()
            )
            self.case = Case.objects.select_related("unit", "person").get(pk=self.case.pk)
        self.seen = []

    def given(self):
        return {"actor": self.house.actor("party_office"), "today": TODAY, "now": clock.now()}

    def attempt(self, do, **more):
        with scope([self.house.tenant.pk]):
            before = list(history_of(self.case).values())
            try:
                do(case=self.case, **self.given() | more)
            except Refused:
                assert list(history_of(self.case).values()) == before
            self.case = Case.objects.select_related("unit", "person").get(pk=self.case.pk)

    @rule(step=STEPS, on=DAYS, data=DATA, reason=REASON)
    def perform(self, step, on, data, reason):
        self.attempt(actions.perform, step=step, on=on, data=data, reason=reason)

    @rule(after=st.integers(0, 400), reason=REASON)
    def perform_what_is_open(self, after, reason):
        with scope([self.house.tenant.pk]):
            opening = Opening.objects.filter(case=self.case).order_by("-step").first()
        if opening:
            on = min(opening.opens_on + timedelta(days=after), TODAY)
            self.attempt(actions.perform, step=opening.step, on=on, reason=reason)

    @rule(index=st.integers(0, 20), on=DAYS, data=DATA)
    def correct(self, index, on, data):
        with scope([self.house.tenant.pk]):
            records = list(history_of(self.case))
        self.attempt(actions.correct, record=records[index % len(records)], on=on, data=data, reason="笔误")

    @rule(step=STEPS)
    def send_back(self, step):
        self.attempt(actions.return_case, step=step, on=TODAY, reason="材料不全")

    @rule()
    def suspend(self):
        self.attempt(actions.suspend, on=TODAY, reason="外出")

    @precondition(lambda self: self.case.state == State.SUSPENDED)
    @rule()
    def resume(self):
        self.attempt(actions.resume, on=TODAY, reason="返岗")

    @rule()
    def end(self):
        self.attempt(actions.end, outcome="withdrawn", on=TODAY, reason="本人")

    @precondition(lambda self: self.case.state == State.ENDED)
    @rule()
    def reopen(self):
        self.attempt(actions.reopen, on=TODAY, reason="重来")

    @rule(name=st.sampled_from(["一支部", "二支部"]))
    def transfer(self, name):
        with scope([self.house.tenant.pk]):
            unit = self.house.unit(name)
        self.attempt(actions.transfer, unit=unit, on=TODAY)

    @rule()
    def take_back(self):
        def do(*, case, **more):
            histories.take_back_histories(cases=[case], procedure="baking", reason="导错了", **more)

        self.attempt(do)

    @property
    def is_aside(self):
        return self.case.procedure.startswith(ASIDE)

    @invariant()
    def history_only_grows(self):
        with scope([self.house.tenant.pk]):
            rows = list(history_of(self.case).values())
        assert rows[: len(self.seen)] == self.seen
        assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
        assert self.case.records == len(rows)
        self.seen = rows

    @precondition(lambda self: not self.is_aside)
    @invariant()
    def everything_that_stands_is_lawful_or_was_told(self):
        with scope([self.house.tenant.pk]):
            facts = facts_of(self.case, TODAY)
        for index, done in enumerate(facts.done):
            earlier = replace(facts, done=facts.done[:index])
            assert done.told or check(BAKING, done.step, facts=earlier, on=done.on, data=done.data).lawful
            assert done.on <= TODAY

    @precondition(lambda self: not self.is_aside)
    @invariant()
    def what_is_open_is_what_may_be_taken_up(self):
        with scope([self.house.tenant.pk]):
            steps = set(Opening.objects.filter(case=self.case).values_list("step", flat=True))
            facts = facts_of(self.case, TODAY)
        offered = {step.code for step in offered_steps(BAKING, facts)}
        assert steps == (offered if self.case.state == State.OPEN else set())


@pytest.mark.slow
@pytest.mark.committing
def test_any_sequence(committed_cast, kitchen):
    Kitchen.house = committed_cast.h1
    run_state_machine_as_test(
        Kitchen,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
