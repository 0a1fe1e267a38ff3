"""Asking cases: their facts, what would be found, what is open for whom. Every read names its asker or its scope."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Q, QuerySet
from django.utils.functional import SimpleLazyObject

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import Fixed, prepared, prepared_models
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.declaring import Procedure, Step
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import check, offered_steps, stands
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.registry import all_registered, registered
from rongpei.kernel.procedures.replaying import Standing, standing
from rongpei.org.access.rules import units_below
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


def history_of(case: Case) -> QuerySet[Record]:
    """Everything ever recorded of a case, in order."""
    return Record.objects.filter(case=case).order_by("sequence")


@prepared_models
def full_history(*, case_id: int) -> QuerySet[Record]:
    """`history_of` a case with the unit of each record, prepared."""
    return Record.objects.filter(case_id=case_id).select_related("unit").order_by("sequence")


def standing_of(case: Case) -> list[Standing]:
    """What stands after returns and corrections, each with its record."""
    known = registered(case.procedure)
    return standing(known.procedure, list(history_of(case)), known.read)


def facts_of(case: Case, on: date, records: Sequence[Record] | None = None) -> Facts:
    """The facts of a case as the judge takes them; `on` dates what the pipeline knows beside the records.

    `records` are its history where it has been read already. One imported in part is not complete.
    """
    known = registered(case.procedure)
    around = known.around(case, on)
    history = full_history(case_id=case.pk) if records is None else records
    return Facts(
        done=tuple(one.done for one in standing(known.procedure, history, known.read)),
        subject=around.subject,
        unit=around.unit,
        waivers=around.waivers,
        # Read when a rule first counts working days: six hundred rows that most pages need not.
        calendar=cast(WorkCalendar, SimpleLazyObject(WorkCalendar.load)),
        complete=not (history and history[0].data.get("partial")),
        ours=True,
        silent=frozenset(history[0].data.get("silent", ())) if history else frozenset(),
    )


def findings_if(case: Case, step: str, *, on: date, data: dict[str, Any] | None = None) -> Judgement:
    """What if this step were done on this day? Writes nothing; the page asks before anybody submits.

    Typed data is completed from the house's own facts (ledger, status, sanctions) exactly as `perform` does.
    """
    known = registered(case.procedure)
    given = known.prepare(case, step, on, known.read(step, data or {}))
    return check(known.procedure, step, facts=facts_of(case, on), on=on, data=given)


def open_steps(case: Case, on: date) -> list[tuple[Step, Judgement]]:
    """Steps that may be taken up, with what would be found if they were done on the day."""
    known = registered(case.procedure)
    facts = facts_of(case, on)
    if case.state != State.OPEN:
        return []
    return [
        (step, check(known.procedure, step.code, facts=facts, on=on, data=known.prepare(case, step.code, on, {})))
        for step in offered_steps(known.procedure, facts)
    ]  # fmt: skip


def stage_of(procedure: Procedure, facts: Facts) -> str:
    """The stage of the furthest step that stands."""
    done = [
        procedure.step(one.step)
        for one in facts.done
        if procedure.step(one.step).number and stands(procedure, one)
    ]
    return max(done, key=lambda step: step.number).stage if done else procedure.stages[0].code


def without(facts: Facts, kept: Collection[int]) -> Facts:
    """The facts with only the doings at these positions."""
    return replace(facts, done=tuple(facts.done[index] for index in kept))


def openings_for(actor: Actor) -> QuerySet[Opening]:
    """Open steps the actor should do: by roles held over the unit (or the one it was escalated to), and one's own."""
    mine = Q(pk__in=[])
    for part in _parts(actor):
        mine |= part
    return Opening.objects.filter(mine).order_by("due_on", "id")


SHOWN = ("case_id", "procedure", "step", "due_on", "by_rule", "escalated_to_id", "person__name")
_TOLD = ("case_id", "procedure", "step", "by_rule", "escalated_to_id", "person_id")
MOST_URGENT = 50


class Urgent(NamedTuple):
    """An open step as a to-do shows it."""

    case_id: int
    procedure: str
    step: str
    due_on: date
    by_rule: bool
    escalated_to_id: int | None
    person: str | None


