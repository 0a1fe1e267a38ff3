"""A longer history: ledger entries by the million, through the roll-up trigger like every other entry."""

from django.db import connection

from bench.say import say
from rongpei.activities.partydays.codes import LEDGER_ATTENDED, SOURCE
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.ledger.models import Entry

_BATCH = 500_000

_INSERT = """
INSERT INTO ledger_entry (tenant_id, subject_kind, person_id, kind, occurred_on, class_hours, service_hours, person_times,
  source_kind, source_id, source_label, branch_id, department_id, snapshot, recorded_at)
SELECT p.tenant_id, 'person', p.id, %(kind)s, current_date - ((n * 37 + p.id * 13) %% %(days)s)::int, 0.5, 0, 0,
       %(source)s, n, '量测活动 ' || n, l.branch_id, l.department_id, '{}', now()
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n, people_person p JOIN units_place l ON l.person_id = p.id
"""


def grow(tenant: Tenant, entries: int, days: int) -> None:
    """Add entries of the last `days` until there are so many."""
    with scope([tenant.pk]), connection.cursor() as cursor:
        have = Entry.objects.count()
        cursor.execute(
            "SELECT count(*), (SELECT coalesce(max(source_id), 0) FROM ledger_entry) FROM people_person"
        )
        people, turn = cursor.fetchone()
    while have < entries:
        each = max(1, min(_BATCH, entries - have) // people)
        with scope([tenant.pk]), connection.cursor() as cursor:
            values = {
                "kind": LEDGER_ATTENDED,
                "source": SOURCE,
                "days": days,
                "first": turn + 1,
                "last": turn + each,
            }
            cursor.execute(_INSERT, values)
            have += cursor.rowcount
        turn += each
        say(f"{have:,} entries of {entries:,}")
