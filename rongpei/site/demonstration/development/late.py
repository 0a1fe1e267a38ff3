"""From the introducers to the archive: steps 9 to 25, and what may happen beside them."""

from datetime import date, timedelta
from decimal import Decimal

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.org.people.codes import PartyStatus
from rongpei.org.units.codes import Office
from rongpei.pipelines.membership.codes import Outcome
from rongpei.site.demonstration.development import exceptions, wording
from rongpei.site.demonstration.development.acts import Course
from rongpei.site.demonstration.development.early import people
from rongpei.site.demonstration.development.oddities import Oddity

TRAINING_HOURS = Decimal(8)
_COMMITTEE = "party_committee"


def prepare_target(course: Course) -> None:
    """Introducers, political review and training; those still on the way have come so far or not."""
    listed, chance = course.way[PartyStatus.TARGET], course.chance
    joined = course.way.get(PartyStatus.PROBATIONARY)
    stops = 9 if joined or course.oddity == Oddity.REJECTED else chance.choice((0, 1, 2, 3, 3, 4, 5, 6))
    named = course.later(listed, 2, 5)
    if stops < 1:
        return
    course.act("assign_introducers", named, introducers=people(course.helpers(named, 2)))
    reviewed = course.later(named, 3, 8)
    failed = course.oddity == Oddity.REJECTED and chance.random() < 0.5
    if stops < 2 or not course.act(
        "political_review", reviewed, conclusion="unqualified" if failed else "qualified", reviewers=course.officer(reviewed),
    ) or failed:  # fmt: skip
        return
    starts = course.later(reviewed, 1, 4)
    days = [starts + timedelta(days=k) for k in range(3)]
    if stops < 3 or days[-1] > course.anchor or course.oddity == Oddity.REJECTED:
        return
    course.training = days
    course.act(
        "concentrated_training", days[-1], passed=True, days=3, class_hours=float(3 * TRAINING_HOURS),
        certificate_number=f"{days[-1].year}-{course.person.number}",
    )  # fmt: skip
    _ready(course, days[-1], joined, stops)


def _ready(course: Course, trained: date, joined: date | None, stops: int) -> None:
    """The branch committee's review, the pre-review, the form."""
    checked = course.later(trained, 1, 3)
    if stops < 4 or not course.act(
        "branch_committee_review", checked, minutes=course.chance.choice(wording.MINUTES)
    ):
        return
    passed = joined - timedelta(days=course.chance.randint(13, 23)) if joined else course.later(checked, 3, 8)
    if stops < 5 or not course.act("committee_pre_review", passed, passed=True, opinion=wording.PRE_REVIEW):
        return
    filled = course.later(passed, 2, 6)
    if stops >= 6:
        course.act(
            "complete_admission_form", filled, form_number=f"YT{filled.year % 100}{course.person.number[-5:]}",
            introducers_opinion=course.chance.choice(wording.MENTORS),
        )  # fmt: skip


