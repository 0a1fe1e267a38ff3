"""Rows of the privacy desk for the permission table and for tests."""

from typing import Any

from contracts.cast import House
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.privacy.actions import ask
from rongpei.org.privacy.codes import RequestKind
from rongpei.org.privacy.models import Request


def a_text(house: House) -> dict[str, Any]:
    """The privacy policy in force."""
    found = ConsentText.objects.filter(tenant=house.tenant, kind=TextKind.PRIVACY_POLICY).first()
    found = found or publish_text(
        actor=System(house.tenant.pk), tenant_id=house.tenant.pk, kind=TextKind.PRIVACY_POLICY, body="只收集办事需要的信息。",
        now=clock.now(),
    )  # fmt: skip
    return {"pk": found.pk}


def a_request(house: House) -> dict[str, Any]:
    """A request of the party office, worked by the personnel office."""
    person = house.person("party_office")
    found = Request.objects.filter(person=person).first() or ask(
        actor=house.actor("party_office"), person=person, kind=RequestKind.CORRECT, about=(), wish="籍贯写错了一个字",
        today=clock.today(), now=clock.now(),
    )  # fmt: skip
    return {"pk": found.pk}
