"""Who holds which role: roles given, roles that come with an office, and what stands against a new one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused
from rongpei.org.access.codes import SEPARATED, Role
from rongpei.org.access.models import Holding
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Office, UnitKind
from rongpei.org.units.models import Appointment, Unit
from rongpei.org.units.queries import in_force

CURRENT, ENDED, COMING = "current", "ended", "coming"
_GENERAL = (UnitKind.GENERAL_BRANCH, UnitKind.TEMPORARY_GENERAL_BRANCH)


def state_on(on: date) -> Case:
    """Whether a period holds the date, is over, or has not begun."""
    return Case(
        When(starts_on__gt=on, then=Value(COMING)),
        When(ends_on__lte=on, then=Value(ENDED)),
        default=Value(CURRENT),
        output_field=CharField(),
    )


def holdings_for(actor: Actor, on: date) -> QuerySet[Any]:
    """Every role ever given in the actor's own tenant, with its `state` on a date."""
    rows = Holding.objects.filter(tenant_id=actor.tenant_id).select_related("person", "unit")
    return rows.annotate(state=state_on(on))


def appointments_for(actor: Actor, on: date) -> QuerySet[Any]:
    """Offices of the actor's own tenant, with their `state`; each gives its holder a role while it lasts."""
    rows = Appointment.objects.filter(tenant_id=actor.tenant_id).select_related("person", "unit")
    return rows.annotate(state=state_on(on))


def role_of_office(office: str, unit_kind: str) -> Role:
    """The role that comes with an office (the same table as in `visit`, which asks it of the database)."""
    if office == Office.SECRETARY and unit_kind in _GENERAL:
        return Role.GENERAL_BRANCH_SECRETARY
    if office in (Office.SECRETARY, Office.DEPUTY) and unit_kind != UnitKind.COMMITTEE:
        return Role.BRANCH_SECRETARY
    return {
        Office.ORGANIZATION.value: Role.ORGANIZATION_OFFICER,
        Office.LEADER.value: Role.GROUP_LEADER,
        Office.HEAD.value: Role.DEPARTMENT_HEAD,
    }.get(office, Role.STAFF)


def given_roles(actor: Actor, on: date) -> dict[str, int]:
    """`{role: how many people were given it}` on a date in the own tenant."""
    rows = Holding.objects.filter(in_force(on), tenant_id=actor.tenant_id)
    return _count(rows.values_list("role", "person_id"))


def office_roles(actor: Actor, on: date) -> dict[str, int]:
    """`{role: how many people have it by an office}` on a date in the own tenant."""
    rows = Appointment.objects.filter(in_force(on), tenant_id=actor.tenant_id)
    found = rows.values_list("office", "unit__kind", "person_id")
    return _count((role_of_office(office, kind), person_id) for office, kind, person_id in found)


def _count(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    people: dict[str, set[int]] = defaultdict(set)
    for role, person_id in rows:
        people[role].add(person_id)
    return {role: len(found) for role, found in people.items()}


def giving(role: str) -> Q:
    """Appointments that give a role."""
    found = Q(pk__in=[])
    for office in Office:
        kinds = [kind for kind in UnitKind if role_of_office(office, kind) == role]
        found |= Q(office=office, unit__kind__in=kinds)
    return found


def people_matching(actor: Actor, text: str, limit: int = 20) -> list[Person]:
    """People of the own tenant whose name holds the text, or whose initials or number begin with it."""
    text = text.replace("\x00", "").strip()
    if not text:
        return []
    wanted = Q(name__contains=text) | Q(initials__startswith=text.lower()) | Q(staff_number__startswith=text)
    rows = Person.objects.filter(wanted, tenant_id=actor.tenant_id, standing=Standing.PRESENT)
    return list(rows.select_related("place__department").order_by("sort_key", "id")[:limit])


def people_present(actor: Actor) -> QuerySet[Person]:
    """People of the own tenant to whom a role can be given."""
    return Person.objects.filter(tenant_id=actor.tenant_id, standing=Standing.PRESENT)


def units_of(actor: Actor) -> QuerySet[Unit]:
    """Open units of the own tenant, each tree from its root down."""
    return Unit.objects.filter(tenant_id=actor.tenant_id, closed_on=None).order_by("tree", "path")


def overlapping(person: Person, starts_on: date, ends_on: date | None) -> QuerySet[Holding]:
    """The person's roles whose period shares a day with the given half-open one."""
    rows = Holding.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), person=person)
    return rows.filter(starts_on__lt=ends_on) if ends_on else rows


