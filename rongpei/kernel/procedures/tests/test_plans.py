"""To-dos, overdue list and board read as much as they show, however many cases there are."""

from datetime import date

import pytest
from django.db import connection

from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.deadlines import overdue
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import openings_for, urgent_openings_for
from rongpei.kernel.procedures.todos import procedure_todos

pytestmark = pytest.mark.committing
MANY = 4000
_CASES = """
INSERT INTO procedures_case (tenant_id, procedure, subject_id, unit_id, state, stage, outcome, opened_on, reached_on, records)
SELECT %(tenant)s, 'baking', n, (%(units)s::bigint[])[1 + n %% 2], 'open', 'oven', '', '2025-01-01', '2025-01-01'::date + n %% 300, 1
FROM generate_series(1, %(many)s) n
"""
_OPENINGS = """
INSERT INTO procedures_opening (tenant_id, case_id, procedure, step, holder, unit_id, opens_on, due_on, by_rule)
SELECT tenant_id, id, procedure, step, 'baker', unit_id, '2025-01-01', '2025-06-01'::date + (id % 500)::int, true
FROM procedures_case CROSS JOIN unnest(ARRAY['bake', 'cool']) step WHERE procedure = 'baking'
"""


@pytest.fixture
def crowded(committed_cast, analyze, kitchen):
    house = committed_cast.h1
    with scope([house.tenant.pk]), connection.cursor() as cursor:
        units = [house.unit("一支部").pk, house.unit("二支部").pk]
        cursor.execute(_CASES, {"tenant": house.tenant.pk, "units": units, "many": MANY})
        cursor.execute(_OPENINGS)
    analyze()
    with scope([house.tenant.pk]):
        yield house


def _plan(rows):
    return rows.explain()


def test_the_overdue_list_is_read_in_order_from_its_index(crowded):
    plan = _plan(overdue(date(2026, 6, 1)).filter(tenant=crowded.tenant)[:50])
    assert "procedures_overdue" in plan
    assert "Sort" not in plan


def test_the_board_is_read_in_order_from_its_index(crowded):
    rows = Case.objects.filter(tenant=crowded.tenant, procedure="baking", state="open", stage="oven")
    plan = _plan(rows.order_by("-reached_on", "id")[:50])
    assert "procedures_by_stage" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("number", ["branch_secretary", "party_office", "general_branch_secretary"])
def test_todos_ask_two_questions_whatever_there_is(crowded, number, django_assert_max_num_queries):
    actor = crowded.actor(number)
    with django_assert_max_num_queries(2):
        found = list(procedure_todos(actor, date(2026, 6, 1)))
    assert len(found) <= 50
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)


def test_the_most_urgent_come_first(crowded):
    actor = crowded.actor("branch_secretary")
    before = date(2026, 6, 1)
    rows = urgent_openings_for(actor, before=before)
    assert len(rows) == 50
    wanted = openings_for(actor).filter(due_on__lte=before, opens_on__lte=before)[:50]
    assert [(row.case_id, row.step) for row in rows] == list(wanted.values_list("case_id", "step"))
    cases = Case.objects.filter(pk__in=[row.case_id for row in rows])
    assert set(cases.values_list("unit__name", flat=True)) == {"一支部"}
