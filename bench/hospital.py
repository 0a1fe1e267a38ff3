"""A hospital to measure with: 2,600 people, 26 branches, two years of meetings. The same every time.

People come through the real roster import; accounts, offices and meetings are written in bulk.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from rongpei.activities.partydays.codes import LEDGER_ATTENDED, SOURCE, MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.bulk import insert_rows, next_ids, update_rows
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.models import Gathering, Sitting
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.people.models import Person
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.people.roster.writing import write_roster
from rongpei.org.units.actions import open_unit
from rongpei.org.units.codes import Office, Tree, UnitKind
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.roster.actions import import_roster, upload_roster
from rongpei.org.units.roster.running import look_at

PEOPLE, BRANCHES, DEPARTMENTS, MONTHS = 2600, 26, 60, 24
BEGAN = date(2015, 1, 1)
_BACKEND = "rongpei.ground.accounts.signing.NumberOrNameBackend"


@dataclass(frozen=True)
class Guest:
    """Somebody who can sign in: ids, and the cookie of an open session."""

    user_id: int
    person_id: int
    session: str


def build(people: int = PEOPLE, branches: int = BRANCHES, months: int = MONTHS) -> Tenant:
    """Fill an empty database."""
    tenant = Tenant.objects.create(kind=TenantKind.INSTITUTION, code="BENCH", name="量测医院")
    with scope([tenant.pk]):
        open_house(tenant, branches)
        hire(tenant, people, branches)
        open_accounts(tenant)
        fill_offices(tenant)
        if months:
            hold_meetings(tenant, months)
    return tenant


def names(branches: int = BRANCHES) -> tuple[list[str], list[str]]:
    """Names of departments and branches."""
    return [f"量测{n:02}科" for n in range(1, DEPARTMENTS + 1)], [
        f"量测第{n:02}党支部" for n in range(1, branches + 1)
    ]


def open_house(tenant: Tenant, branches: int) -> None:
    """Both trees."""
    root = _open(tenant, Tree.ADMIN, UnitKind.HOSPITAL, tenant.name, None)
    committee = _open(tenant, Tree.PARTY, UnitKind.COMMITTEE, "量测党委", None)
    departments, cells = names(branches)
    for name in departments:
        _open(tenant, Tree.ADMIN, UnitKind.DEPARTMENT, name, root)
    for name in cells:
        _open(tenant, Tree.PARTY, UnitKind.BRANCH, name, committee)


def _open(tenant: Tenant, tree: Tree, kind: UnitKind, name: str, parent: Unit | None) -> Unit:
    system = System(tenant.pk)
    return open_unit(
        actor=system, tenant_id=tenant.pk, tree=tree, kind=kind, name=name, parent=parent, on=BEGAN
    )


def hire(tenant: Tenant, people: int, branches: int) -> None:
    """People, through the roster import."""
    departments, cells = names(branches)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(workbook(people, departments, cells))
        import_workbook(tenant, path)


def workbook(people: int, departments: Sequence[str], cells: Sequence[str], seed: int = 7) -> bytes:
    """A roster of so many rows."""
    target = BytesIO()
    rows = ({**row, "party_post": ""} for row in sample_rows(people, seed, departments, cells))
    write_roster(target, rows)
    return target.getvalue()


def import_workbook(tenant: Tenant, path: Path) -> int:
    """Look at it and import it, as the worker does; gives the number of people."""
    look = look_at(tenant_id=tenant.pk, path=path, filename=path.name)
    system = System(tenant.pk)
    run = upload_roster(
        actor=system, tenant_id=tenant.pk, filename=path.name, stored_name="", roster_on=clock.today(), now=clock.now()
    )  # fmt: skip
    errors = look.checked.error_count
    import_roster(actor=system, run=run, found=look.found, error_count=errors, now=clock.now())
    return len(look.found.new)


def open_accounts(tenant: Tenant) -> None:
    """An account for everybody who has none; nobody can sign in with its password."""
    people = list(Person.objects.filter(user=None).order_by("id").values_list("id", "staff_number"))
    ids = next_ids(User, len(people))
    locked, now = make_password(None), timezone.now()
    columns = (
        "id", "password", "tenant_id", "username", "number", "email", "is_active", "joined_at",
    )  # fmt: skip
    rows = (
        (ident, locked, tenant.pk, f"{tenant.code}-{number}", number, "", True, now)
        for ident, (_person, number) in zip(ids, people, strict=True)
    )
    insert_rows(User, columns, rows)
    update_rows(Person, ["user_id"], zip([person for person, _number in people], ids, strict=True))


def fill_offices(tenant: Tenant) -> None:
    """A secretary for every branch, and one holder of each office of the house."""
    on = BEGAN
    root = Unit.objects.get(tenant=tenant, kind=UnitKind.HOSPITAL)
    branches = Unit.objects.filter(tenant=tenant, kind=UnitKind.BRANCH).order_by("id")
    for branch in branches:
        person = Person.objects.filter(place__branch=branch, party_status="full").order_by("id").first()
        if person is not None:
            Appointment.objects.create(
                tenant=tenant, person=person, unit=branch, office=Office.SECRETARY, starts_on=on
            )
    plain = Person.objects.filter(party_status="none").order_by("id")
    for person, role in zip(
        plain[:4], (Role.PARTY_OFFICE, Role.HOSPITAL_LEADER, Role.HR_OFFICE, Role.AUDITOR), strict=True
    ):
        Holding.objects.create(tenant=tenant, person=person, role=role, unit=root, starts_on=on)


def hold_meetings(tenant: Tenant, months: int, each: int = 2) -> None:
    """Confirmed meetings of every branch, `each` a month, with lists and entries; and one planned for tomorrow."""
    today = clock.today()
    branches = list(Unit.objects.filter(tenant=tenant, kind=UnitKind.BRANCH).order_by("id"))
    days = [
        today - timedelta(days=30 * month + 7 * turn)
        for month in range(1, months + 1)
        for turn in range(each)
    ]
    plan = [(branch, day, "confirmed") for branch in branches for day in days]
    plan += [(branch, today + timedelta(days=1), "planned") for branch in branches]
    gatherings, meetings = next_ids(Gathering, len(plan)), next_ids(Meeting, len(plan))
    insert_rows(
        Gathering,
        ("id", "tenant_id", "unit_id", "title", "held_on", "state", "created_at"),
        (
            (ident, tenant.pk, branch.pk, f"{day:%Y年%m月}主题党日", day, state, at(day, 9))
            for ident, (branch, day, state) in zip(gatherings, plan, strict=True)
        ),
    )
    insert_rows(
        Sitting,
        ("tenant_id", "gathering_id", "starts_at", "ends_at", "location", "mode", "secret"),
        (
            (tenant.pk, ident, at(day, 16), at(day, 18), "会议室", "on_site", secrets.token_hex(24))
            for ident, (_branch, day, _state) in zip(gatherings, plan, strict=True)
        ),
    )
    columns = (
        "id", "tenant_id", "gathering_id", "kind", "class_hours", "agenda", "minutes", "resolution",
        "entered_later_reason", "confirmed_at", "confirmations",
    )  # fmt: skip
    insert_rows(
        Meeting,
        columns,
        (
            (
                meeting, tenant.pk, gathering, MeetingKind.THEME_DAY.value, Decimal(2), "学习", "讨论", "", "",
                at(day, 20) if state == "confirmed" else None, 1 if state == "confirmed" else 0,
            )
            for meeting, gathering, (_branch, day, state) in zip(meetings, gatherings, plan, strict=True)
        ),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ATTEND)
        cursor.execute(_ENTER, {"kind": LEDGER_ATTENDED, "source": SOURCE})


_ATTEND = """
INSERT INTO gatherings_attendance (tenant_id, gathering_id, person_id, part, presence, means, reason, marked_at)
SELECT g.tenant_id, g.id, l.person_id, 'attendee',
       CASE WHEN g.state = 'planned' THEN 'expected' WHEN (g.id + l.person_id) % 10 = 0 THEN 'absent' ELSE 'present' END,
       CASE WHEN g.state = 'planned' THEN '' ELSE 'code' END, '', CASE WHEN g.state = 'planned' THEN NULL ELSE g.created_at END
