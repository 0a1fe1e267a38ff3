"""Whatever acts are tried in whatever order: those the judge lets stand obey the regulation, checked here anew.

The checks below are written without the engine, from the regulation's own sentences.
"""

from datetime import date, timedelta

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.judging import check, offered_steps
from rongpei.pipelines.membership.statutes import MEMBERSHIP

BORN = date(2005, 3, 31)
BEGAN = date(2022, 12, 1)
FULL = {"status": "full"}
PROBATION = {"status": "full", "sanction": "probation_within_party"}
COUNTS = st.fixed_dictionaries(
    {"eligible": st.integers(3, 24), "present": st.integers(0, 24), "yes": st.integers(0, 24), "written_yes": st.integers(0, 6)}
)  # fmt: skip
GOOD = {"eligible": 20, "present": 15, "yes": 12}
DATA = {
    "assign_mentors": st.lists(st.just(FULL), max_size=3).map(lambda found: {"mentors": found}),
    "assign_introducers": st.lists(st.sampled_from([FULL, FULL, PROBATION]), max_size=3).map(lambda found: {"introducers": found}),
    "political_review": st.sampled_from([{"conclusion": "qualified"}, {"conclusion": "unqualified"}]),
    "concentrated_training": st.fixed_dictionaries({"days": st.integers(1, 4), "class_hours": st.integers(20, 26), "passed": st.booleans()}),
    "committee_pre_review": st.booleans().map(lambda passed: {"passed": passed}),
    "branch_admission_meeting": st.just(GOOD) | COUNTS,
    "committee_admission_approval": st.sampled_from([{"body": "party_committee"}, {"body": "general_branch"}, {"approved": False}]),
    "branch_conversion_meeting": st.sampled_from(["convert", "extend"]).map(lambda outcome: {"outcome": outcome, **GOOD}),
    "committee_conversion_approval": st.sampled_from([{"body": "party_committee"}, {"body": "party_group"}]),
    "extend_probation": st.integers(4, 14).map(lambda months: {"months": months, **GOOD}),
}  # fmt: skip
CODES = [step.code for step in MEMBERSHIP.steps if step.code != "cancel_probation"]


@st.composite
def ways(draw):
    """Acts tried one after another, mostly those that are open, and what of them stands."""
    facts = Facts(
        subject={"born_on": BORN}, unit={"full_members": draw(st.integers(2, 30))}, complete=True, ours=True
    )
    on = BEGAN
    for _turn in range(draw(st.integers(5, 60))):
        offered = [step.code for step in offered_steps(MEMBERSHIP, facts)] or CODES
        step = draw(st.sampled_from(offered if draw(st.integers(0, 5)) else CODES))
        on += timedelta(days=draw(st.integers(-5, 60)))
        data = draw(DATA.get(step, st.just({})))
        if check(MEMBERSHIP, step, facts=facts, on=on, data=data).lawful:
            facts = facts.with_done(Done(step, on, data))
    return facts


def _year_after(day):
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


def _one(facts, step):
    found = facts.all_of(step)
    return found[-1] if found else None


@settings(max_examples=150, deadline=None)
@given(facts=ways())
def test_what_stands_obeys_the_regulation(facts):
    applied, activist = _one(facts, "submit_application"), _one(facts, "recommend_and_confirm_activist")
    target, meeting = _one(facts, "propose_development_target"), _one(facts, "branch_admission_meeting")
    approval, conversion = (
        _one(facts, "committee_admission_approval"),
        _one(facts, "branch_conversion_meeting"),
    )
    if applied:
        assert applied.on >= date(2023, 3, 31)
    if target:
        assert target.on >= _year_after(activist.on)
        assert _one(facts, "initial_talk")
    if meeting:
        _admitted(facts, meeting)
    if approval:
        assert meeting
        assert _one(facts, "pre_approval_talk").on <= approval.on
        assert approval.data.get("body") != "general_branch"
    extensions = facts.all_of("extend_probation")
    assert len(extensions) <= 1
    assert all(6 <= one.data["months"] <= 12 for one in extensions)
    if conversion:
        assert conversion.on >= _year_after(meeting.on)
        assert approval.data.get("approved") is not False


def _admitted(facts, meeting):
    assert facts.unit["full_members"] >= 3
    votes = meeting.data
    assert votes["present"] * 2 > votes["eligible"]
    assert (votes["yes"] + votes.get("written_yes", 0)) * 2 > votes["eligible"]
    assert [one["status"] for one in _one(facts, "assign_introducers").data["introducers"]] == [
        "full",
        "full",
    ]
    assert PROBATION not in _one(facts, "assign_introducers").data["introducers"]
    training = _one(facts, "concentrated_training").data
    assert training["days"] >= 3 or training["class_hours"] >= 24
    assert training["passed"]
    assert _one(facts, "political_review").data["conclusion"] == "qualified"
    assert _one(facts, "committee_pre_review").data["passed"]
    steps = [one.step for one in facts.done]
    assert (
        steps.index("committee_pre_review")
        < steps.index("complete_admission_form")
        < steps.index("branch_admission_meeting")
    )


def test_the_ways_reach_far_enough_to_mean_something():
    find(
        ways(),
        lambda facts: facts.last("branch_conversion_meeting"),
        settings=settings(
            max_examples=5000, deadline=None, phases=[Phase.generate]
        ),  # any will do, not the smallest
    )
