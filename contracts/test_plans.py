"""With 20,000 people of one hospital, lists answer by index, under the policies, as the application's role.

The queries are those that the pages ask: each is caught at its page and explained in the same scope. A count of
a whole hospital reads what it counts; every other query has to find its rows.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import database_url
from contracts.cast import BEGAN, House, load
from contracts.development import case_of
from rongpei.activities.partydays.actions import confirm_meeting, tick_attendance
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.notices.actions import send
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.access.codes import Role
from rongpei.org.people.models import Person
from rongpei.org.units.actions import open_unit
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit

pytestmark = [pytest.mark.committing, pytest.mark.slow]

PEOPLE, BRANCHES = 20_000, 400
BIG = {
    "people_person", "units_place", "ledger_entry", "audit_event", "gatherings_gathering", "gatherings_attendance",
    "partydays_meeting", "notices_notice", "ledger_person_month",
    "procedures_case", "procedures_record", "procedures_opening",
}  # fmt: skip


def _multiply(table: str, where: str, count: int, **changed: str) -> None:
    """Copies of one row (those of `where`, the first), with columns given as SQL of `g`, the copy's number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
            " AND column_name <> 'id'",
            [table],
        )
        columns = [row[0] for row in cursor.fetchall()]
        values = ", ".join(changed.get(name, f"t.{name}") for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"
            f" FROM (SELECT * FROM {table} WHERE {where} LIMIT 1) t, generate_series(1, {count}) g"
        )


def _fill(house: House) -> None:
    """People in four hundred branches, each branch with meetings, everybody with entries and notices."""
    system, tenant = System(house.tenant.pk), house.tenant.pk
    top = house.unit("总支")
    for number in range(BRANCHES):
        open_unit(
            actor=system, tenant_id=tenant, tree=Tree.PARTY, kind=UnitKind.BRANCH, name=f"第{number}支部", parent=top,
            on=BEGAN,
        )  # fmt: skip
    first_unit = Unit.objects.get(tenant=house.tenant, name="第0支部").pk
    meeting, member = house.meeting(), house.person("member-1")
    marks = dict.fromkeys(
        meeting.gathering.attendances.values_list("person_id", flat=True), (Presence.PRESENT, "")
    )
    tick_attendance(actor=system, meeting=meeting, marks=marks, now=clock.now())
    confirm_meeting(actor=system, meeting=meeting, now=clock.now())
    send(actor=system, tenant_id=tenant, reader_ids=[member.pk], title="通知", now=clock.now())
    branch = f"{first_unit} + g % {BRANCHES}"
    _multiply(
        "people_person", f"id = {member.pk}", PEOPLE, staff_number="'bulk-' || g", user_id="NULL", id_index="''",
        name="chr(19968 + g * 7919 % 5000) || chr(19968 + g * 104729 % 6000) || chr(19968 + g % 4000)",
        sort_key="md5(g::text)", initials="translate(left(md5(g::text), 3), '0123456789', 'ghijklmnop')",
    )  # fmt: skip
    first = Person.objects.get(tenant=house.tenant, staff_number="bulk-1").pk
    someone = f"{first} - 1 + g"
    _multiply(
        "units_place",
        f"person_id = {member.pk}",
        PEOPLE,
        person_id=someone,
        branch_id=branch,
        group_id="NULL",
    )
    day = f"DATE '{clock.today()}' - g % 700"
    _multiply(
        "ledger_entry", f"person_id = {member.pk}", PEOPLE, person_id=someone, branch_id=branch, occurred_on=day,
        source_id="g + 1000000",
    )  # fmt: skip
    _multiply("audit_event", f"tenant_id = {tenant} AND kind = 'act'", PEOPLE)
    gathering = meeting.gathering_id
    _multiply("gatherings_gathering", f"id = {gathering}", PEOPLE, unit_id=branch, held_on=day)
    _multiply("notices_batch", f"tenant_id = {tenant}", 10)
    last = "(SELECT max(id) FROM gatherings_gathering)"
    _multiply(
        "partydays_meeting", f"gathering_id = {gathering}", PEOPLE, gathering_id=f"{last} - {PEOPLE} + g"
    )
    _multiply(
        "gatherings_attendance", f"gathering_id = {gathering} AND person_id = {member.pk}", PEOPLE,
        gathering_id=f"{last} - {PEOPLE} + g", person_id=someone, device="NULL",
    )  # fmt: skip
    _multiply("notices_notice", f"reader_id = {member.pk}", PEOPLE, reader_id=someone)
    _fill_development(house, someone, branch, day)


