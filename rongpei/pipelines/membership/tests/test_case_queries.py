"""The prepared queries behind a case's page answer what the ORM answers, and a rule alone makes its facts be counted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.judging import check
from rongpei.kernel.procedures.queries import facts_of, full_history, history_of
from rongpei.org.access.rules import roles_of
from rongpei.pipelines.membership import preparing, queries
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.tests.desk import TODAY, Desk
from rongpei.pipelines.membership.web import reach
from rongpei.pipelines.membership.web.caseview import view


@pytest.mark.parametrize("turn", [1, 2])
def test_prepared_queries_of_a_case_answer_what_the_orm_answers(cast, turn):
    seen = set()
    for house in (cast.h1, cast.h2):
        with scope([house.tenant.pk]):
            case = Desk(house).until("assign_introducers").case
            history = full_history(case_id=case.pk)
            assert history == list(history_of(case))
            assert [(one.data, one.findings, one.unit) for one in history] == [
                (one.data, one.findings, one.unit) for one in history_of(case).select_related("unit")
            ]
            assert len(history) > 8
            for query, given in (
                (view._helpers_of, {"case_id": case.pk}),
                (preparing._special_rules, {"tenant_id": case.tenant_id}),
                (queries._openings, {"case_ids": [case.pk]}),
                (
                    queries._names,
                    {"ids": [one.pk for one in (house.person("member-1"), house.person("staff"))]},
                ),
            ):
                assert query(**given) == query.plainly(**given), query
            for role in roles_of("institution"):
                given = {"actor": house.actor(role.value), "pk": case.pk}
                found = reach._on_desk(**given)
                assert found == reach._on_desk.plainly(**given), role
                seen.add(len(found))
    assert seen == {0, 1}


def test_only_a_rule_that_asks_has_the_branch_counted(cast):
    with scope([cast.h1.tenant.pk]):
        case = Desk(cast.h1).until("assign_mentors").case
        with CaptureQueriesContext(connection) as asked:
            facts = facts_of(case, TODAY)
            check(MEMBERSHIP, "cultivate_and_review", facts=facts, on=TODAY, data={})
        assert not [one for one in asked.captured_queries if "units_posting" in one["sql"]]
        with CaptureQueriesContext(connection) as asked:
            check(MEMBERSHIP, "branch_admission_meeting", facts=facts, on=TODAY, data={"eligible": 5})
            assert facts.unit["full_members"] == preparing.full_members_on(case.unit, TODAY)
        assert [one for one in asked.captured_queries if "units_posting" in one["sql"]]
