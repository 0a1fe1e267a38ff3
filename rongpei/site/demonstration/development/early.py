"""From the application to the list of development targets: steps 1 to 8."""

from datetime import date, timedelta
from typing import Any

from rongpei.ground.clock.calendar import WorkCalendar, add_months
from rongpei.org.people.codes import PartyStatus
from rongpei.pipelines.membership.statutes import SWITCH
from rongpei.site.demonstration.development import wording
from rongpei.site.demonstration.development.acts import Course
from rongpei.site.demonstration.development.oddities import Oddity
from rongpei.site.demonstration.someone import Someone


def apply(course: Course) -> None:
    """Hand in the application, be talked to within a month, mostly; some talks are late, some overdue."""
    applied, chance = course.way[PartyStatus.APPLICANT], course.chance
    course.act(
        "submit_application",
        applied,
        written_on=(applied - timedelta(days=2)).isoformat(),
        paper_received=True,
    )
    late = chance.random() < 0.07
    on = course.later(applied, 33, 50) if late else course.later(applied, 4, 27)
    if PartyStatus.ACTIVIST not in course.way and chance.random() < 0.12:
        return
    if PartyStatus.NONE in course.way and on >= course.way[PartyStatus.NONE]:
        return
    course.act(
        "initial_talk", on, "支部书记参加医疗队，谈话推迟" if late else "", talker=course.officer(on),
        place="党员活动室", summary=chance.choice(wording.TALKS),
    )  # fmt: skip


def cultivate(course: Course) -> None:
    """Be confirmed as an activist, filed, given mentors, reviewed every half year."""
    activist, chance = course.way[PartyStatus.ACTIVIST], course.chance
    course.act(
        "recommend_and_confirm_activist", activist, recommended_by=chance.choice(("members", "both")),
        recommendation=chance.choice(wording.RECOMMENDED), minutes=chance.choice(wording.MINUTES),
    )  # fmt: skip
    mentors = course.helpers(activist, 2)
    lazy = _is_waiting(course) and chance.random() < 0.08
    if not lazy:
        assigned = course.later(activist, 1, 9)
        course.act("assign_mentors", assigned, mentors=people(mentors))
        course.act("file_activist", course.later(assigned, 3, 12), reply_number="")
    ends = proposed_on(course) or course.way.get(PartyStatus.NONE) or course.person.closed_on
    _review(course, activist, ends)
    day = add_months(activist, 3)
    while day < (ends or course.anchor):
        if chance.random() < 0.85:
            course.reports.append(day - timedelta(days=chance.randint(0, 12)))
        day = add_months(day, 3)


def _review(course: Course, last: date, ends: date | None) -> None:
    chance = course.chance
    negligent = _is_waiting(course) and chance.random() < 0.15
    while True:
        due = add_months(last, 6)
        tardy = ends is None and chance.random() < 0.06
        on = (
            due + timedelta(days=chance.randint(8, 25))
            if tardy
            else due - timedelta(days=chance.randint(0, 12))
        )
        if on > (ends or course.anchor) or (negligent and add_months(due, 3) > course.anchor):
            return
        course.act(
            "cultivate_and_review", on, "科室轮转，考察推迟" if tardy else "",
            self_report=chance.choice(wording.SELF), mentors_opinion=chance.choice(wording.MENTORS),
            branch_opinion=chance.choice(wording.BRANCH),
        )  # fmt: skip
        last = on


def _is_waiting(course: Course) -> bool:
    return PartyStatus.TARGET not in course.way and PartyStatus.NONE not in course.way


def people(found: list[Someone]) -> list[dict[str, object]]:
    """Helpers as the records hold them."""
    return [{"person_id": one.id, "status": "full"} for one in found]


def proposed_on(course: Course) -> date | None:
    """The day the branch committee discussed the target: some weeks before the notice ended."""
    listed = course.way.get(PartyStatus.TARGET)
    return None if listed is None else listed - timedelta(days=21)


def list_target(course: Course, work: WorkCalendar) -> None:
    """Discuss, consent, and a notice of at least five working days; before 2026-05-11 a filing."""
    listed, proposed, chance = course.way[PartyStatus.TARGET], proposed_on(course), course.chance
    assert proposed is not None  # noqa: S101 - there is a target
    course.act(
        "propose_development_target", proposed, group_opinion=chance.choice(wording.OPINIONS),
        mentors_opinion=chance.choice(wording.MENTORS), members_opinion=chance.choice(wording.OPINIONS),
        masses_opinion=chance.choice(wording.OPINIONS), minutes=chance.choice(wording.MINUTES),
    )  # fmt: skip
    data: dict[str, Any] = {"approved": True, "consented_on": (proposed + timedelta(days=6)).isoformat()}
    if listed >= SWITCH:
        posted = listed - timedelta(days=7)
        while work.add_working_days(posted, 5).on > listed:
            posted -= timedelta(days=1)
        data |= {"posted_on": posted, "ended_on": listed, "notice_place": "行政楼公示栏和院内网"}
    course.act("committee_consent_and_public_notice", listed, **data)
    if course.oddity == Oddity.SPECIAL:
        course.acts[-2].reason = "按一线发展党员专项通知办理"