def objections(
    *, person: Person, role: str, unit: Unit, starts_on: date, ends_on: date | None
) -> list[Refused]:
    """Why a role cannot be given: what the action refuses, and what the page shows before anyone confirms."""
    found = []
    if ends_on is not None and ends_on <= starts_on:
        return [Refused(_("结束日期要晚于开始日期。"))]
    if unit.closed_on is not None:
        found.append(Refused(_("“%(name)s”已撤销，不能在这里授权。") % {"name": unit.name}))
    held = overlapping(person, starts_on, ends_on)
    if role in SEPARATED:
        other = held.filter(role__in=SEPARATED).exclude(role=role, unit=unit).first()
        if other is not None:
            found.append(separated(Role(other.role).label))
    if held.filter(role=role, unit=unit).exists():
        found.append(
            Refused(_("此人在这个单位已有这个角色。"), remedy=_("如要改期限，请先结束原来的，再授权。"))
        )
    return found


def separated(held: object = "") -> Refused:
    """The refusal of a second of the three separate roles (三员分立)."""
    why = _("此人在这段时间已是%(role)s。") % {"role": held} if held else ""
    return Refused(
        _("系统管理员、安全管理员、安全审计员不能由一人兼任。"),
        why=why,
        article=_("《信息安全技术 网络安全等级保护基本要求》（GB/T 22239—2019）安全管理机构"),
        remedy=_("请先结束此人已有的管理员角色，或另选一人。"),
    )


def is_last_security_admin(holding: Holding, on: date) -> bool:
    """Whether nobody else of the tenant would be security admin on that date."""
    others = Holding.objects.filter(in_force(on), tenant_id=holding.tenant_id, role=Role.SECURITY_ADMIN)
    return holding.role == Role.SECURITY_ADMIN and not others.exclude(pk=holding.pk).exists()


def actors_named(actor: Actor, text: str) -> list[str]:
    """How the trail writes the people of the own tenant who match a text: "user:person" as ids."""
    found = []
    for person_id, user_id in _ids(people_matching(actor, text)):
        found += [f"{user_id or ''}:{person_id}", f":{person_id}"]
        if user_id:
            found.append(f"{user_id}:")
    return found


def _ids(people: Iterable[Person]) -> list[tuple[int, int | None]]:
    return [(person.pk, person.user_id) for person in people]


def people_by_actor(written: Collection[str]) -> dict[str, Person]:
    """The people behind the trail's actors, asked when it is read: names are not in the trail."""
    pairs = {one: one.partition(":")[::2] for one in written}
    person_ids = {int(person) for _user, person in pairs.values() if person.isdigit()}
    user_ids = {int(user) for user, _person in pairs.values() if user.isdigit()}
    rows = Person.objects.filter(Q(pk__in=person_ids) | Q(user_id__in=user_ids))
    by_person = {str(row.pk): row for row in rows}
    by_user = {str(row.user_id): row for row in rows if row.user_id}
    found = {one: by_person.get(person) or by_user.get(user) for one, (user, person) in pairs.items()}
    return {one: row for one, row in found.items() if row is not None}


def names_of(model: type[Person] | type[Unit], ids: Collection[int]) -> dict[int, str]:
    """`{id: name}` of people or units in scope."""
    return dict(model.objects.filter(pk__in=ids).values_list("id", F("name")))
