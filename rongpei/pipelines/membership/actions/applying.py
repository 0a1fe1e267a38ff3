"""Applications: handed in on the phone, received on paper, taken back."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.procedures import actions as procedures
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.codes import MEMBERS
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import (
    PROCEDURE,
    ApplicationState,
    ContactOutcome,
    Outcome,
)
from rongpei.pipelines.membership.models import Application, Contact
from rongpei.pipelines.membership.queries import cases_under_way


@action("membership.application.handed_in", may=rules.may_apply)
def hand_in_application(
    *, actor: Actor, person: Person, unit: Unit, body: str, written_on: date, today: date, now: datetime
) -> Application:
    """The person hands in an application; it counts from the day the signed paper is received.

    Refuses a member, a second application, and an empty or future one.
    """
    if person.party_status in MEMBERS:
        raise Refused(_("您已是党员，不用再申请。"))
    if (
        cases_under_way(person).exists()
        or Application.objects.filter(person=person, state=ApplicationState.WAITING).exists()
    ):
        raise Refused(_("您的入党申请已经提交，不用重复提交。"))
    if not body.strip():
        raise Refused(_("请填写入党申请书。"))
    if written_on > today:
        raise Refused(_("落款日期不能晚于今天。"))
    return Application.objects.create(
        tenant_id=person.tenant_id, person=person, unit=unit, written_on=written_on, body=body.strip(),
        handed_in_at=now,
    )  # fmt: skip


@action("membership.application.received", may=rules.may_take_application)
def take_application(
    *, actor: Actor, person: Person, unit: Unit, received_on: date, data: dict[str, Any], reason: str, today: date,
    now: datetime,
) -> Case:  # fmt: skip
    """Receive the signed paper application: opens the case of the person in a branch on that day.

    Refuses a member and whatever opening the case or the first step refuses (age, a second case).
    """
    if person.party_status in MEMBERS:
        raise Refused(_("%(name)s已是党员，不用再申请。") % {"name": person.name})
    case = procedures.open_case(
        actor=actor, procedure=PROCEDURE, unit=unit, person=person, on=received_on, today=today, now=now
    )
    procedures.perform(
        actor=actor, case=case, step="submit_application", on=received_on, data=data, reason=reason, today=today,
        now=now,
    )  # fmt: skip
    Application.objects.filter(person=person, state=ApplicationState.WAITING).update(
        state=ApplicationState.RECEIVED, received_on=received_on, case=case
    )
    Contact.objects.filter(person=person, outcome=ContactOutcome.OPEN).update(
        outcome=ContactOutcome.APPLIED, next_on=None
    )
    note(case=case.pk)
    return case


@action("membership.application.withdrawn", may=rules.may_withdraw, locks=("person",), about="person")
def withdraw_application(*, actor: Actor, person: Person, reason: str, today: date, now: datetime) -> Person:
    """The person takes the application back, at whatever step; nothing that was recorded is lost.

    Refuses when there is none, and once the person is a probationary member (that is a matter of the branch).
    """
    if person.party_status in MEMBERS:
        raise Refused(_("您已是党员，不能撤回入党申请。"), remedy=_("请同党支部书记谈。"))
    waiting = Application.objects.filter(person=person, state=ApplicationState.WAITING)
    number = waiting.update(state=ApplicationState.WITHDRAWN)
    case = cases_under_way(person).first()
    if case is not None:
        procedures.end(
            actor=System(case.tenant_id), case=case, outcome=Outcome.WITHDRAWN, reason=reason, on=today,
            today=today, now=now,
        )  # fmt: skip
        note(case=case.pk)
    elif not number:
        raise Refused(_("您没有正在办理的入党申请。"))
    return person
