"""Who asks, and who answers."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Forbidden
from rongpei.org.access.codes import Role
from rongpei.org.people.models import Person
from rongpei.org.privacy.models import Request

# Personnel and party office in a hospital; those who check identities at the operator.
OFFICE = (Role.HR_OFFICE, Role.PARTY_OFFICE, Role.CERTIFICATE_REVIEWER)


def may_ask(*, actor: Actor, person: Person) -> bool:
    """Everybody, for oneself alone."""
    return actor.person_id is not None and actor.person_id == person.pk


def may_withdraw(*, actor: Actor, request: Request) -> bool:
    """Whoever asked."""
    return actor.person_id is not None and actor.person_id == request.person_id


def may_answer(*, actor: Actor, request: Request) -> bool | Forbidden:
    """The office of the own tenant, never about oneself."""
    if actor.person_id is not None and actor.person_id == request.person_id:
        return Forbidden(_("自己的申请要由别人办理。"), remedy=_("请交给其他办理人。"))
    return actor.tenant_id == request.tenant_id and actor.holds(*OFFICE)


def may_set_term(*, actor: Actor, tenant_id: int) -> bool:
    """The office of the own tenant."""
    return actor.tenant_id == tenant_id and actor.holds(*OFFICE)


def worked_by(actor: Actor) -> QuerySet[Request]:
    """What the office of the actor's tenant works; nothing for others."""
    rows = Request.objects.filter(tenant_id=actor.tenant_id)
    return rows if actor.holds(*OFFICE) else rows.none()