def admit(course: Course) -> None:
    """The meeting, the talk, the approval, and what follows at once."""
    joined, chance, anchor = course.way[PartyStatus.PROBATIONARY], course.chance, course.anchor
    course.act(
        "branch_admission_meeting", joined, **course.votes(joined), place="党员活动室", host=course.officer(joined),
        recorder=course.officer(joined, Office.ORGANIZATION), performance=chance.choice(wording.PERFORMANCE),
        minutes=chance.choice(wording.MINUTES),
    )  # fmt: skip
    approved = min(course.later(joined, 18, 65), anchor - timedelta(days=chance.randint(0, 2)))
    talked = joined + timedelta(days=max(1, (approved - joined).days // 2))
    course.act("pre_approval_talk", talked, talker="党委组织员", summary=wording.PRE_TALK)
    course.act(
        "committee_admission_approval", approved, approved=True, body=_COMMITTEE, opinion=wording.APPROVED
    )
    course.act("file_with_higher_org_dept", course.later(approved, 3, 12), note="随预备党员名册备案")
    course.act(
        "assign_to_branch_and_group", course.later(approved, 1, 6), group=course.branch_on(approved).name
    )
    late = chance.random() < 0.08
    sworn = course.later(approved, 34, 50) if late else course.later(approved, 7, 28)
    course.act(
        "oath_ceremony", sworn, "结合七一活动集中宣誓" if late else "", place="门诊楼一层大厅", host=course.officer(sworn),
        leader="党委书记",
    )  # fmt: skip


def educate(course: Course) -> None:
    """Half-yearly entries of probation, the application, the decision, the archive."""
    joined, chance = course.way[PartyStatus.PROBATIONARY], course.chance
    due = add_years(joined, 1)
    for months in (6, 12):
        on = add_months(joined, months) - timedelta(days=chance.randint(1, 12))
        if chance.random() < 0.9 and on < course.way.get(PartyStatus.NONE, date.max):
            course.act(
                "probation_education", on, introducers_opinion=chance.choice(wording.MENTORS),
                branch_opinion=chance.choice(wording.BRANCH),
            )  # fmt: skip
    if course.oddity == Oddity.CANCELLED:
        on = course.way[PartyStatus.NONE]
        course.act("cancel_probation", on, **course.votes(on), note="长期不参加组织生活，经教育仍不改正")
        course.state, course.outcome, course.ended_on = State.ENDED, Outcome.CANCELLED.value, on
    elif course.has("oath_ceremony"):
        _convert(course, due)


def _convert(course: Course, due: date) -> None:
    chance = course.chance
    applied = max(due - timedelta(days=chance.randint(2, 12)), course.last("oath_ceremony"))
    if not course.act("apply_conversion", applied, paper_received=True, body=wording.CONVERSION):
        return
    if course.oddity == Oddity.POSTPONED:
        until = add_months(due, exceptions.POSTPONED_MONTHS)
        course.act(
            "postpone_conversion",
            due - timedelta(days=1),
            until=until,
            months=3,
            note="转入不足半年，推迟讨论",
        )
        due = until
    if course.oddity == Oddity.EXTENDED:
        met = course.later(due, 0, 8)
        if not course.act(
            "extend_probation",
            met,
            **course.votes(met),
            months=exceptions.EXTENDED_MONTHS,
            note="参加组织生活不够经常",
        ):
            return
        due = add_months(due, exceptions.EXTENDED_MONTHS)
    met = course.later(due, 0, 14)
    decided = PartyStatus.FULL in course.way
    if not decided and (chance.random() < 0.6 or met > course.anchor):
        return
    course.act(
        "branch_conversion_meeting", met, outcome="convert", **course.votes(met), place="党员活动室",
        host=course.officer(met), performance=chance.choice(wording.PERFORMANCE), minutes=chance.choice(wording.MINUTES),
    )  # fmt: skip
    if not decided:
        return
    approved = course.later(met, 10, 28)
    course.act(
        "committee_conversion_approval", approved, approved=True, body=_COMMITTEE, opinion=wording.CONVERTED
    )
    if course.act("archive_materials", course.later(approved, 5, 40), archive_place="personnel"):
        course.state, course.outcome, course.ended_on = (
            State.ENDED,
            Outcome.COMPLETED.value,
            course.acts[-1].on,
        )


def stop(course: Course) -> None:
    """End or suspend what ended or stands still before its last step."""
    ends = course.way.get(PartyStatus.NONE)
    if course.oddity in (Oddity.WITHDRAWN, Oddity.AGAIN) and ends:
        course.end(Outcome.WITHDRAWN, ends, "本人书面撤回入党申请，思想上还没有准备好")
    elif course.oddity == Oddity.REJECTED and ends:
        course.end(Outcome.REJECTED, ends, "上级党委研究，暂不发展，继续培养教育")
    elif course.oddity == Oddity.LEFT and course.person.closed_on:
        course.end(Outcome.TRANSFERRED, course.person.closed_on, "调离本单位，材料随组织关系转出")
    elif course.oddity == Oddity.SUSPENDED:
        on = min(course.later(max(act.on for act in course.acts), 5, 40), course.anchor)
        course.say(RecordKind.SUSPENDED, on, "本人外出进修一年，暂缓培养考察")
        course.state = State.SUSPENDED
