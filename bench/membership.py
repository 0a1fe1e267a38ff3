"""Development of members with 100,000 cases: board, lists, to-dos and a case ÷ S."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from bench import databases, hospital
from bench.context import Context
from bench.kept import tenant
from bench.load import cookies, get
from bench.rows import Row
from bench.say import say
from bench.turns import pages_in_turn
from rongpei.ground import clock
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person
from rongpei.org.units.models import Appointment

CASES = 100_000


def measure(context: Context) -> Iterator[Row]:
    """Pages of the office, of a secretary, and their to-dos; floor and pages in turn."""
    with databases.cloned(context.hospital(), "bench_membership") as name:
        databases.use(name)
        say(f"{CASES:,} cases")
        addresses = _filled(CASES)
        databases.leave()
        # As the owner: the application's role may not, and plans without statistics are not what a hospital has.
        databases.vacuum(name)
        with context.site(name) as site, context.floor() as floor:
            requests = {
                page: [get(path, site.port, cookies(cookie))] for page, (path, cookie) in addresses.items()
            }
            yield from pages_in_turn("membership", site, floor, name, requests)


def _filled(cases: int) -> dict[str, tuple[str, str]]:
    """Cases in the database of the environment, and (path, session) of every page."""
    house = tenant()
    with scope([house.pk]):
        head = Appointment.objects.filter(office="secretary").select_related("person").order_by("id").first()
        if head is None:
            raise RuntimeError("no branch has a secretary")
        fill(house, cases)
        office = Person.objects.get(holdings__role="party_office")
        officer, secretary = (guest.session for guest in hospital.open_sessions([office, head.person]))
        first = Case.objects.filter(procedure="membership").order_by("id").values_list("pk", flat=True)[0]
    return {
        "board, of the office": ("/development/", officer),
        "all cases": ("/development/cases/", officer),
        "overdue steps": ("/development/late/", officer),
        "due this month": ("/development/due/", officer),
        "one case": (f"/development/{first}/", officer),
        "home with to-dos, of the office": ("/", officer),
        "board, of a secretary": ("/development/", secretary),
        "overdue steps, of a secretary": ("/development/late/", secretary),
        "home with to-dos, of a secretary": ("/", secretary),
    }


def fill(house: Tenant, cases: int) -> None:
    """People with one open case each, spread over the branches and the five stages; a third of the steps is overdue."""
    today = clock.today()
    facts = {
        "tenant": house.pk, "count": cases, "today": today, "opened": today - timedelta(days=400), "now": clock.now(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM units_unit WHERE kind = 'branch'")
        facts["units"] = cursor.fetchone()[0]
        cursor.execute(_people_sql(cursor), facts)
        cursor.execute(_CASE, facts)
        cursor.execute(_RECORDS, facts)
        cursor.execute(_OPENING, facts)


def _people_sql(cursor: object) -> str:
    """Copies of one person, none with an account, each with a name and a number of its own."""
    changed = {
        "name": "'量测申请' || n", "sort_key": "'liangce' || lpad(n::text, 7, '0')", "initials": "'lcsq'",
        "staff_number": "'M' || n", "user_id": "NULL", "id_index": "''", "id_cipher": "''", "moved_from_id": "NULL",
        "party_status": "'applicant'",
    }  # fmt: skip
    fields = [field for field in Person._meta.concrete_fields if not (field.primary_key or field.generated)]
    columns = [field.column for field in fields]
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    return (
        f"INSERT INTO people_person ({', '.join(columns)}) SELECT {values} FROM"  # noqa: S608 - no input in it
        " (SELECT * FROM people_person ORDER BY id LIMIT 1) t, generate_series(1, %(count)s) n"
    )


_CASE = """
INSERT INTO procedures_case (tenant_id, procedure, person_id, unit_id, state, stage, outcome, opened_on, reached_on, records)
SELECT %(tenant)s, 'membership', p.id, (%(units)s::bigint[])[1 + n %% cardinality(%(units)s::bigint[])], 'open',
  (ARRAY['application','activist','development_target','admission','probation'])[1 + n %% 5], '', %(opened)s,
  %(today)s::date - (n %% 400)::int, 2
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person WHERE initials = 'lcsq') p
"""
_RECORDS = """
INSERT INTO procedures_record (tenant_id, case_id, sequence, kind, step, done_on, data, edition, findings, sound, reason,
  unit_id, recorded_at)
SELECT c.tenant_id, c.id, s, (ARRAY['opened','done'])[s], (ARRAY['','submit_application'])[s], c.opened_on, '{}', '2014',
  '[]', true, '', c.unit_id, %(now)s
FROM procedures_case c JOIN people_person p ON p.id = c.person_id AND p.initials = 'lcsq', generate_series(1, 2) s
ORDER BY c.id, s
"""
_OPENING = """
INSERT INTO procedures_opening (tenant_id, case_id, procedure, step, holder, person_id, unit_id, opens_on, due_on, by_rule)
SELECT tenant_id, id, 'membership',
  (ARRAY['initial_talk','cultivate_and_review','political_review','committee_pre_review','oath_ceremony'])[1 + n %% 5],
  (ARRAY['branch','branch','branch','party_committee','branch'])[1 + n %% 5], person_id, unit_id, %(opened)s,
  %(today)s::date - 100 + (n %% 300)::int, true
FROM (SELECT c.*, row_number() OVER (ORDER BY c.id) AS n FROM procedures_case c
      JOIN people_person p ON p.id = c.person_id AND p.initials = 'lcsq') c
"""
