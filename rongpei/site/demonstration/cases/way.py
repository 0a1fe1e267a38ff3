"""The acts of one person's way, on lawful days, from the dates at which the status changed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from rongpei.ground.clock.calendar import add_months
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.site.demonstration.someone import Cell, Someone

_NEW_TEXT = date(2026, 5, 11)
_NOTICE_DAYS = 14  # calendar days that hold five working days, spring festival included
_WORDS = (
    "政治立场坚定，学习笔记完整，夜班之余坚持参加支部活动。",
    "带教认真，主动承担隔离病区排班，群众评价好。",
    "能按期写思想汇报，对不足认识清楚，改进明显。",
    "急难任务冲在前面，业务考核优秀，团结同志。",
)


@dataclass
class Act:
    """A step done on a day."""

    step: str
    on: date
    data: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass
class Days:
    """When somebody applied, was listed, met and was converted; None for what has not come."""

    applied: date
    activist: date | None = None
    target: date | None = None
    joined: date | None = None
    converted: date | None = None


def days_of(one: Someone) -> Days | None:
    """The days of a person's party status; None for those who never applied."""
    if FactKind.PARTY_STATUS not in one.facts:
        return None
    found: dict[str, date] = {}
    for on, status in one.facts[FactKind.PARTY_STATUS].points():
        found.setdefault(status, on)
    if PartyStatus.APPLICANT not in found:
        return None
    return Days(
        found[PartyStatus.APPLICANT], found.get(PartyStatus.ACTIVIST), found.get(PartyStatus.TARGET),
        found.get(PartyStatus.PROBATIONARY), found.get(PartyStatus.FULL),
    )  # fmt: skip


def make_room(one: Someone, days: Days) -> None:
    """Under the newer text a notice stands between discussion and listing: cultivation has to begin earlier for it."""
    if days.target is None or days.activist is None or days.target < _NEW_TEXT:
        return
    latest = add_months(days.target - timedelta(days=_NOTICE_DAYS + 1), -12)
    if days.activist > latest:
        timeline = one.facts[FactKind.PARTY_STATUS]
        timeline.days.remove(days.activist)
        del timeline.values[days.activist]
        one.learn(FactKind.PARTY_STATUS, latest, PartyStatus.ACTIVIST)
        days.activist = latest


def acts_of(
    one: Someone, days: Days, cell: Cell, anchor: date, chance: random.Random, proven: bool
) -> list[Act]:
    """Every act until the anchor date, in order. `proven`: the reviews tell of work at the front line."""
    acts = [*_beginning(days, chance, anchor), *_cultivation(one, days, cell, chance, proven)]
    if days.target:
        acts += _listing(days)
    if days.target and days.joined:
        acts += [*_admission(one, days, cell, anchor, chance), *_probation(days, cell, anchor, chance)]
    return [act for act in acts if act.on <= anchor]


def _beginning(days: Days, chance: random.Random, anchor: date) -> Iterator[Act]:
    yield Act("submit_application", days.applied)
    waits = days.activist is None and chance.random() < 0.2
    if not waits:
        yield Act("initial_talk", days.applied + timedelta(days=chance.randint(5, 26)))
    elif days.applied + timedelta(days=50) < anchor and chance.random() < 0.5:
        late = days.applied + timedelta(days=chance.randint(34, 48))
        yield Act("initial_talk", late, reason="谈话人外出支援，返院后补谈。")


def _cultivation(one: Someone, days: Days, cell: Cell, chance: random.Random, proven: bool) -> Iterator[Act]:
    if days.activist is None:
        return
    yield Act("recommend_and_confirm_activist", days.activist)
    yield Act("file_activist", days.activist + timedelta(days=7))
    mentors = full_members(cell, days.activist, one, chance, 2)
    data = [{"status": "full", "person_id": mentor.id} for mentor in mentors]
    yield Act("assign_mentors", days.activist + timedelta(days=9), {"mentors": data})
    until = days.target - timedelta(days=_NOTICE_DAYS) if days.target else date.max
    skips = days.target is None and chance.random() < 0.25
    for half_years in range(1, 7):
        on = add_months(days.activist, 6 * half_years)
        if on >= until or (skips and half_years > 1):
            return
        words: dict[str, Any] = {"performance": chance.choice(_WORDS)}
        yield Act("cultivate_and_review", on, {**words, "front_line": True} if proven else words)