def _fill_development(house: House, someone: str, branch: str, day: str) -> None:
    """A case of everybody, over the stages, with a step open whose date lies on both sides of today."""
    case = case_of(house).pk
    stage = "(ARRAY['application','activist','development_target','admission','probation'])[1 + g % 5]"
    _multiply(
        "procedures_case",
        f"id = {case}",
        PEOPLE,
        person_id=someone,
        unit_id=branch,
        stage=stage,
        reached_on=day,
    )
    copy = f"(SELECT max(id) FROM procedures_case) - {PEOPLE} + g"
    _multiply("procedures_record", f"case_id = {case}", PEOPLE, case_id=copy, unit_id=branch)
    _multiply(
        "procedures_opening", f"case_id = {case}", PEOPLE, case_id=copy, person_id=someone, unit_id=branch,
        due_on=f"{day} + 400",
    )  # fmt: skip


@pytest.fixture
def house(committed: str, analyze: Callable[[], None]) -> House:
    found = load().h1
    with scope([found.tenant.pk]):
        _fill(found)
    analyze()
    return found


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in BIG:
        yield f"{plan['Relation Name']} ({plan['Plan Rows']:.0f} rows, {plan.get('Filter', '')[:150]})"
    for part in plan.get("Plans", ()):
        yield from _scans(part)


