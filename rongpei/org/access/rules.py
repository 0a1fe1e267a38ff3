"""Who may see and change people and units: each rule with a queryset face and a check face."""

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Forbidden
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.org.access.codes import PARTY_READERS, READERS, SEPARATED, Role
from rongpei.org.people.models import Person
from rongpei.org.units.models import Affiliation, Unit
from rongpei.org.units.queries import in_force

# Who may enter and correct people's facts in the place they serve.
KEEPERS = (Role.PARTY_OFFICE, Role.HR_OFFICE)

PORTAL_ROLES = (
    Role.CERTIFICATE_REVIEWER, Role.EDITOR, Role.MODERATOR, Role.OUTSIDE_HCP, Role.OUTSIDE_VOLUNTEER,
)  # fmt: skip
_ROLES_OF: dict[str, tuple[Role, ...]] = {
    TenantKind.AUTHORITY: (*SEPARATED, Role.AUTHORITY_OFFICER, Role.STAFF),
    TenantKind.OPERATOR: (*SEPARATED, *PORTAL_ROLES, Role.STAFF),
    TenantKind.INSTITUTION: tuple(
        role for role in Role if role not in (*PORTAL_ROLES, Role.AUTHORITY_OFFICER)
    ),
}


def units_below(paths: tuple[str, ...]) -> Q:
    """Units at or under any of the paths."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__under=path)
    return found


def people_at(paths: tuple[str, ...]) -> Q:
    """People whose home in any tree, or temporary affiliation, lies at or under any of the paths."""
    if "/" in paths:
        return Q()
    if not paths:
        return Q(pk__in=[])
    units = Unit.objects.filter(units_below(paths)).values("id")
    return (
        any_of("place__branch", units)
        | any_of("place__department", units)
        | any_of("place__group", units)
        | any_of("place__league", units)
        | any_of("pk", _guests().filter(unit__in=units).values("person"))
    )


def _guests() -> QuerySet[Affiliation]:
    """Temporary affiliations in force today."""
    return Affiliation.objects.filter(in_force(clock.today()))


def visible_people(actor: Actor, roles: tuple[str, ...] = READERS) -> QuerySet[Person]:
    """People the actor may see: oneself, and those of the places where a reading role is held."""
    seen = people_at(actor.places(*roles))
    if seen and actor.person_id is not None:
        seen |= Q(pk=actor.person_id)
    return Person.objects.filter(seen)


def may_see_person(actor: Actor, person: Person, roles: tuple[str, ...] = READERS) -> bool:
    """The check face of `visible_people`, without a query when the place is loaded."""
    if person.tenant_id not in actor.tenant_ids:
        return False
    if actor.person_id == person.pk:
        return True
    paths = actor.places(*roles)
    if "/" in paths or any(home.startswith(path) for home in home_paths(person) for path in paths):
        return True
    return bool(paths) and _guests().filter(units_of_guests(paths), person=person).exists()


def units_of_guests(paths: tuple[str, ...]) -> Q:
    """Affiliations to units at or under any of the paths."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(unit__path__under=path)
    return found


def home_paths(person: Person) -> list[str]:
    """Paths of the person's homes today."""
    place = getattr(person, "place", None)
    if place is None:
        return []
    homes = (place.branch, place.department, place.group, place.league)
    return [unit.path for unit in homes if unit is not None]


def sees_party_status(actor: Actor, person: Person) -> bool:
    """Political status is seen by oneself and by party roles over the person's places, never through another role."""
    return may_see_person(actor, person, PARTY_READERS)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """The organisation chart is known to everyone who works in the tenant."""
    return Unit.objects.filter(tenant_id__in=actor.tenant_ids)


def reaches(actor: Actor, unit: Unit, *roles: str) -> bool:
    """Whether any of the roles, held by the actor, reaches the unit."""
    if unit.tenant_id not in actor.tenant_ids:
        return False
    return any(unit.path.startswith(path) for path in actor.places(*roles))


def roles_of(tenant_kind: str) -> tuple[Role, ...]:
    """The roles that exist in a kind of tenant."""
    return _ROLES_OF[tenant_kind]


def may_grant(*, actor: Actor, person: Person, role: str, unit: Unit) -> bool | Forbidden:
    """Only the security admin of the tenant gives roles, and never to oneself (三员分立)."""
    if not actor.holds(Role.SECURITY_ADMIN) or not _same_tenant(actor, person, unit):
        return False
    if person.pk == actor.person_id:
        return Forbidden(_("不能给自己授权。"), remedy=_("请另一位安全管理员办理。"))
    if role not in roles_of(person.tenant.kind):
        return Forbidden(_("本单位没有这个角色。"), remedy=_("请另选一个角色。"))
    return True


def may_end_role(*, actor: Actor, holding: Model) -> bool:
    """The security admin ends roles of the own tenant."""
    return actor.holds(Role.SECURITY_ADMIN) and getattr(holding, "tenant_id", None) == actor.tenant_id


def _same_tenant(actor: Actor, *rows: Person | Unit) -> bool:
    return all(row.tenant_id == actor.tenant_id for row in rows)
