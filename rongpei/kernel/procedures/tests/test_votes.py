"""Two faces of a vote, and ballots that reconcile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongpei.kernel.procedures.votes import Ballots, conflicts, election, resolution

COUNT = st.integers(min_value=0, max_value=300)


@pytest.mark.parametrize(
    ("eligible", "present", "yes", "written", "quorate", "carried"),
    [
        (20, 11, 11, 0, True, True), (20, 10, 10, 5, False, False), (20, 10, 0, 8, False, False),
        (21, 11, 10, 1, True, True), (21, 11, 10, 0, True, False), (20, 11, 10, 0, True, False),
        (21, 10, 10, 11, False, False), (0, 0, 0, 0, False, False), (1, 1, 1, 0, True, True),
    ],
)  # fmt: skip
def test_a_resolution_counts_all_entitled(eligible, present, yes, written, quorate, carried):
    result = resolution(Ballots(eligible=eligible, present=present, yes=yes, written_yes=written))
    assert (result.quorate, result.carried) == (quorate, carried)


@pytest.mark.parametrize(
    ("eligible", "present", "yes", "quorate", "carried"),
    [(20, 16, 9, True, True), (20, 16, 8, True, False), (20, 15, 15, False, False), (21, 17, 9, True, True), (21, 16, 16, False, False)],
)  # fmt: skip
def test_an_election_counts_those_present(eligible, present, yes, quorate, carried):
    result = election(Ballots(eligible=eligible, present=present, yes=yes, written_yes=99))
    assert (result.quorate, result.carried) == (quorate, carried)


@given(eligible=COUNT, present=COUNT, yes=COUNT, written=COUNT)
def test_need_is_the_least_that_suffices(eligible, present, yes, written):
    result = resolution(Ballots(eligible=eligible, present=present, yes=yes, written_yes=written))
    assert result.quorate == (present >= result.need_present)
    assert result.carried == (result.quorate and yes + written >= result.need_yes)
    assert 2 * (result.need_yes - 1) <= eligible < 2 * result.need_yes


@given(eligible=COUNT, present=COUNT, yes=COUNT)
def test_written_votes_never_make_a_quorum(eligible, present, yes):
    without = resolution(Ballots(eligible=eligible, present=present, yes=yes))
    with_written = resolution(Ballots(eligible=eligible, present=present, yes=yes, written_yes=300))
    assert without.quorate == with_written.quorate


@given(eligible=COUNT, present=COUNT, yes=COUNT)
def test_election_need(eligible, present, yes):
    result = election(Ballots(eligible=eligible, present=present, yes=yes))
    assert result.quorate == (5 * present >= 4 * eligible) == (present >= result.need_present)
    assert result.carried == (result.quorate and 2 * yes > present)


def test_what_is_not_given_is_not_judged():
    assert resolution(Ballots()).quorate is None
    assert resolution(Ballots(eligible=20, present=11)).carried is None
    assert list(conflicts(Ballots(yes=5))) == []


@pytest.mark.parametrize(
    ("ballots", "wrong"),
    [
        (Ballots(20, 15, 15, 15, 15, 14, 1, 0, 3, 0), False),
        (Ballots(20, 15, 15, 14, 13, 12, 1, 0, 5, 0), False),
        (Ballots(20, 21), True),
        (Ballots(20, 15, 16), True),
        (Ballots(20, 15, 15, 16), True),
        (Ballots(20, 15, 15, 15, 16), True),
        (Ballots(20, 15, 15, 15, 14, 14, 1, 0), True),
        (Ballots(20, 15, 15, 15, 15, 13, 1, 0), True),
        (Ballots(20, 15, written_yes=5, written_no=1), True),
        (Ballots(20, 15, yes=10), False),
    ],
)
def test_ballots_reconcile(ballots, wrong):
    assert bool(list(conflicts(ballots))) is wrong
