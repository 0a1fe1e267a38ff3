"""The house itself: people, units, roles, personal data, and what everybody signed in opens."""

from typing import Any

from contracts import privacy
from contracts.cast import BEGAN, House
from contracts.doors.address import ALL, BRANCH_READERS, Address, Fill
from rongpei.ground import clock
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.models import Holiday
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.units.models import RosterImport

KEEPERS = (Role.PARTY_OFFICE, Role.HR_OFFICE)
READERS = (
    Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER, Role.PARTY_OFFICE, Role.HR_OFFICE, Role.TRAINING_OFFICE,
    Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER, Role.GROUP_LEADER,
    Role.DEPARTMENT_HEAD,
)  # fmt: skip
SECURITY = (Role.SECURITY_ADMIN, Role.AUDITOR)
SYSTEM = (Role.SYSTEM_ADMIN,)
PRIVACY = (Role.HR_OFFICE, Role.PARTY_OFFICE, Role.CERTIFICATE_REVIEWER)


def person(house: House) -> dict[str, Any]:
    """A member of the first branch."""
    return {"pk": house.person("member-1").pk}


def unit(name: str) -> Fill:
    """A unit by name."""
    return lambda house: {"pk": house.unit(name).pk}


def role_holding(house: House) -> dict[str, Any]:
    """A role that may be ended."""
    return {"pk": Holding.objects.filter(person=house.person("staff")).get().pk}


def roster(house: House) -> dict[str, Any]:
    """An import of the tenant, made for the test."""
    run = RosterImport.objects.filter(tenant=house.tenant).first() or RosterImport.objects.create(
        tenant=house.tenant, filename="花名册.xlsx", roster_on=BEGAN, created_at=clock.now(), state="done"
    )
    return {"pk": run.pk}


def event(house: House) -> dict[str, Any]:
    """An audit event of the tenant."""
    return {
        "pk": AuditEvent.objects.filter(tenant=house.tenant).order_by("id").values_list("pk", flat=True)[0]
    }


def holiday(house: House) -> dict[str, Any]:
    """A holiday; the table belongs to all tenants."""
    return {"pk": Holiday.objects.order_by("pk").values_list("pk", flat=True)[0]}


def stored_file(house: House) -> dict[str, Any]:
    """A file that belongs to nothing the visitor may read."""
    return {"pk": 10**9}


TABLE: dict[str, Address] = {
    "home": Address(ALL),
    "search": Address(ALL),
    "inbox": Address(ALL),
    "settings": Address(ALL),
    "file": Address(ALL, stored_file, finds=()),
    "session-end": Address(ALL, stored_file, own=(405,)),
    "activation-codes": Address(KEEPERS),
    "privacy:mine": Address(ALL),
    "privacy:data": Address(ALL),
    "privacy:copy": Address(ALL, lambda house: {"form": "json"}, own=(405,)),
    "privacy:text": Address(ALL, privacy.a_text),
    "privacy:answer": Address(ALL, lambda house: privacy.a_text(house) | {"choice": "agree"}, own=(405,)),
    "privacy:ask": Address(ALL, lambda house: {"kind": "delete"}),
    "privacy:request": Address(ALL, privacy.a_request),
    "privacy:withdraw": Address(ALL, privacy.a_request, own=(405,)),
    "privacy:desk": Address(PRIVACY),
    "privacy:work": Address(PRIVACY, privacy.a_request),
    "privacy:extend": Address(PRIVACY, privacy.a_request, own=(405,)),
    "privacy:term": Address(PRIVACY),
    "units:roster": Address(KEEPERS),
    "units:roster-template": Address(KEEPERS),
    "units:roster-export": Address(KEEPERS),
    "units:roster-run": Address(KEEPERS, roster),
    "units:roster-progress": Address(KEEPERS, roster),
    "units:roster-marked": Address(KEEPERS, roster, own=(302,)),
    "units:roster-import": Address(KEEPERS, roster, own=(405,)),
    "units:roster-undo": Address(KEEPERS, roster, own=(405,)),
    "access:roles": Address(SECURITY),
    "access:offices": Address(SECURITY),
    "access:matrix": Address(SECURITY),
    "access:grant": Address((Role.SECURITY_ADMIN,)),
    "access:grant-to": Address((Role.SECURITY_ADMIN,), lambda house: {"person_pk": house.person("member-1").pk}),
    "access:end": Address((Role.SECURITY_ADMIN,), role_holding),
    "access:audit": Address((Role.AUDITOR,)),
    "access:event": Address((Role.AUDITOR,), event),
    "access:holidays": Address((Role.SYSTEM_ADMIN, Role.PARTY_OFFICE)),
    "access:holiday-new": Address(SYSTEM),
    "access:holiday-import": Address(SYSTEM),
    "access:holiday": Address(SYSTEM, holiday),
    "access:holiday-delete": Address(SYSTEM, holiday),
    "directory:people": Address(READERS),
    "directory:person": Address(ALL, person),
    "directory:me": Address(ALL),
    "directory:units": Address(ALL),
    "directory:unit": Address(ALL, unit("一支部")),
    "directory:branches": Address(BRANCH_READERS),
    "directory:branch": Address(BRANCH_READERS, unit("一支部")),
    "directory:attendance": Address(BRANCH_READERS, unit("一支部")),
    "directory:attendance-lines": Address(BRANCH_READERS, unit("一支部")),
    "directory:ledger": Address(ALL),
}  # fmt: skip