FROM gatherings_gathering g JOIN units_place l ON l.branch_id = g.unit_id
JOIN people_person p ON p.id = l.person_id AND p.party_status IN ('full', 'probationary')
"""
_ENTER = """
INSERT INTO ledger_entry (tenant_id, subject_kind, person_id, kind, occurred_on, class_hours, service_hours, person_times,
  source_kind, source_id, source_label, branch_id, department_id, snapshot, recorded_at)
SELECT a.tenant_id, 'person', a.person_id, %(kind)s, g.held_on, 2, 0, 0, %(source)s, m.id, g.title, l.branch_id,
       l.department_id, '{"party_status": "full"}', m.confirmed_at
FROM gatherings_attendance a JOIN gatherings_gathering g ON g.id = a.gathering_id
JOIN partydays_meeting m ON m.gathering_id = g.id JOIN units_place l ON l.person_id = a.person_id
WHERE a.presence = 'present'
"""


def at(day: date, hour: int) -> datetime:
    """An instant of a day in the hospital's time."""
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


def open_meeting(tenant: Tenant, *, unit: Unit | None = None, expected: int = 0) -> tuple[int, int, str]:
    """A meeting of today; gives gathering, sitting and the sitting's secret. The first `expected` people are listed."""
    unit = unit or Unit.objects.get(tenant=tenant, kind=UnitKind.COMMITTEE)
    today, now = clock.today(), clock.now()
    gathering = Gathering.objects.create(
        tenant=tenant, unit=unit, title="全院党员大会", held_on=today, created_at=now
    )
    sitting = Sitting.objects.create(
        tenant=tenant, gathering=gathering, starts_at=now, ends_at=now + timedelta(hours=2), location="报告厅",
        secret=secrets.token_hex(24),
    )  # fmt: skip
    Meeting.objects.create(
        tenant=tenant, gathering=gathering, kind=MeetingKind.MEMBERS, class_hours=Decimal(2)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO gatherings_attendance (tenant_id, gathering_id, person_id, part, presence, means, reason) "
            "SELECT tenant_id, %s, id, 'attendee', 'expected', '', '' FROM people_person WHERE user_id IS NOT NULL "
            "ORDER BY id LIMIT %s",
            [gathering.pk, expected],
        )
    return gathering.pk, sitting.pk, sitting.secret


def open_sessions(people: Sequence[Person]) -> list[Guest]:
    """Sign people in by writing their sessions, as the session store itself would."""
    users = User.objects.in_bulk([person.user_id for person in people if person.user_id])
    rows, guests = [], []
    for person in people:
        user = users[person.user_id or 0]
        store = SessionStore()
        rows.append(
            Session(
                session_key=secrets.token_hex(16),
                session_data=store.encode(
                    {
                        "_auth_user_id": str(user.pk),
                        "_auth_user_backend": _BACKEND,
                        "_auth_user_hash": user.get_session_auth_hash(),
                    }
                ),
                expire_date=timezone.now() + timedelta(hours=12),
            )
        )
        guests.append(Guest(user.pk, person.pk, rows[-1].session_key))
    Session.objects.bulk_create(rows, batch_size=1000)
    return guests
