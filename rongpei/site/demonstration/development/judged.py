"""Courses made whole, and judged act by act with the engine before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rongpei.ground.clock.calendar import WorkCalendar, add_months
from rongpei.kernel.procedures.facts import Done, Facts, Waiver
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import check
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.casefile import waiver
from rongpei.pipelines.membership.codes import Waivable
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.site.demonstration.development import early, late
from rongpei.site.demonstration.development.acts import Act, Course, ways
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.someone import House, Someone


@dataclass(frozen=True)
class Judged:
    """A course, what the engine said of every act, and the facts after all of them."""

    course: Course
    judgements: list[Judgement | None]
    facts: Facts


def special_rule(house: House) -> dict[str, Any]:
    """The document by which people were admitted from the front line."""
    return {
        "document": "关于在应急医疗任务一线做好发展党员工作的通知", "number": "云汀组通〔应急〕3号",
        "issuer": "中共云汀市委组织部", "issued_on": add_months(house.frontline_until, -14),
        "valid_from": add_months(house.frontline_until, -14), "valid_to": house.frontline_until,
        "waives": sorted([Waivable.CULTIVATION_YEAR.value, Waivable.HALF_YEAR_REVIEW.value]),
        "quota_exempt": True,
    }  # fmt: skip


def courses_of(house: House) -> Iterator[Course]:
    """A course for everybody whose way began or was decided within the demonstration's years."""
    since = add_months(house.anchor, -12 * max(3, house.plan.developed[0]) - 2)
    for one in house.people:
        if FactKind.PARTY_STATUS not in one.facts:
            continue
        for way in ways(one):
            if max(way.values()) > since and _is_recent(way, since) and _applied_here(one, way):
                yield _course(house, one, way)


def _is_recent(way: dict[PartyStatus, date], since: date) -> bool:
    joined = way.get(PartyStatus.PROBATIONARY)
    return joined is None or joined > since


def _applied_here(one: Someone, way: dict[PartyStatus, date]) -> bool:
    return PartyStatus.APPLICANT in way and one.branch(way[PartyStatus.APPLICANT]) is not None


def _course(house: House, one: Someone, way: dict[PartyStatus, date]) -> Course:
    oddity = house.oddities.get(one.id)
    chance = dice(house.plan.code, "case", one.id, way[PartyStatus.APPLICANT])
    return Course(house, one, way, oddity, chance)


def judge(course: Course, work: WorkCalendar, waivers: tuple[Waiver, ...]) -> Judged:
    """Let the course take its way and judge it; raises ValueError for an act that the engine blocks."""
    early.apply(course)
    if PartyStatus.ACTIVIST in course.way:
        early.cultivate(course)
    if PartyStatus.TARGET in course.way:
        early.list_target(course, work)
        late.prepare_target(course)
    if PartyStatus.PROBATIONARY in course.way:
        late.admit(course)
        late.educate(course)
    late.stop(course)
    course.follow_moves()
    facts = Facts(
        subject={"born_on": course.person.born_on}, waivers=waivers, calendar=work, complete=True, ours=True
    )
    judgements: list[Judgement | None] = []
    for act in course.acts:
        judgement, facts = _judge(course, act, facts)
        judgements.append(judgement)
    return Judged(course, judgements, facts)


def _judge(course: Course, act: Act, facts: Facts) -> tuple[Judgement | None, Facts]:
    if not act.step:
        return None, facts
    data = read_data(act.step, _plain(act.data))
    around = replace(facts, unit={"full_members": len(course.voters(act.on)), "temporary": False})
    judgement = check(MEMBERSHIP, act.step, facts=around, on=act.on, data=data)
    if not judgement.lawful:
        raise ValueError(
            f"{course.person.id} {act.step} {act.on}: {[one.message for one in judgement.findings]}"
        )
    if judgement.warnings and not act.reason:
        act.reason = "会后补录，已向上级党委说明"
    return judgement, facts.with_done(Done(act.step, act.on, data, judgement.sound))


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}


def special_waiver(house: House) -> tuple[Waiver, ...]:
    """The special rule as the engine reads it; only where a team went out."""
    if not house.plan.temporary:
        return ()
    rule = special_rule(house)
    return (
        waiver(
            document=rule["document"], waives=rule["waives"], allows_temporary_org=False,
            valid_from=rule["valid_from"], valid_to=rule["valid_to"],
        ),
    )  # fmt: skip
