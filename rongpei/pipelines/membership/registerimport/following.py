"""What else a taken-over case settles: training enters the ledger, a waiting application and open conversations are closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.ledger.queries import entries_from
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import History
from rongpei.pipelines.membership.codes import LEDGER_TRAINING, ApplicationState, ContactOutcome
from rongpei.pipelines.membership.models import Application, Contact, RegisterImport

SOURCE = "membership.register"
_TRAINING = "concentrated_training"


def enter_training(*, actor: Actor, run: RegisterImport, histories: Sequence[History], now: datetime) -> int:
    """Enter the hours of training that the register tells, from which the step counts them; how many entries.

    Somebody of whom the ledger knows training of the same time already is left out: it is the same training.
    """
    told = [(one, act) for one in histories if (act := _training_of(one)) is not None]
    lines = []
    if told:
        known = _known_days([one.person.pk for one, _act in told])
        lines = [
            ledger.Line(LEDGER_TRAINING, act.on, person_id=one.person.pk, class_hours=Decimal(str(act.data["class_hours"])))
            for one, act in told
            if not any(one.acts[0].on <= day <= act.on for day in known.get(one.person.pk, ()))
        ]  # fmt: skip
    if not lines:
        return 0
    source = ledger.Source(SOURCE, run.pk, _("积极分子和发展对象册补录"))
    return ledger.enter(actor=actor, tenant_id=run.tenant_id, source=source, lines=lines, now=now)


def _training_of(history: History) -> Done | None:
    acts = (act for act in history.acts if act.step == _TRAINING and act.data.get("class_hours"))
    return next(acts, None)


def _known_days(people: Sequence[int]) -> dict[int, list[date]]:
    rows = Entry.objects.filter(
        person__in=people, kind=LEDGER_TRAINING, reverses=None, reversed_by=None
    ).values_list("person_id", "occurred_on")
    found: dict[int, list[date]] = {}
    for person_id, day in rows:
        found.setdefault(person_id or 0, []).append(day)
    return found


def take_back_training(*, actor: Actor, run: RegisterImport, now: datetime) -> int:
    """Reverse what `enter_training` entered."""
    entries = list(entries_from(source_kind=SOURCE, source_id=run.pk))
    return ledger.reverse(actor=actor, entries=entries, now=now) if entries else 0


def settle(cases: Sequence[Case]) -> dict[int, list[list[Any]]]:
    """Receive the applications that wait and end the conversations that are open, as an application on paper does.

    Returns what was open of each person, to be given back: `{person: [[conversation, next day], …]}`.
    """
    case_of = {case.person_id: case for case in cases}
    waiting = list(Application.objects.filter(person__in=case_of, state=ApplicationState.WAITING))
    for one in waiting:
        case = case_of[one.person_id]
        one.state, one.received_on, one.case = ApplicationState.RECEIVED, case.opened_on, case
    Application.objects.bulk_update(waiting, ["state", "received_on", "case"])
    open_now = Contact.objects.filter(person__in=case_of, outcome=ContactOutcome.OPEN)
    talks: dict[int, list[list[Any]]] = {}
    for pk, person_id, on in open_now.values_list("pk", "person_id", "next_on"):
        talks.setdefault(person_id, []).append([pk, on.isoformat() if on else None])
    if talks:
        open_now.update(outcome=ContactOutcome.APPLIED, next_on=None)
    return talks


def unsettle(cases: Sequence[Case], befores: Sequence[Mapping[str, Any]]) -> None:
    """Let applications wait and conversations go on as before `settle`."""
    Application.objects.filter(case__in=cases).update(
        state=ApplicationState.WAITING, received_on=None, case=None
    )
    days = {pk: on for before in befores for pk, on in before.get("talks", ())}
    rows = list(Contact.objects.filter(pk__in=days, outcome=ContactOutcome.APPLIED))
    for row in rows:
        on = days[row.pk]
        row.outcome, row.next_on = ContactOutcome.OPEN, date.fromisoformat(on) if on else None
    Contact.objects.bulk_update(rows, ["outcome", "next_on"])
