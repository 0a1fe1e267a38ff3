"""The board: so many of each stage, numbers that stop at a thousand, and its prepared queries against the ORM's."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.rules import roles_of
from rongpei.pipelines.membership import queries
from rongpei.pipelines.membership.tests.desk import Desk
from rongpei.pipelines.membership.web import board

_CASES = """
INSERT INTO procedures_case (tenant_id, procedure, subject_id, unit_id, state, stage, outcome, opened_on, reached_on, records)
SELECT %(tenant)s, 'membership', n, %(unit)s, 'open', %(stage)s, '', '2025-01-01', '2025-01-01'::date + n, 1
FROM generate_series(1, %(many)s) n
"""


@pytest.fixture
def house(cast):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1


def _crowd(house, stage, many):
    given = {"tenant": house.tenant.pk, "unit": house.unit("一支部").pk, "stage": stage, "many": many}
    with connection.cursor() as cursor:
        cursor.execute(_CASES, given)


def _shown(house):
    client = Client()
    client.force_login(house.user("branch_secretary"))
    return client.get(reverse("membership:board"))


@pytest.mark.parametrize(
    ("many", "number", "rest"),
    [(6, "6", ""), (7, "7", "还有 1 人"), (1000, "1000", "还有 994 人"), (1001, "1000+", "查看全部")],
)
def test_a_stage_shows_six_and_says_how_many_there_are(house, many, number, rest):
    _crowd(house, "activist", many)
    found = {column.url: column for column in _shown(house).context["columns"]}
    column = next(one for url, one in found.items() if "stage=activist" in url)
    assert [column.number_words, column.rest_words, len(column.cards)] == [number, rest, 6]
    waited = [card.reached_on for card in column.cards]
    assert waited == sorted(waited)
    assert waited[0].isoformat() == "2025-01-02"
    assert sum(len(one.cards) for one in found.values()) == 6


def test_the_numbers_lead_to_as_many_names(house):
    _crowd(house, "activist", 8)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procedures_case SET state = 'ended' WHERE subject_id = 8")
    column = next(one for one in _shown(house).context["columns"] if "stage=activist" in one.url)
    client = Client()
    client.force_login(house.user("branch_secretary"))
    assert client.get(column.url).context["list"].total == column.number == 7


def test_a_part_of_a_list_counts_no_tabs(house, django_assert_max_num_queries):
    client = Client()
    client.force_login(house.user("branch_secretary"))
    for page in ("due", "late", "cases"):
        with django_assert_max_num_queries(50) as whole:
            client.get(reverse(f"membership:{page}"))
        with django_assert_max_num_queries(len(whole) - 1):
            client.get(reverse(f"membership:{page}"), headers={"HX-Request": "true"})


@pytest.mark.parametrize("turn", [1, 2])
def test_prepared_queries_of_the_board_answer_what_the_orm_answers(cast, turn):
    today = clock.today()
    seen = set()
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            Desk(house).until("initial_talk")
            for role in roles_of("institution"):
                actor = house.actor(role.value)
                days = {"today": today, "until": today + timedelta(days=31)}
                steps = board._step_numbers(actor=actor, **days)
                assert steps == board._step_numbers.plainly(actor=actor, **days), role
                assert board._stage_numbers(actor=actor) == board._stage_numbers.plainly(actor=actor), role
                waiting = board._longest_waiting(actor=actor)
                assert waiting == board._longest_waiting.plainly(actor=actor), role
                seen.add(len(waiting))
    assert seen == {0, 1}


@pytest.mark.parametrize("turn", [1, 2])
def test_first_pages_of_the_desk_answer_what_the_orm_answers(cast, turn):
    today = clock.today()
    seen = set()
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            Desk(house).until("initial_talk")
            units = (None, house.unit("一支部").pk)
            for role, unit in itertools.product(roles_of("institution"), units):
                given = {"actor": house.actor(role.value), "unit": unit}
                for rows, order in (
                    (queries.listed_cases(**given), ("-reached_on", "-pk")),
                    (queries.listed_ready(**given, today=today + timedelta(days=900)), ("due_on", "pk")),
                    (queries.listed_late(**given, today=today + timedelta(days=900)), ("due_on", "pk")),
                    (
                        queries.listed_due(**given, today=date(2000, 1, 1), until=date(2100, 1, 1)),
                        ("due_on", "pk"),
                    ),
                ):
                    found = rows.first(order, 20, order)
                    assert found == list(rows.plain.order_by(*order)[:20]), role
                    assert rows.counted(2000) == len(found), role
                    seen.add(len(found))
    assert {0, 1} <= seen
