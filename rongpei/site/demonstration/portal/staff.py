"""The texts that are agreed to, and those in the hospitals who were verified by their staff record."""

from datetime import date, timedelta

from django.utils import timezone

from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.access.visit import visit_of
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.texts import FOR_STAFF, STANDARD
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.someone import House


def publish_texts(tenant: Tenant, anchor: date) -> dict[str, ConsentText]:
    """The operator's four texts, a hospital's identity agreement, in force since half a year."""
    found: dict[str, ConsentText] = {}
    staff = tenant.kind != TenantKind.OPERATOR
    for kind in (TextKind.IDENTITY_AGREEMENT,) if staff else tuple(TextKind):
        found[kind] = publish_text(
            actor=System(tenant.pk), tenant_id=tenant.pk, kind=kind,
            body=(FOR_STAFF if staff else STANDARD[kind]) % {"operator": tenant.name}, now=at(anchor - timedelta(days=180), 9),
        )  # fmt: skip
    return found


def verify_staff(houses: list[House], anchor: date) -> int:
    """A few of each hospital who were verified by their staff record."""
    count = 0
    for house in houses:
        texts = publish_texts(house.tenant, anchor)
        holders = Holding.objects.filter(
            tenant=house.tenant, role=Role.STAFF, person__position_type__in=("doctor", "nurse")
        )
        for holding in holders.exclude(person__user=None).select_related("person__user").order_by("id")[:1]:
            person, now = holding.person, at(anchor - timedelta(days=40), 12)
            user = User.objects.get(person=person)
            actor, today = visit_of(user, anchor), timezone.localdate(now)
            application = actions.accept_agreement(
                actor=actor,
                person=person,
                user=user,
                text=texts[TextKind.IDENTITY_AGREEMENT],
                opens=True,
                today=today,
                now=now,
            )
            if application is not None:
                actions.verify_by_record(actor=actor, application=application, today=today, now=now)
                count += 1
    return count
