"""Who signs in to the demonstration: one account a role, one password for all, in demonstration mode only."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypedDict

from django.conf import settings
from django.contrib.auth.hashers import make_password

from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.ground.clock.calendar import add_years
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.access.visit import Visit
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Office, UnitKind
from rongpei.org.units.models import Place, Unit
from rongpei.pipelines.verification.standing import stand_of
from rongpei.site.demonstration.outside import Outsider
from rongpei.site.demonstration.someone import House, Officer, Someone

PASSWORD = "rongpei-demo-2026"  # noqa: S105 - printed on the sign-in page of a demonstration, and nowhere else
PREFIX = "demo-"
# Roles that follow from an office: no second entry as a role.
_OFFICES: dict[Role, tuple[Office, UnitKind | None]] = {
    Role.BRANCH_SECRETARY: (Office.SECRETARY, UnitKind.BRANCH),
    Role.ORGANIZATION_OFFICER: (Office.ORGANIZATION, UnitKind.BRANCH),
    Role.GROUP_LEADER: (Office.LEADER, UnitKind.GROUP),
    Role.GENERAL_BRANCH_SECRETARY: (Office.SECRETARY, UnitKind.GENERAL_BRANCH),
    Role.DEPARTMENT_HEAD: (Office.HEAD, None),
}
# Where those who hold the other roles work; the first department that has somebody is taken.
_DESKS: dict[Role, tuple[str, ...]] = {
    Role.PARTY_OFFICE: ("党委办公室", "综合办公室"),
    Role.HR_OFFICE: ("人事处",),
    Role.DISCIPLINE_OFFICER: ("纪检监察室",),
    Role.LEAGUE_OFFICER: ("团委", "工会"),
    Role.TRAINING_OFFICE: ("教育培训处",),
    Role.PUBLICITY_OFFICE: ("宣传处",),
    Role.SYSTEM_ADMIN: ("信息中心",),
    Role.SECURITY_ADMIN: ("保卫处", "信息中心"),
    Role.AUDITOR: ("审计处",),
}
_FIRST = (
    Role.STAFF, Role.BRANCH_SECRETARY, Role.PARTY_OFFICE, Role.HOSPITAL_LEADER, Role.GENERAL_BRANCH_SECRETARY,
    Role.ORGANIZATION_OFFICER, Role.GROUP_LEADER, Role.DEPARTMENT_HEAD, Role.HR_OFFICE, Role.TRAINING_OFFICE,
    Role.PUBLICITY_OFFICE, Role.LEAGUE_OFFICER, Role.DISCIPLINE_OFFICER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN,
    Role.AUDITOR,
)  # fmt: skip
_SECOND = (Role.STAFF, Role.BRANCH_SECRETARY, Role.PARTY_OFFICE, Role.HOSPITAL_LEADER)
_THIRD = (Role.BRANCH_SECRETARY, Role.PARTY_OFFICE)
_LABELS = {Role.STAFF: "党员、职工"}


class Account(TypedDict):
    """One line of the sign-in page."""

    label: str
    place: str
    name: str
    number: str
    code: str
    username: str


class Seat(NamedTuple):
    """Who gets an account for a role; the unit is None when an office already says it."""

    role: Role
    person_id: int
    number: str
    unit: Unit | None


def open_accounts(houses: list[House], outsiders: list[Outsider], anchor: date) -> int:
    """Open the accounts and give the roles; returns how many."""
    password = make_password(PASSWORD)
    opened = 0
    for house, roles in zip(houses, (_FIRST, _SECOND, _THIRD), strict=True):
        for seat in _seats(house, roles):
            _open(house.tenant, seat, password, anchor)
            opened += 1
    for one in outsiders:
        if one.role is not None:
            root = one.unit.parent if one.role == Role.AUTHORITY_OFFICER else one.unit
            seat = Seat(one.role, one.person.pk, one.person.staff_number, root)
            _open(one.person.tenant, seat, password, anchor)
            opened += 1
    return opened


def _open(tenant: Tenant, seat: Seat, password: str, anchor: date) -> None:
    name = f"{PREFIX}{tenant.code}-{seat.role}".lower()
    same = User.objects.filter(
        username__startswith=f"{PREFIX}{tenant.code}".lower(), username__endswith=f"-{seat.role}"
    ).count()
    if same:  # one more of the same role, as two editors are
        name = f"{PREFIX}{tenant.code}{same + 1}-{seat.role}".lower()
    user = User.objects.create(tenant=tenant, username=name, number=seat.number, password=password)
    Person.objects.filter(pk=seat.person_id).update(user=user)
    if seat.unit is not None:
        Holding.objects.create(
            tenant=tenant,
            person_id=seat.person_id,
            role=seat.role,
            unit=seat.unit,
            starts_on=add_years(anchor, -2),
        )


def _seats(house: House, roles: tuple[Role, ...]) -> Iterator[Seat]:
    """One person for each role; nobody twice, officers chosen first."""
    taken: set[int] = set()
    found: dict[Role, Seat] = {}
    for role in sorted(roles, key=lambda role: (role not in _OFFICES, role != Role.HOSPITAL_LEADER)):
        one, unit = _officer(house, role, taken) if role in _OFFICES else _colleague(house, role, taken)
        taken.add(one.id)
        found[role] = Seat(role, one.id, one.number, unit)
    for role in roles:
        yield found[role]


def _officer(house: House, role: Role, taken: set[int]) -> tuple[Someone, None]:
    """The officer of the branch that meets today if there is one, else the first of the kind."""
    office, kind = _OFFICES[role]
    fit = [
        o for o in house.officers
        if o.office == office and o.serves(house.anchor) and o.person.id not in taken and kind in (None, o.unit.kind)
    ]  # fmt: skip
    return min(fit, key=lambda o: not _is_of_today(house, o)).person, None


def _is_of_today(house: House, officer: Officer) -> bool:
    """Whether the office lies in the branch that meets today, above it, or in a department it covers."""
    cell = next((cell for cell in house.cells if cell.plan.name == house.plan.meets_today), None)
    if cell is None:
        return False
    unit, own = officer.unit, house.leaves[cell.plan.departments[0].name]
    return unit.path.startswith(cell.unit.path) or unit is cell.general or unit in own


def _colleague(house: House, role: Role, taken: set[int]) -> tuple[Someone, Unit | None]:
    if role == Role.HOSPITAL_LEADER:
        chief = next(
            o for o in house.officers
            if o.unit is house.party_root and o.office == Office.SECRETARY and o.serves(house.anchor)
        )  # fmt: skip
        return chief.person, house.root
    if role == Role.STAFF:
        return _plain_member(house, taken)
    busy = {officer.person.id for officer in house.officers} | taken
    for name in _DESKS[role]:
        here = [one for one in house.staff if one.department.name == name and one.id not in taken]
        if here:
            one = min(here, key=lambda one: (one.id in busy, not one.converted_on, one.id))
            return one, house.root
    raise ValueError(f"{house.plan.code}: nobody for {role}")


def _plain_member(house: House, taken: set[int]) -> tuple[Someone, Unit | None]:
    """A diligent full member of the branch that meets today, without any office."""
    cells = sorted(house.cells, key=lambda cell: cell.plan.name != house.plan.meets_today)
    busy = {officer.person.id for officer in house.officers} | taken
    fit = [
        x for x in cells[0].members if x.converted_on and x.id not in busy and x.away is None and x.keen > 0.9
    ]
    return fit[0], house.leaves[fit[0].department.name][0]


def demonstration_accounts() -> list[Account]:
    """The accounts in the order of the sign-in page; none outside the demonstration."""
    if not settings.RONGPEI_DEMONSTRATION:
        return []
    users = list(User.objects.filter(username__startswith=PREFIX).select_related("tenant").order_by("id"))
    with scope(sorted({user.tenant_id for user in users})):
        people = {
            person.user_id: person
            for person in Person.objects.filter(user__in=users).select_related(
                "place__branch", "place__department"
            )
        }
        return [_line(user, people[user.pk]) for user in users if user.pk in people]


def _line(user: User, person: Person) -> Account:
    role = Role(user.username.rsplit("-", 1)[1])
    near = _near(role, person.place)
    stage = _stage(user, person) if role == Role.OUTSIDE_HCP else ""
    return Account(
        label=str(_LABELS.get(role, role.label)),
        place=stage or (near.name if near else user.tenant.name),
        name=person.name,
        number=user.number,
        code=user.tenant.code,
        username=user.username,
    )


def _stage(user: User, person: Person) -> str:
    """How far somebody from outside has come with the verification: the accounts differ in nothing else."""
    visit = Visit(user.pk, person.pk, user.tenant_id, (user.tenant_id,), person.name, ())
    return str(stand_of(visit, clock.today()).where.label)


def _near(role: Role, place: Place) -> Unit | None:
    """The unit to name beside a role; None for roles over the whole tenant."""
    if role == Role.GENERAL_BRANCH_SECRETARY:
        return place.branch.parent if place.branch else None
    if role in (Role.STAFF, Role.DEPARTMENT_HEAD):
        return place.department
    if role == Role.GROUP_LEADER:
        return place.group
    return place.branch if role in _OFFICES else None
