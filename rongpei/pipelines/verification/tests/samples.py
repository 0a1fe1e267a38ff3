"""Made for tests: texts in force, a picture, an application in every state."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.org.access.actions import grant_role
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import Visit, visit_of
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.consent.queries import current_text
from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Fact, Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.models import Application, Submission
from rongpei.pipelines.verification.texts import STANDARD

House = Any  # a house of the cast, which stands above every room

ID_NUMBER = "11010519491231002X"  # the example of GB 11643
NUMBER = "110110105000123"
PROFILE = {
    "name": "罗永康", "workplace": "云汀市平安区人民医院", "department": "呼吸内科", "title": "主治医师", "profession": "doctor",
}  # fmt: skip


def picture(colour: str = "maroon") -> ContentFile:
    """A small photograph as it is uploaded."""
    made = BytesIO()
    Image.new("RGB", (64, 40), colour).save(made, "JPEG")
    return ContentFile(made.getvalue(), name="证书.jpg")


def texts_in(house: House) -> dict[str, ConsentText]:
    """All four texts in force at a tenant."""
    found = {}
    for kind in TextKind:
        found[kind.value] = current_text(house.tenant.pk, kind) or publish_text(
            actor=System(house.tenant.pk), tenant_id=house.tenant.pk, kind=kind,
            body=STANDARD[kind] % {"operator": house.tenant.name}, now=clock.now(),
        )  # fmt: skip
    return found


def anew(house: House, kind: TextKind = TextKind.IDENTITY_AGREEMENT) -> ConsentText:
    """The next version of a text."""
    return publish_text(
        actor=System(house.tenant.pk),
        tenant_id=house.tenant.pk,
        kind=kind,
        body="谁来处理：新的一版。",
        now=clock.now(),
    )


def oneself(person: Person) -> Visit:
    """The person as an actor."""
    assert person.user is not None
    return visit_of(person.user, clock.today())


def agreed(house: House, who: str = "outside_hcp") -> Application:
    """Somebody who has agreed."""
    person, text = house.person(who), texts_in(house)["identity_agreement"]
    made = actions.accept_agreement(
        actor=oneself(person),
        person=person,
        user=person.user,
        text=text,
        opens=True,
        today=clock.today(),
        now=clock.now(),
    )
    assert made is not None
    return made


def filled(house: House, who: str = "outside_hcp", **values: str) -> Application:
    """Somebody who has filled everything in."""
    application = agreed(house, who)
    actor, now = oneself(application.person), clock.now()
    application = actions.save_profile(
        actor=actor, application=application, values=PROFILE | values, id_number=values.get("id_number", ID_NUMBER),
        today=clock.today(), now=now,
    )  # fmt: skip
    application = actions.save_certificate(
        actor=actor,
        application=application,
        certificate="doctor_practice",
        number=values.get("number", NUMBER),
        now=now,
    )
    actions.add_picture(actor=actor, application=application, upload=picture(), now=now)
    return application


def submitted(house: House, who: str = "outside_hcp", **values: str) -> Submission:
    """Somebody who waits for an answer."""
    return again(filled(house, who, **values))


def again(application: Application) -> Submission:
    """Handed in (once more)."""
    application.refresh_from_db()
    actor = oneself(application.person)
    return actions.submit(actor=actor, application=application, today=clock.today(), now=clock.now())


def decided(
    submission: Submission, *, passed: bool, reviewer: Visit, reasons: tuple[str, ...] = ("image_unclear",)
) -> Submission:
    """Claimed and decided."""
    now = clock.now()
    actions.claim(actor=reviewer, submission=submission, now=now)
    return actions.decide(
        actor=reviewer, application=submission.application, submission=submission, passed=passed,
        reasons=() if passed else reasons, message="" if passed else "右下角反光，请重拍。", today=clock.today(), now=now,
    )  # fmt: skip


def second_reviewer(house: House) -> Visit:
    """Another reviewer of the tenant: a person of the cast who is given the role."""
    person, root = house.person("editor"), Unit.objects.get(tenant=house.tenant, parent=None)
    if not person.holdings.filter(role=Role.CERTIFICATE_REVIEWER).exists():
        grant_role(
            actor=System(house.tenant.pk),
            person=person,
            role=Role.CERTIFICATE_REVIEWER,
            unit=root,
            starts_on=clock.today(),
        )
    return oneself(person)


def on_record(person: Person, kind: str) -> None:
    """The staff record says what somebody works as."""
    Fact.objects.create(
        tenant_id=person.tenant_id, person=person, kind=FactKind.POSITION_TYPE, value=kind, starts_on=clock.today(),
        recorded_at=clock.now(),
    )  # fmt: skip
    Person.objects.filter(pk=person.pk).update(position_type=kind)
