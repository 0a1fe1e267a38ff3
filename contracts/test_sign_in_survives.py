"""kill -9 of a web worker, the job worker and the database during 2,000 sign-ins: nothing acknowledged is lost.

A promise is worth what its control is worth: with a database that acknowledges before it writes, the same blow
and the same count must find lost people.
"""

import time
from collections.abc import Callable, Iterator

import pytest

from bench.survival import Blow, Installation, Storm, judge

PEOPLE = 2000
ROUNDS = 4
pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A production installation with durable settings, in a folder of its own."""
    made = Installation(tmp_path_factory.mktemp("survives") / "data", people=PEOPLE, meetings=1 + ROUNDS)
    yield made
    made.cluster.stop()


def _within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether it becomes true: the supervisor needs a moment."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.2)
    return true()


def test_what_was_acknowledged_is_stored_exactly_once(installation: Installation) -> None:
    meeting = installation.meetings[0]
    with installation as place:
        blows = [
            Blow(250, "web worker", place.kill_web_worker),
            Blow(600, "job worker", place.kill_job_worker),
            Blow(1000, "database", place.kill_database),
            Blow(1400, "web server", place.kill_web_server),
        ]
        storm = Storm(place, meeting, blows)
        outcome, acknowledged = storm.hold(place.guests)
        assert [blow.name for blow in storm.struck] == ["web worker", "job worker", "database", "web server"]
        assert outcome.failures, "no blow was felt"
        assert len(acknowledged) == PEOPLE, (outcome.errors, outcome.statuses)
        place.await_answer(15)
        stored = place.stored(meeting)
        verdict = judge(acknowledged, stored)
        assert not verdict.lost
        assert not verdict.doubled
        assert stored.keys() == {guest.person_id for guest in place.guests}
        assert _within(30, place.job_worker_alive)


def test_the_count_finds_what_a_careless_database_loses(installation: Installation) -> None:
    """Runs after the other: from here on the database acknowledges before it writes."""
    installation.careless()
    lost: frozenset[int] = frozenset()
    with installation as place:
        for meeting in place.meetings[1:]:
            storm = Storm(place, meeting, [Blow(200, "database", place.kill_database)])
            _outcome, acknowledged = storm.hold(place.guests[:400])
            place.await_answer(60)
            lost = judge(acknowledged, place.stored(meeting)).lost
            if lost:
                break
    assert lost, "the control lost nothing, so the count proves nothing"
