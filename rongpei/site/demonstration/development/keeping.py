"""Storing the cases of a hospital in the shape the actions give them."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.procedures import opening
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.recording import plain
from rongpei.org.people.codes import PartyStatus
from rongpei.org.units.codes import Tree
from rongpei.pipelines.membership.codes import LEDGER_TRAINING, PROCEDURE, TRAINING_SOURCE, HelperKind
from rongpei.pipelines.membership.models import Helper, SpecialRule, ThoughtReport, YearPlan
from rongpei.site.demonstration.development.acts import Act, Course
from rongpei.site.demonstration.development.judged import (
    Judged,
    courses_of,
    judge,
    special_rule,
    special_waiver,
)
from rongpei.site.demonstration.development.late import TRAINING_HOURS
from rongpei.site.demonstration.entries import COLUMNS
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.someone import House

_CASE = (
    "id", "tenant_id", "procedure", "person_id", "unit_id", "state", "stage", "outcome", "opened_on", "reached_on",
    "ended_on", "records",
)  # fmt: skip
_RECORD = (
    "tenant_id", "case_id", "sequence", "kind", "step", "done_on", "data", "edition", "findings", "sound", "reason",
    "unit_id", "recorded_by", "recorded_at",
)  # fmt: skip
_OPENING = (
    "tenant_id", "case_id", "procedure", "step", "holder", "person_id", "unit_id", "opens_on", "due_on", "by_rule",
)  # fmt: skip
_HELPER = ("tenant_id", "case_id", "kind", "person_id", "starts_on")
_REPORT = ("tenant_id", "case_id", "written_on", "received_on", "body", "paper", "recorded_by", "recorded_at")
_HELPERS = (
    (HelperKind.MENTOR, "assign_mentors", "mentors"),
    (HelperKind.INTRODUCER, "assign_introducers", "introducers"),
)
_ZERO = Decimal(0)


def plan_cases(house: House, work: WorkCalendar) -> list[Judged]:
    """Decide and judge every case of a hospital, and tell the house which statuses belong to which case."""
    waivers = special_waiver(house)
    found = [judge(course, work, waivers) for course in courses_of(house)]
    for one, ident in zip(found, next_ids(Case, len(found)), strict=True):
        one.course.id = ident
        for day in one.course.way.values():
            house.case_of[one.course.person.id, day] = ident
    return found


def store_cases(house: House, found: list[Judged]) -> int:
    """Store the cases with everything that hangs on them; returns how many."""
    cases = {one.course.id: _case(one) for one in found}
    insert_rows(Case, _CASE, ([getattr(case, name) for name in _CASE] for case in cases.values()))
    _store_training(house, found)
    insert_rows(Record, _RECORD, (row for one in found for row in _record_rows(one)))
    insert_rows(
        Opening,
        _OPENING,
        (
            [getattr(row, name) for name in _OPENING]
            for one in found
            if one.course.state == State.OPEN
            for row in opening.wanted(cases[one.course.id], one.facts).values()
        ),
    )
    insert_rows(Helper, _HELPER, (row for one in found for row in _helper_rows(one)))
    insert_rows(ThoughtReport, _REPORT, (row for one in found for row in _report_rows(one.course)))
    year = house.anchor.year
    joined = [one.course.way.get(PartyStatus.PROBATIONARY) for one in found]
    admitted = sum(day is not None and day.year == year for day in joined)
    YearPlan.objects.create(
        tenant=house.tenant,
        year=year,
        unit=None,
        places=admitted + max(2, admitted // 4),
        document=f"云汀组通〔{year}〕2号",
    )
    if house.plan.temporary:
        SpecialRule.objects.create(
            tenant=house.tenant, recorded_at=at(special_rule(house)["issued_on"], 9), **special_rule(house)
        )
    return len(cases)


def _case(one: Judged) -> Case:
    course = one.course
    first, last = course.acts[0], course.acts[-1]
    case = Case(
        id=course.id, tenant_id=course.house.tenant.pk, procedure=PROCEDURE, person_id=course.person.id,
        unit_id=last.branch.pk, state=course.state.value, outcome=course.outcome, opened_on=first.on,
        reached_on=max(act.on for act in course.acts if act.step), ended_on=course.ended_on,
        records=len(course.acts) + 1,
    )  # fmt: skip
    case.stage = opening.stage(case, one.facts)
    return case


def _record_rows(one: Judged) -> Iterator[tuple[Any, ...]]:
    course = one.course
    opened = Act("", course.acts[0].on, course.acts[0].branch, kind=RecordKind.OPENED)
    judgements = [None, *one.judgements]
    for index, (act, judgement) in enumerate(zip([opened, *course.acts], judgements, strict=True)):
        findings = [finding.as_json() for finding in judgement.findings] if judgement else []
        yield (
            course.house.tenant.pk, course.id, index + 1, act.kind.value, act.step, act.on, _json(plain(act.data)),
            judgement.edition if judgement else "", _json(findings), judgement.sound if judgement else True, act.reason,
            act.branch.pk, course.secretary_on(act.on).id, _written(course, act.on),
        )  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written(course: Course, on: date) -> datetime:
    return at(min(on + timedelta(days=1), course.anchor), 9)


def _helper_rows(one: Judged) -> Iterator[tuple[Any, ...]]:
    for kind, step, key in _HELPERS:
        done = one.facts.last(step)
        for named in done.data.get(key, ()) if done else ():
            on = done.on if done else one.course.anchor
            yield one.course.house.tenant.pk, one.course.id, kind.value, named["person_id"], on


def _report_rows(course: Course) -> Iterator[tuple[Any, ...]]:
    for on in course.reports:
        if on <= course.anchor:
            yield (
                course.house.tenant.pk, course.id, on, on, "", True, course.secretary_on(on).id, _written(course, on),
            )  # fmt: skip


def _store_training(house: House, found: list[Judged]) -> None:
    trained = [one.course for one in found if one.course.training]
    ids = iter(next_ids(Entry, sum(len(course.training) for course in trained)))
    rows: list[tuple[Any, ...]] = []
    for course in trained:
        mine = [next(ids) for _ in course.training]
        next(act for act in course.acts if act.step == "concentrated_training").data["entries"] = mine
        rows += [_entry(course, ident, on) for ident, on in zip(mine, course.training, strict=True)]
    insert_rows(Entry, COLUMNS, rows)


def _entry(course: Course, ident: int, on: date) -> tuple[Any, ...]:
    one = course.person
    branch, department = one.branch(on), one.home(Tree.ADMIN, on)
    return (
        ident, course.house.tenant.pk, "person", one.id, LEDGER_TRAINING, on, TRAINING_HOURS, _ZERO, 0, TRAINING_SOURCE,
        course.id, "发展对象培训班", branch.pk if branch else None, department.pk if department else None,
        _json(one.snapshot(on)), None, _written(course, on), None,
    )  # fmt: skip
