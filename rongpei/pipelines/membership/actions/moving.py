"""组织关系转接: a letter is issued, the return slip comes back, and only then does the home change."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.procedures import actions as procedures
from rongpei.org.people.models import Person
from rongpei.org.units.actions import post_person
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import LetterKind, LetterState, Outcome
from rongpei.pipelines.membership.models import RelationLetter
from rongpei.pipelines.membership.queries import cases_under_way


@action("membership.letter.issued", may=rules.may_move)
def issue_letter(
    *, actor: Actor, kind: LetterKind, person: Person, from_unit: Unit | None, to_unit: Unit | None, outside: str,
    number: str, issued_on: date, due_on: date, today: date,
) -> RelationLetter:  # fmt: skip
    """Issue (or register) a letter; the person stays in the old branch until its return slip is received.

    Refuses a second open letter of the person, a letter to the branch the person is in, and one to nowhere.
    """
    if issued_on > today:
        raise Refused(_("开出日期不能晚于今天。"))
    if RelationLetter.objects.filter(person=person, state=LetterState.ISSUED).exists():
        raise Refused(_("%(name)s还有一封介绍信没有回执，不能再开。") % {"name": person.name})
    if kind != LetterKind.OUT and to_unit is None:
        raise Refused(_("请选择转入的党支部。"))
    if kind != LetterKind.INSIDE and not outside.strip():
        raise Refused(_("请填写外单位党组织的名称。"))
    if kind != LetterKind.IN and from_unit is None:
        raise Refused(_("%(name)s现在不在任何党支部，不能转出。") % {"name": person.name})
    if to_unit is not None and from_unit is not None and to_unit.pk == from_unit.pk:
        raise Refused(_("%(name)s已在这个党支部。") % {"name": person.name})
    return RelationLetter.objects.create(
        tenant_id=person.tenant_id, kind=kind, person=person,
        from_unit=from_unit if kind != LetterKind.IN else None, to_unit=to_unit if kind != LetterKind.OUT else None,
        outside=outside.strip() if kind != LetterKind.INSIDE else "", number=number, issued_on=issued_on, due_on=due_on,
    )  # fmt: skip


@action("membership.letter.received", may=rules.may_receive, locks=("letter",), about="letter")
def receive_slip(
    *, actor: Actor, letter: RelationLetter, received_on: date, slip_number: str, today: date, now: datetime
) -> RelationLetter:
    """Receive the return slip: from that day the person's home is the new branch, and the open case goes along."""
    if letter.state != LetterState.ISSUED:
        raise Refused(_("这封介绍信已经办结。"))
    if not letter.issued_on <= received_on <= today:
        raise Refused(_("接收日期应在开出日期和今天之间。"))
    letter.state, letter.received_on, letter.slip_number = LetterState.RECEIVED, received_on, slip_number
    letter.save(update_fields=["state", "received_on", "slip_number"])
    person, system = letter.person, System(letter.tenant_id)
    post_person(
        actor=system,
        person=person,
        tree=Tree.PARTY,
        unit=letter.to_unit,
        starts_on=received_on,
        today=today,
        now=now,
    )
    case = cases_under_way(person).first()
    if case is not None and letter.to_unit is not None and case.unit_id != letter.to_unit_id:
        procedures.transfer(
            actor=system, case=case, unit=letter.to_unit, step="transfer_in", on=received_on, today=today, now=now,
            reason=_("组织关系介绍信 %(number)s") % {"number": letter.number},
        )  # fmt: skip
    elif case is not None and letter.to_unit is None:
        procedures.end(
            actor=system, case=case, outcome=Outcome.TRANSFERRED, on=received_on, today=today, now=now,
            reason=_("组织关系转出，介绍信 %(number)s") % {"number": letter.number},
        )  # fmt: skip
    note(case=case.pk if case else None)
    return letter


@action("membership.letter.cancelled", may=rules.may_receive, locks=("letter",), about="letter")
def cancel_letter(*, actor: Actor, letter: RelationLetter, reason: str) -> RelationLetter:
    """Cancel a letter that was not used; the person stays where the relation is."""
    if letter.state != LetterState.ISSUED:
        raise Refused(_("这封介绍信已经办结。"))
    if not reason.strip():
        raise Refused(_("请写明作废原因。"), code="reason")
    letter.state, letter.reason = LetterState.CANCELLED, reason[:200]
    letter.save(update_fields=["state", "reason"])
    return letter