def _explained(sql: str, prepared: str) -> list[str]:
    """Scans in the plan for these values and, where the statement is kept prepared, in its plan for any."""
    connection.ensure_connection()
    asked = ["EXPLAIN (FORMAT JSON) " + sql]
    if prepared:
        asked.append("EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + prepared)
    found = []
    with psycopg.RawCursor(connection.connection) as cursor:
        for one in asked:
            row = cursor.execute(one.encode()).fetchone()
            assert row
            found += _scans(row[0][0]["Plan"])
    return found


Path = Callable[[House], str]


def _of(name: str, **query: str) -> Path:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return lambda house: f"{reverse(name)}?{asked}"


def _page(name: str, unit: str = "一支部") -> Path:
    return lambda house: reverse(name, args=[house.unit(unit).pk])


PAGES: dict[str, tuple[Role, Path]] = {
    "people by name": (Role.PARTY_OFFICE, _of("directory:people")),
    "people, a later page": (Role.PARTY_OFFICE, _of("directory:people", page="40")),
    "people of a branch": (Role.BRANCH_SECRETARY, _page("directory:branch")),
    "unit": (Role.PARTY_OFFICE, _page("directory:unit", "第7支部")),
    "entries of a person": (
        Role.BRANCH_SECRETARY, lambda house: reverse("directory:person", args=[house.person("member-1").pk])
    ),
    "entries of a branch": (
        Role.PARTY_OFFICE, lambda house: f"{reverse('directory:ledger')}?branch={house.unit('第7支部').pk}"
    ),
    "entries": (Role.PARTY_OFFICE, _of("directory:ledger")),
    "inbox": (Role.BRANCH_SECRETARY, _of("inbox")),
    "audit": (Role.AUDITOR, _of("access:audit")),
    "meetings": (Role.PARTY_OFFICE, _of("partydays:meetings")),
    "meetings of a unit": (
        Role.PARTY_OFFICE, lambda house: f"{reverse('partydays:meetings')}?unit={house.unit('第7支部').pk}"
    ),
    "home": (Role.BRANCH_SECRETARY, _of("home")),
    "home of an office": (Role.PARTY_OFFICE, _of("home")),
    "meeting": (
        Role.BRANCH_SECRETARY, lambda house: reverse("partydays:meeting", args=[_first_meeting(house)])
    ),
    "search": (Role.PARTY_OFFICE, _of("search", q="bulk-77")),
    "development": (Role.PARTY_OFFICE, _of("membership:board")),
    "development of a branch": (Role.BRANCH_SECRETARY, _of("membership:board")),
    "cases": (Role.PARTY_OFFICE, _of("membership:cases")),
    "cases of a stage": (Role.PARTY_OFFICE, _of("membership:cases", stage="activist", state="open")),
    "cases of a branch": (Role.BRANCH_SECRETARY, _of("membership:cases")),
    "due steps": (Role.PARTY_OFFICE, _of("membership:due")),
    "late steps": (Role.PARTY_OFFICE, _of("membership:late")),
    "late steps of a branch": (Role.BRANCH_SECRETARY, _of("membership:late")),
    "steps that are ready": (Role.BRANCH_SECRETARY, _of("membership:ready")),
    "case": (Role.BRANCH_SECRETARY, lambda house: reverse("membership:case", args=[case_of(house).pk])),
    "approvals": (Role.PARTY_OFFICE, _of("membership:approvals")),
}  # fmt: skip


def _first_meeting(house: House) -> int:
    return Meeting.objects.filter(tenant=house.tenant).earliest("pk").pk


WHOLE = {
    "people by name",
    "people, a later page",
    "entries",
    "meetings",
    "audit",
    "cases",
    "late steps",
}  # nothing narrows their count


def _asked_by(house: House, name: str) -> list[tuple[str, str]]:
    """The queries of a page with the texts kept prepared, settings of the session aside."""
    role, fill = PAGES[name]
    client = Client()
    client.force_login(house.user(role.value))
    with scope([house.tenant.pk]):
        path = fill(house)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, name
    found = [(one["sql"].lstrip(), one.get("prepared", "")) for one in asked.captured_queries]
    selects = [
        one for one in found if one[0].startswith(("SELECT", "(SELECT")) and "set_config" not in one[0]
    ]
    return [one for one in selects if name not in WHOLE or not one[0].startswith("SELECT COUNT(")]


def test_lists_are_answered_by_index(house: House) -> None:
    with scope([house.tenant.pk]), connection.cursor() as cursor:
        for table in BIG:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] >= PEOPLE, table
    said: list[str] = []
    for name in PAGES:
        for sql, prepared in _asked_by(house, name):
            with scope([house.tenant.pk]):
                for scan in _explained(sql, prepared):
                    said.append(f"{name}: {scan}\n    {sql[-700:]}")
    assert not said, "\n".join(said)


def test_the_search_for_people_uses_its_index(house: House, committed: str) -> None:
    """The function that searches runs as the owner of the tables; its body is explained as the owner."""
    with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", committed)) as owner:
        owner.execute("SELECT set_config('rongpei.scope', %s, true)", [str(house.tenant.pk)])
        body = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'people_search'").fetchone()
        assert body
        sql = body[0]
        for name, value in (("asked", "'bulk-77:*'::tsquery"), ("needle", "''::text"), ("most", "50")):
            sql = re.sub(rf"\b{name}\b", value, sql)
        plan = owner.execute(f"EXPLAIN (FORMAT JSON) {sql}").fetchone()
        assert plan
    assert "people_words" in str(plan[0]), plan[0]
    assert not list(_scans(plan[0][0]["Plan"]))


def test_units_below_a_unit_are_found_by_path(house: House) -> None:
    with scope([house.tenant.pk]):
        rows = Unit.objects.filter(path__under=house.unit("第7支部").path).values("id")
        plan = rows.explain()
    assert "Seq Scan" not in plan, plan
    assert "path ^@" in plan, plan
    assert "Index Cond" in plan, plan
