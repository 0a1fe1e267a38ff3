"""Answers to the identity agreement and to the informed consent; agreeing opens the case."""

from datetime import date, datetime

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import action, note
from rongpei.kernel.procedures import actions as procedures
from rongpei.kernel.procedures.queries import standing_of
from rongpei.org.consent.actions import answer
from rongpei.org.consent.codes import Answer
from rongpei.org.consent.models import ConsentAnswer, ConsentText
from rongpei.org.people.models import Person
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import CHANNEL, OPEN, PROCEDURE, State
from rongpei.pipelines.verification.models import Application, Submission
from rongpei.pipelines.verification.models.applying import STATED
from rongpei.pipelines.verification.queries import newest_application, root_unit
from rongpei.pipelines.verification.stopping import stop_application


@action("verification.agreement.accepted", may=rules.may_answer, locks=("person",), about="person")
def accept_agreement(
    *, actor: Actor, person: Person, user: User, text: ConsentText, opens: bool, today: date, now: datetime
) -> Application | None:
    """Agree to the version in force. `opens`: also begin an application (somebody verified only agrees anew)."""
    answer(actor=actor, user=user, text=text, choice=Answer.AGREE, channel=CHANNEL, now=now)
    last = newest_application(person.pk)
    if not opens or (last is not None and last.state in OPEN):
        return last
    case = procedures.open_case(
        actor=actor,
        procedure=PROCEDURE,
        unit=root_unit(person.tenant_id),
        on=today,
        today=today,
        now=now,
        person=person,
    )
    data = {"text": text.pk, "version": text.version, "digest": text.digest}
    procedures.perform(actor=actor, case=case, step="agree", on=today, data=data, today=today, now=now)
    return Application.objects.create(
        tenant_id=person.tenant_id, case=case, person=person, begun_at=now, changed_at=now, **_known(person)
    )


def _known(person: Person) -> dict[str, str]:
    """What the last submission said, where it was not deleted: somebody who renews does not type it again."""
    last = Submission.objects.filter(person=person, passed=True).order_by("-id").first()
    return {} if last is None else {name: getattr(last, name) for name in STATED}


@action("verification.agreement.refused", may=rules.may_answer, locks=("person",), about="person")
def refuse_agreement(
    *, actor: Actor, person: Person, user: User, text: ConsentText, today: date, now: datetime
) -> ConsentAnswer:
    """Refuse: the gate stays closed, and what an open application holds is deleted. Nothing else changes."""
    last = newest_application(person.pk)
    if last is not None and last.state in OPEN:
        stop_application(actor=actor, application=last, reason="refused", today=today, now=now)
    return answer(actor=actor, user=user, text=text, choice=Answer.REFUSE, channel=CHANNEL, now=now)


@action("verification.informed.answered", may=rules.may_answer, locks=("person",), about="person")
def answer_informed(
    *, actor: Actor, person: Person, user: User, text: ConsentText, agrees: bool, today: date, now: datetime
) -> ConsentAnswer:
    """Agree to take part, or skip: a skip is stored as a skip and never as consent. Either goes on with the case."""
    choice = Answer.AGREE if agrees else Answer.SKIP
    given = answer(actor=actor, user=user, text=text, choice=choice, channel=CHANNEL, now=now)
    note(choice=choice)
    last = newest_application(person.pk)
    if last is None or last.state != State.DRAFT:
        return given
    if not any(one.done.step == "inform" for one in standing_of(last.case)):
        data = {"answer": str(choice), "version": text.version}
        procedures.perform(
            actor=actor, case=last.case, step="inform", on=today, data=data, today=today, now=now
        )
    return given
