"""Many queries in one statement find what each finds alone."""

from datetime import timedelta
from itertools import chain

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.cast import Cast
from rongpei.activities.partydays import queries as meetings
from rongpei.activities.partydays.todos import _asked_today, _unanswered
from rongpei.ground import clock
from rongpei.ground.notices import todos
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.tenancy.together import Asked, which_have_rows
from rongpei.org.access.rules import roles_of


def test_which_have_rows_is_what_each_query_says_and_one_statement(cast: Cast) -> None:
    today = clock.today()
    with scope([cast.h1.tenant.pk]):
        actor = cast.h1.actor("branch_secretary")
        asked = [
            Asked(_asked_today, {"person_id": actor.person_id, "on": today}),
            Asked(meetings._held_between, {"actor": actor, "first": today.replace(day=1), "after": today + timedelta(days=40)}),
            Asked(_unanswered, {"person_id": actor.person_id, "on": today}),
            Asked(meetings._held_between, {"actor": actor, "first": today, "after": today}),
        ]  # fmt: skip
        alone = [bool(query(**given)) for query, given in asked]
        assert set(alone) == {True, False}
        for _turn in range(2):
            with CaptureQueriesContext(connection) as caught:
                assert which_have_rows(asked) == alone
            assert len(caught) == 1
        assert which_have_rows([]) == []


def test_nobody_misses_a_to_do_because_its_source_was_not_asked(cast: Cast) -> None:
    today, seen = clock.today(), set()
    with scope([cast.h1.tenant.pk]):
        for role in roles_of("institution"):
            actor = cast.h1.actor(role.value)
            plainly = {
                one.key for one in chain.from_iterable(told(actor, today) for told in todos._providers)
            }
            assert {one.key for one in todos.todos_for(actor, today)} == plainly, role
            seen |= {key.split(":")[0] for key in plainly}
    assert len(seen) >= 3, seen
