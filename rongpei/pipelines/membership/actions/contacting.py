"""Contact conversations with people who have not applied."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action
from rongpei.org.people.codes import MEMBERS, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import ContactOutcome, ContactWhy
from rongpei.pipelines.membership.models import Contact, ContactTalk
from rongpei.pipelines.membership.queries import cases_under_way


@action("membership.contact.opened", may=rules.may_contact)
def open_contact(
    *, actor: Actor, unit: Unit, person: Person, contact: Person, why: ContactWhy, next_on: date, today: date
) -> Contact:
    """Ask a member to talk with somebody.

    Refuses a person who is a member, has applied or is already contacted, and a contact who is no full member.
    """
    if person.party_status in MEMBERS:
        raise Refused(_("%(name)s已是党员。") % {"name": person.name})
    if cases_under_way(person).exists():
        raise Refused(_("%(name)s已递交入党申请书，请在案卷里办理。") % {"name": person.name})
    if Contact.objects.filter(person=person, outcome=ContactOutcome.OPEN).exists():
        raise Refused(_("%(name)s已有人联系。") % {"name": person.name})
    if contact.party_status != PartyStatus.FULL:
        raise Refused(_("联系人应当是正式党员。"), remedy=_("请另选一位。"))
    return Contact.objects.create(
        tenant_id=unit.tenant_id, unit=unit, person=person, contact=contact, why=why, starts_on=today,
        next_on=next_on,
    )  # fmt: skip


@action("membership.contact.talked", may=rules.may_talk, locks=("contact",), about="contact")
def record_talk(
    *, actor: Actor, contact: Contact, talked_on: date, summary: str, next_on: date | None, today: date,
    now: datetime,
) -> ContactTalk:  # fmt: skip
    """Record a conversation and when the next one is.

    Refuses a closed contact, a future conversation, and a next one before it.
    """
    if contact.outcome != ContactOutcome.OPEN:
        raise Refused(_("已经不再联系，不能再登记谈话。"))
    if talked_on > today:
        raise Refused(_("谈话日期不能晚于今天。"))
    if next_on is not None and next_on <= talked_on:
        raise Refused(_("下次谈话应在这次之后。"))
    contact.talks += 1
    contact.last_on = max(filter(None, (contact.last_on, talked_on)))
    contact.next_on = next_on
    contact.save(update_fields=["talks", "last_on", "next_on"])
    return ContactTalk.objects.create(
        tenant_id=contact.tenant_id, contact=contact, talked_on=talked_on, summary=summary,
        recorded_by=actor.person_id, recorded_at=now,
    )  # fmt: skip


@action("membership.contact.closed", may=rules.may_talk, locks=("contact",), about="contact")
def close_contact(*, actor: Actor, contact: Contact, outcome: ContactOutcome) -> Contact:
    """Say what came of the conversations."""
    if contact.outcome != ContactOutcome.OPEN or outcome == ContactOutcome.OPEN:
        raise Refused(_("请选择联系的结果。"))
    contact.outcome, contact.next_on = outcome, None
    contact.save(update_fields=["outcome", "next_on"])
    return contact
