"""The one cast of people that all tests share: an authority, two hospitals, the operator, every role.

It is built once into the template database; a person's staff number is the role's code.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from rongpei.activities.partydays.actions import Slot, plan_meeting
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.access.visit import Visit, visit_of
from rongpei.org.people.actions import bind_account, record_fact, register_person
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.units.actions import appoint, open_unit, post_person
from rongpei.org.units.codes import Office, Tree, UnitKind
from rongpei.org.units.models import Unit

BEGAN = date(2020, 1, 1)
PASSWORD = "three-quiet-lamps"  # noqa: S105 - a test's password
HOSPITALS = ("H1", "H2")

_PLAIN_ROLES = [
    Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.HOSPITAL_LEADER, Role.PARTY_OFFICE, Role.HR_OFFICE,
    Role.DISCIPLINE_OFFICER, Role.LEAGUE_OFFICER, Role.TRAINING_OFFICE, Role.PUBLICITY_OFFICE, Role.STAFF,
]  # fmt: skip
_OPERATOR_ROLES = [
    Role.CERTIFICATE_REVIEWER, Role.EDITOR, Role.MODERATOR, Role.OUTSIDE_HCP, Role.OUTSIDE_VOLUNTEER,
]  # fmt: skip
_OFFICERS = {
    Role.GENERAL_BRANCH_SECRETARY: ("总支", Office.SECRETARY),
    Role.BRANCH_SECRETARY: ("一支部", Office.SECRETARY),
    Role.ORGANIZATION_OFFICER: ("一支部", Office.ORGANIZATION),
    Role.GROUP_LEADER: ("一小组", Office.LEADER),
    Role.DEPARTMENT_HEAD: ("内科", Office.HEAD),
}


@dataclass(frozen=True)
class House:
    """One tenant of the cast."""

    tenant: Tenant

    def person(self, number: str) -> Person:
        """The person with this staff number (a role's code, or member-1 … member-6)."""
        return Person.objects.get(tenant=self.tenant, staff_number=number)

    def unit(self, name: str) -> Unit:
        """The open unit of this name."""
        return Unit.objects.get(tenant=self.tenant, name=name, closed_on=None)

    def user(self, number: str) -> User:
        """The account of the person with this number."""
        return User.objects.get(tenant=self.tenant, number=number)

    def meeting(self) -> Meeting:
        """Today's meeting of the first branch, planned and open for sign-in."""
        return Meeting.objects.select_related("gathering__unit").get(tenant=self.tenant)

    def actor(self, number: str) -> Visit:
        """The actor of the person with this number; ask inside a scope."""
        return visit_of(self.user(number), clock.today())


@dataclass(frozen=True)
class Cast:
    """All tenants."""

    h1: House
    h2: House
    authority: House
    operator: House

    @property
    def tenant_ids(self) -> list[int]:
        """Every tenant, for scopes of tests."""
        return [house.tenant.pk for house in (self.authority, self.h1, self.h2, self.operator)]


def load() -> Cast:
    """The cast as it lies in the database."""
    houses = {tenant.code: House(tenant) for tenant in Tenant.objects.all()}
    return Cast(houses["H1"], houses["H2"], houses["AUTH"], houses["PORTAL"])


def build() -> None:
    """Make the cast in an empty database."""
    password = make_password(PASSWORD)
    authority = Tenant.objects.create(kind="authority", code="AUTH", name="市医管局")
    operator = Tenant.objects.create(kind="operator", code="PORTAL", name="平台运营方")
    for tenant, kind in ((authority, UnitKind.AUTHORITY), (operator, UnitKind.OFFICE)):
        roles = [Role.AUTHORITY_OFFICER] if tenant == authority else _OPERATOR_ROLES
        with scope([tenant.pk]):
            root = _open(tenant, Tree.ADMIN, kind, tenant.name, None)
            for role in roles:
                _player(tenant, role, role.label, password, root, role)
    for code in HOSPITALS:
        hospital = Tenant.objects.create(kind="institution", code=code, name=f"{code}医院", parent=authority)
        with scope([hospital.pk]):
            _hospital(hospital, password)


def _hospital(tenant: Tenant, password: str) -> None:
    root = _open(tenant, Tree.ADMIN, UnitKind.HOSPITAL, tenant.name, None)
    units = {"内科": _open(tenant, Tree.ADMIN, UnitKind.DEPARTMENT, "内科", root)}
    units["外科"] = _open(tenant, Tree.ADMIN, UnitKind.DEPARTMENT, "外科", root)
    committee = _open(tenant, Tree.PARTY, UnitKind.COMMITTEE, "党委", None)
    units["总支"] = _open(tenant, Tree.PARTY, UnitKind.GENERAL_BRANCH, "总支", committee)
    for name in ("一支部", "二支部"):
        units[name] = _open(tenant, Tree.PARTY, UnitKind.BRANCH, name, units["总支"])
    units["一小组"] = _open(tenant, Tree.PARTY, UnitKind.GROUP, "一小组", units["一支部"])
    for role in _PLAIN_ROLES:
        _player(tenant, role, f"{role.label}甲", password, root, role)
    for role, (unit, office) in _OFFICERS.items():
        person = _player(tenant, role, f"{role.label}甲", password, root, None)
        appoint(actor=System(tenant.pk), person=person, unit=units[unit], office=office, starts_on=BEGAN)
        _member(tenant, person, units["一支部"])
    for index in range(1, 7):
        person = _player(tenant, f"member-{index}", f"党员{'甲乙丙丁戊己'[index - 1]}", password, root, None)
        _member(tenant, person, units["一支部" if index <= 4 else "二支部"])
        _post(tenant, person, Tree.ADMIN, units["内科"])
    _meeting_today(tenant, units["一支部"])


def _meeting_today(tenant: Tenant, branch: Unit) -> None:
    starts_at = timezone.make_aware(datetime.combine(clock.today(), time(16, 30)))
    plan_meeting(
        actor=System(tenant.pk), unit=branch, kind=MeetingKind.THEME_DAY, title=f"{tenant.code}主题党日",
        slots=[Slot(starts_at, starts_at + timedelta(hours=2), "三层会议室")], class_hours=Decimal(2), now=clock.now(),
    )  # fmt: skip


def _open(tenant: Tenant, tree: Tree, kind: UnitKind, name: str, parent: Unit | None) -> Unit:
    return open_unit(
        actor=System(tenant.pk), tenant_id=tenant.pk, tree=tree, kind=kind, name=name, parent=parent, on=BEGAN
    )


def _player(tenant: Tenant, number: str, name: str, password: str, root: Unit, role: Role | None) -> Person:
    system = System(tenant.pk)
    person = register_person(actor=system, tenant_id=tenant.pk, name=name, staff_number=number)
    user = User.objects.create(
        tenant=tenant, username=f"{tenant.code}-{number}", number=number, password=password
    )
    bind_account(actor=system, person=person, user=user)
    if role:
        Holding.objects.create(tenant=tenant, person=person, role=role, unit=root, starts_on=BEGAN)
    return person


def _member(tenant: Tenant, person: Person, branch: Unit) -> None:
    record_fact(
        actor=System(tenant.pk), person=person, kind=FactKind.PARTY_STATUS, value=PartyStatus.FULL,
        starts_on=BEGAN, today=clock.today(), now=clock.now(),
    )  # fmt: skip
    _post(tenant, person, Tree.PARTY, branch)


def _post(tenant: Tenant, person: Person, tree: Tree, unit: Unit) -> None:
    post_person(
        actor=System(tenant.pk), person=person, tree=tree, unit=unit, starts_on=BEGAN, today=clock.today(),
        now=clock.now(),
    )  # fmt: skip