def _listing(days: Days) -> Iterator[Act]:
    assert days.target is not None
    assert days.activist is not None
    listed = days.target
    if listed < _NEW_TEXT:
        discussed = max(add_months(days.activist, 12), listed - timedelta(days=10))
        yield Act("propose_development_target", min(discussed, listed))
        yield Act("committee_consent_and_public_notice", listed)
        return
    posted = listed - timedelta(days=_NOTICE_DAYS)
    yield Act("propose_development_target", posted - timedelta(days=1))
    notice = {
        "posted_on": posted.isoformat(),
        "ended_on": listed.isoformat(),
        "objections": 0,
        "approved": True,
    }
    yield Act("committee_consent_and_public_notice", listed, notice)


def _admission(one: Someone, days: Days, cell: Cell, anchor: date, chance: random.Random) -> Iterator[Act]:
    assert days.target is not None
    assert days.joined is not None
    listed, met = days.target, days.joined
    introducers = [
        {"status": "full", "person_id": member.id} for member in full_members(cell, listed, one, chance, 2)
    ]
    yield Act("assign_introducers", listed + timedelta(days=5), {"introducers": introducers})
    yield Act("political_review", listed + timedelta(days=15), {"conclusion": "qualified"})
    training = {"days": 3, "class_hours": 24, "passed": True}
    yield Act("concentrated_training", listed + timedelta(days=22), training)
    yield Act("branch_committee_review", met - timedelta(days=26))
    yield Act("committee_pre_review", met - timedelta(days=20), {"passed": True})
    yield Act("complete_admission_form", met - timedelta(days=12))
    yield Act("branch_admission_meeting", met, ballots(cell, met, chance))
    approved = min(met + timedelta(days=chance.randint(25, 70)), anchor)
    yield Act("pre_approval_talk", min(met + timedelta(days=12), approved))
    yield Act("committee_admission_approval", approved, {"approved": True, "body": "party_committee"})
    yield Act("file_with_higher_org_dept", approved + timedelta(days=3))
    yield Act("assign_to_branch_and_group", approved + timedelta(days=5))
    yield Act("oath_ceremony", approved + timedelta(days=chance.randint(8, 27)))


def _probation(days: Days, cell: Cell, anchor: date, chance: random.Random) -> Iterator[Act]:
    assert days.joined is not None
    yield Act("probation_education", add_months(days.joined, 6), {"performance": chance.choice(_WORDS)})
    due = add_months(days.joined, 12)
    yield Act("apply_conversion", due - timedelta(days=10))
    if days.converted is None:
        return
    met = min(due + timedelta(days=chance.randint(0, 12)), anchor)
    yield Act("branch_conversion_meeting", met, {"outcome": "convert", **ballots(cell, met, chance)})
    approved = min(met + timedelta(days=chance.randint(12, 40)), anchor)
    yield Act("committee_conversion_approval", approved, {"approved": True, "body": "party_committee"})
    yield Act("archive_materials", approved + timedelta(days=15))


def full_members(cell: Cell, on: date, but: Someone, chance: random.Random, count: int) -> list[Someone]:
    """Full members of the branch on a day, who were so for a year."""
    year_before = add_months(on, -12)
    pool = [
        one
        for one in cell.members
        if one is not but
        and one.hired_on < on
        and one.fact(FactKind.PARTY_STATUS, year_before) == PartyStatus.FULL
    ]
    return chance.sample(pool, min(count, len(pool)))


def ballots(cell: Cell, on: date, chance: random.Random) -> dict[str, int]:
    """Counts of a members' meeting that carried; full members of the branch on the day are the eligible ones."""
    eligible = len(
        [one for one in cell.expected(on) if one.fact(FactKind.PARTY_STATUS, on) == PartyStatus.FULL]
    )
    eligible = max(eligible, 3)
    present = max(eligible * 9 // 10, eligible // 2 + 1)
    against = 1 if present > 12 and chance.random() < 0.2 else 0
    written = min(eligible - present, chance.randint(0, 1))
    return {
        "eligible": eligible, "present": present, "issued": present, "returned": present, "valid": present,
        "yes": present - against, "no": 0, "abstain": against, "written_yes": written, "written_no": 0,
    }  # fmt: skip
