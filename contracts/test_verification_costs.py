"""What the pages of verification ask: as often for many as for one, and by index with twenty thousand submissions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.cast import Cast, load
from contracts.test_plans import _multiply
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.actions import bind_account, register_person
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.standing import stand_of
from rongpei.pipelines.verification.tests import samples


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    """Tables of the room that a plan reads from end to end."""
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in BIG:
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _scans(part)


BIG = {"verification_application", "verification_submission", "verification_credential"}
PAGES = (
    "/review/",
    "/review/queue/",
    "/review/decided/",
    "/review/service/",
    "/review/templates/",
    "/questions/",
)


def _another(cast: Cast, number: int, *, passed: bool | None) -> None:
    house = cast.operator
    system = System(house.tenant.pk)
    person = register_person(
        actor=system, tenant_id=house.tenant.pk, name=f"申请{number}", staff_number=f"new-{number}"
    )
    user = User.objects.create(tenant=house.tenant, username=f"new-{number}", number=f"new-{number}")
    bind_account(actor=system, person=person, user=user)
    submission = samples.submitted(house, f"new-{number}", id_number=f"id{number}", number=f"{number:015d}")
    reviewer = house.actor("certificate_reviewer")
    if passed is None:
        actions.claim(actor=reviewer, submission=submission, now=clock.now())
    else:
        samples.decided(submission, passed=passed, reviewer=reviewer)
    actions.keep_template(
        actor=system, tenant_id=house.tenant.pk, title=f"模板{number}", body="请重拍。", reasons=[]
    )
    values = {
        "title": f"表{number}",
        "intro": "",
        "purpose": "collect",
        "audience": "verified",
        "profession": "",
        "text": "几篇？[数字]",
    }
    actions.begin_form(actor=system, tenant_id=house.tenant.pk, values=values, now=clock.now())


def _counts(client: Client) -> dict[str, int]:
    found = {}
    for path in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(path).status_code == 200, path
        # Which tenants one works with is kept for a minute, by the clock.
        found[path] = sum("tenancy_tenant" not in one["sql"] for one in caught)
    return found


def test_pages_ask_as_often_for_three_as_for_one(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.operator.user("certificate_reviewer"))
    with scope([cast.operator.tenant.pk]):
        samples.texts_in(cast.operator)
        _another(cast, 1, passed=None)
        _another(cast, 2, passed=False)
    _counts(client)
    one = _counts(client)
    with scope([cast.operator.tenant.pk]):
        for number in range(3, 7):
            _another(cast, number, passed=(None, True, False, None)[number - 3])
    assert _counts(client) == one


def test_the_gate_is_one_statement(cast: Cast) -> None:
    with scope([cast.operator.tenant.pk]):
        actor = cast.operator.actor("outside_hcp")
        stand_of(actor, clock.today())
        with CaptureQueriesContext(connection) as caught:
            stand_of(actor, clock.today())
    assert len(caught) == 1


@pytest.mark.committing
@pytest.mark.slow
def test_lists_and_gate_find_their_rows_by_index(committed: str, analyze: Callable[[], None]) -> None:
    cast = load()
    house = cast.operator
    with scope([house.tenant.pk]):
        submission = samples.decided(
            samples.submitted(house), passed=True, reviewer=house.actor("certificate_reviewer")
        )
        waits = samples.submitted(
            house, "outside_volunteer", id_number="110105194912310038", number="110430122000123"
        )
        case = submission.application.case_id
        _multiply("procedures_case", f"id = {case}", 20_000)
        first = "(SELECT max(id) FROM procedures_case) - 20000"
        _multiply(
            "verification_application", f"id = {submission.application_id}", 20_000, case_id=f"{first} + g"
        )
        made = "(SELECT max(id) FROM verification_application) - 20000"
        day = "now() - (g % 700) * interval '1 day'"
        _multiply(
            "verification_submission", f"id = {submission.pk}", 20_000, application_id=f"{made} + g", decided_at=day,
            submitted_at=f"{day} - interval '5 hours'",
        )  # fmt: skip
        _multiply(
            "verification_credential",
            f"case_id = {case}",
            20_000,
            case_id=f"{first} + g",
            person_id=f"{waits.person_id}",
        )
    analyze()
    client = Client()
    client.force_login(house.user("certificate_reviewer"))
    wrong = []
    with scope([house.tenant.pk]):
        for path in ("/review/", "/review/queue/", "/review/decided/", "/verify/", "/read/"):
            with CaptureQueriesContext(connection) as caught:
                client.get(path)
            for query in caught:
                sql = query["sql"]
                if not sql.startswith("SELECT") or "verification_" not in sql or "COUNT(" in sql:
                    continue
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
                    plan = cursor.fetchone()[0][0]["Plan"]
                wrong += [
                    f"{path}: {table} {sql[:200]}"
                    for table in _scans(plan)
                    if table.startswith("verification_")
                ]
    assert not wrong, "\n".join(wrong)
