"""Who applied, was confirmed and was admitted, counted from the records of cases; facts about a person as of the event."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from rongpei.ground.clock.calendar import add_years
from rongpei.ground.tenancy.models import Tenant
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.judging import stands
from rongpei.kernel.procedures.models import Case, Record
from rongpei.kernel.procedures.replaying import standing
from rongpei.org.people.codes import FactKind, PositionType
from rongpei.org.people.models import Person
from rongpei.org.people.queries import facts_as_of
from rongpei.org.people.roster.choices import title_level
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.pipelines.membership.statutes.cultivation import listed_on
from rongpei.site.demonstration.facts.figures import Figure, Line

_HIGH = ("senior", "associate")
_CLINICIANS = (PositionType.DOCTOR, PositionType.NURSE)
_KINDS = (FactKind.TITLE, FactKind.DEGREE, FactKind.POSITION_TYPE)


class Event(NamedTuple):
    """Something that happened to a person on a day; `proven`: the case tells of work at the front line before it."""

    person_id: int
    on: date
    proven: bool


class Ways(NamedTuple):
    """The events of every case up to a date."""

    applied: list[Event]
    activists: list[Event]
    admitted: list[Event]


def membership_section(tenant: Tenant, on: date) -> dict[str, Figure]:
    """New members of three and of two years; activists on the date; applications of a year, and of 高知 in two."""
    ways = ways_until(on)
    last_year = [one for one in ways.applied if one.on.year == on.year - 1]
    three, two = (_since(ways.admitted, add_years(on, -years), on) for years in (3, 2))
    lines = _lines([*ways.applied, *ways.activists, *ways.admitted])
    return {
        "developed_in_3_years": _figure(three, lines),
        "developed_in_3_years_backbones_proven_at_front_line": _figure(
            [one for one in three if one.proven and lines[one]["backbone"]], lines
        ),
        "doctors_and_nurses_who_applied_last_year": _figure(
            [one for one in last_year if lines[one]["position_type"] in _CLINICIANS], lines
        ),
        "new_members_in_2_years": _figure(two, lines),
        "new_members_in_2_years_senior_intellectuals": _figure(
            [one for one in two if lines[one]["high"]], lines
        ),
        "activists_in_cases": _figure(ways.activists, lines),
        "activists_senior_intellectuals": _figure(
            [one for one in ways.activists if lines[one]["high"]], lines
        ),
        "senior_intellectuals_who_applied_in_2_years": _figure(
            [one for one in _since(ways.applied, add_years(on, -2), on) if lines[one]["high"]], lines
        ),
    }


def ways_until(on: date) -> Ways:
    """Read every case of the tenant in scope once, and tell where each person stood at the end of a day."""
    cases = dict(Case.objects.filter(procedure=PROCEDURE, opened_on__lte=on).values_list("pk", "person_id"))
    held: dict[int, list[Record]] = {}
    for record in Record.objects.filter(case_id__in=list(cases), done_on__lte=on).order_by(
        "case_id", "sequence"
    ):
        held.setdefault(record.case_id, []).append(record)
    found = Ways([], [], [])
    for case_id, person_id in cases.items():
        if person_id is not None:
            done = tuple(one.done for one in standing(MEMBERSHIP, held.get(case_id, ()), read_data))
            _tell(found, person_id, Facts(done=done), on)
    return found


def _tell(found: Ways, person_id: int, facts: Facts, on: date) -> None:
    proven = any(one.data.get("front_line") for one in facts.done if one.step == "cultivate_and_review")
    application, activist = (
        _day(facts, step) for step in ("submit_application", "recommend_and_confirm_activist")
    )
    listed = facts.last("committee_consent_and_public_notice")
    is_listed = listed is not None and stands(MEMBERSHIP, listed) and listed_on(listed) <= on
    admitted = _day(facts, MEETING) if stands(MEMBERSHIP, facts.last(APPROVAL)) else None
    if application:
        found.applied.append(Event(person_id, application, proven))
    if admitted:
        found.admitted.append(Event(person_id, admitted, proven))
    elif activist and not is_listed:
        found.activists.append(Event(person_id, activist, proven))


def _day(facts: Facts, step: str) -> date | None:
    done = facts.last(step)
    return done.on if done is not None and stands(MEMBERSHIP, done) else None


def _since(events: Iterable[Event], after: date, until: date) -> list[Event]:
    return [one for one in events if after < one.on <= until]


def _figure(events: Iterable[Event], lines: Mapping[Event, Line]) -> Figure:
    found = sorted((lines[one] for one in events), key=lambda line: (line["on"], line["id"]))
    return Figure(len({line["id"] for line in found}), found)


def _lines(events: Iterable[Event]) -> dict[Event, dict[str, Any]]:
    """A line for each event, with title, degree and position as they were on its day; one query a day of events."""
    by_day: dict[date, list[Event]] = {}
    for one in events:
        by_day.setdefault(one.on, []).append(one)
    people = Person.objects.in_bulk({one.person_id for held in by_day.values() for one in held})
    found = {}
    for on, held in by_day.items():
        facts = facts_as_of([one.person_id for one in held], on, list(_KINDS))
        for one in held:
            person, then = people[one.person_id], facts.get(one.person_id, {})
            level = title_level(then.get(FactKind.TITLE, ""))
            found[one] = {
                "id": person.pk, "name": person.name, "staff_number": person.staff_number, "on": on.isoformat(),
                "title": then.get(FactKind.TITLE, ""), "degree": then.get(FactKind.DEGREE, ""),
                "position_type": then.get(FactKind.POSITION_TYPE, ""), "front_line": one.proven,
                "high": level in _HIGH or then.get(FactKind.DEGREE) == "博士",
                "backbone": level in (*_HIGH, "intermediate"),
            }  # fmt: skip
    return found
