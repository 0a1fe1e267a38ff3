"""Judging the acts of every person by the engine, and storing cases, records, open steps and helpers at once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rongpei.ground.clock.calendar import WorkCalendar, add_years
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import judge_acts
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.opening import stage, wanted
from rongpei.kernel.procedures.recording import ending
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.codes import PROCEDURE, HelperKind
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.site.demonstration.cases.way import Act, acts_of, days_of, make_room
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.someone import Cell, House, Someone

_YEARS = 7  # members of longer standing came in before the platform
_HELPERS = {"assign_mentors": (HelperKind.MENTOR, "mentors"), "assign_introducers": (HelperKind.INTRODUCER, "introducers")}  # fmt: skip


@dataclass
class Way:
    """One person's case in the making."""

    person: Someone
    cell: Cell
    acts: list[Act]
    judged: list[Judgement]
    facts: Facts
    case: Case


def decide_cases(house: House) -> None:
    """Before anybody is stored: move what the newer text of the regulation leaves no room for."""
    for one in house.staff:
        days = days_of(one)
        if days is not None:
            make_room(one, days)


def store_cases(house: House, work: WorkCalendar) -> tuple[int, int]:
    """Every case of the last years; return how many cases and records."""
    ways = list(_ways(house, work))
    for way, pk in zip(ways, next_ids(Case, len(ways)), strict=True):
        way.case.pk = pk
    Case.objects.bulk_create([way.case for way in ways], batch_size=500)
    columns = (
        "tenant_id", "case_id", "sequence", "kind", "step", "done_on", "data", "edition", "findings", "sound", "reason",
        "unit_id", "recorded_by", "recorded_at",
    )  # fmt: skip
    count = insert_rows(Record, columns, (row for way in ways for row in _record_rows(way)))
    Opening.objects.bulk_create(
        [row for way in ways if way.case.state == State.OPEN for row in wanted(way.case, way.facts).values()],
        batch_size=500,
    )
    Helper.objects.bulk_create([row for way in ways for row in _helpers(way)], batch_size=500)
    return len(ways), count


def _ways(house: House, work: WorkCalendar) -> Iterator[Way]:
    begins = add_years(house.anchor, -_YEARS)
    for one in house.staff:
        days = days_of(one)
        unit = one.branch(house.anchor)
        if days is None or unit is None or (days.joined and days.joined < begins):
            continue
        cell = next((cell for cell in house.cells if cell.unit is unit), None)
        if cell is None:
            continue
        chance = dice(house.plan.code, "case", one.number)
        proven = one in house.proven or chance.random() < 0.3
        acts = acts_of(one, days, cell, house.anchor, chance, proven)
        yield _judged(house, one, cell, acts, work)


def _judged(house: House, one: Someone, cell: Cell, acts: list[Act], work: WorkCalendar) -> Way:
    ordered = sorted(acts, key=lambda act: (act.on, MEMBERSHIP.step(act.step).number))
    done = [Done(act.step, act.on, read_data(act.step, act.data)) for act in ordered]
    begun = Facts(
        subject={"born_on": one.born_on}, unit={"temporary": False, "has_committee": True}, calendar=work,
        complete=True, ours=True,
    )  # fmt: skip
    judged, facts = judge_acts(MEMBERSHIP, begun, done)
    for act, judgement in zip(ordered, judged, strict=True):
        if judgement.findings and judgement.lawful and not act.reason:
            act.reason = "补录历史台账。"
    outcome = ending(MEMBERSHIP, facts)
    case = Case(
        tenant=house.tenant, procedure=PROCEDURE, person_id=one.id, unit=cell.unit, opened_on=ordered[0].on,
        reached_on=ordered[-1].on, state=State.ENDED if outcome else State.OPEN, outcome=outcome,
        ended_on=ordered[-1].on if outcome else None, records=len(ordered) + 1,
    )  # fmt: skip
    case.stage = stage(case, facts)
    return Way(one, cell, ordered, judged, facts, case)


def _record_rows(way: Way) -> Iterator[tuple[Any, ...]]:
    case = way.case
    secretary = next((o.person.id for o in way.cell.officers if o.serves(case.reached_on)), None)
    yield (
        *_head(case, 1, RecordKind.OPENED, "", case.opened_on),
        "{}",
        "",
        "[]",
        True,
        "",
        *_tail(way, secretary, case.opened_on),
    )
    for sequence, (act, judgement) in enumerate(zip(way.acts, way.judged, strict=True), start=2):
        findings = json.dumps([one.as_json() for one in judgement.findings], ensure_ascii=False)
        yield (
            *_head(case, sequence, RecordKind.DONE, act.step, act.on), json.dumps(act.data, ensure_ascii=False),
            judgement.edition, findings, judgement.sound, act.reason, *_tail(way, secretary, act.on),
        )  # fmt: skip


def _head(case: Case, sequence: int, kind: str, step: str, on: date) -> tuple[Any, ...]:
    return case.tenant_id, case.pk, sequence, kind, step, on


def _tail(way: Way, secretary: int | None, on: date) -> tuple[int, int | None, datetime]:
    return way.cell.unit.pk, secretary, at(on, 17)


def _helpers(way: Way) -> Iterator[Helper]:
    for act in way.acts:
        if act.step in _HELPERS:
            kind, key = _HELPERS[act.step]
            for one in act.data[key]:
                yield Helper(
                    tenant_id=way.case.tenant_id,
                    case=way.case,
                    kind=kind,
                    person_id=one["person_id"],
                    starts_on=act.on,
                )