def urgent_openings_for(actor: Actor, *, before: date) -> list[Urgent]:
    """The most urgent fifty of `openings_for` that have opened and are due by a day; two queries, each part by its index."""
    known = Fixed(tuple(one.procedure.code for one in all_registered()))
    found = sorted(set(_urgent(actor=actor, before=before, known=known)))[:MOST_URGENT]
    people = sorted({row[-1] for row in found if row[-1] is not None})
    names: dict[int, str] = dict(_names(ids=people)) if people else {}
    return [
        Urgent(case, procedure, step, due_on, by_rule, above, names.get(person))
        for due_on, _pk, case, procedure, step, by_rule, above, person in found
    ]


@prepared
def _urgent(*, actor: Actor, before: date, known: Fixed) -> QuerySet[Opening, Any]:
    def first(at: Q, units: QuerySet[Unit]) -> Q:
        """The most urgent of each unit, so that a small one in a large house reads its own and no more."""
        rows = Opening.objects.filter(at, unit=OuterRef("pk"), due_on__lte=before, opens_on__lte=before)
        ids = ArraySubquery(rows.order_by("due_on", "id").values("pk")[:MOST_URGENT])
        return any_of("pk", units.annotate(first=Func(ids, function="unnest")).values("first"))

    parts = [
        Opening.objects.filter(part, due_on__lte=before, opens_on__lte=before)
        .order_by("due_on", "id")
        .values_list("due_on", "pk", *_TOLD)[:MOST_URGENT]
        for part in _parts(actor, first)
    ]
    if not parts:
        return Opening.objects.none()
    return parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)


@prepared
def _names(*, ids: list[int]) -> QuerySet[Person, Any]:
    return Person.objects.filter(any_of("pk", ids)).order_by().values_list("pk", "name")


def _in_units(at: Q, units: QuerySet[Unit]) -> Q:
    return at & any_of("unit", units.values("id"))


def _parts(actor: Actor, in_units: Callable[[Q, QuerySet[Unit]], Q] = _in_units) -> list[Q]:
    """Why an open step is the actor's, each reason with an index of its own."""
    parts: list[Q] = []
    for known in all_registered():
        code = known.procedure.code
        for roles, holders in _by_roles(known.holders):
            at = Q(procedure=code, holder__in=holders)
            paths = actor.places(*roles) if roles else ()
            if not roles and actor.person_id is not None:
                parts.append(at & Q(person_id=actor.person_id))
            elif paths == ("/",):  # the index of a tenant is in the order of each holder
                parts += [Q(procedure=code, holder=holder, tenant_id=actor.tenant_id) for holder in holders]
            elif paths:
                parts.append(in_units(at, Unit.objects.filter(units_below(paths))))
        if above := actor.places(*known.supervisors):
            parts.append(Q(procedure=code) & _escalated(above))
    return parts


def _by_roles(holders: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[tuple[str, ...], list[str]]]:
    """Holders that are the same people: what they should do is looked for once."""
    found: dict[tuple[str, ...], list[str]] = {}
    for holder, roles in holders.items():
        found.setdefault(roles, []).append(holder)
    return found.items()


def _escalated(paths: tuple[str, ...]) -> Q:
    """Steps handed up to the units in whose charge the actor is; a role over everything has the roots."""
    if paths == ("/",):
        return Q(escalated_to__parent=None, escalated_to__isnull=False)
    return Q(escalated_to__path__in=paths) if paths else Q(pk__in=[])


def openings_of(unit: Unit) -> QuerySet[Opening]:
    """Open steps at and under a unit."""
    below = Unit.objects.filter(path__under=unit.path).values("id")
    return Opening.objects.filter(any_of("unit", below)).order_by("due_on", "id")


def acts_between(procedure: str, step: str, starts_on: date, ends_on: date) -> QuerySet[Record]:
    """Records of a step in a half-open window that still stand: neither corrected nor returned is told by `standing_of`."""
    superseded = Record.objects.exclude(supersedes=None).values("supersedes")
    return (
        Record.objects.filter(step=step, done_on__gte=starts_on, done_on__lt=ends_on, case__procedure=procedure)
        .filter(kind__in=(RecordKind.DONE, RecordKind.TOLD, RecordKind.CORRECTED))
        .exclude(pk__in=superseded)
        .order_by("done_on", "id")
    )  # fmt: skip
