"""The record of a meeting; confirming it enters the hours, reopening takes them back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.actions.attending import tick_attendance
from rongpei.activities.partydays.actions.hours import void_make_ups
from rongpei.activities.partydays.actions.inquiries import invite_for
from rongpei.activities.partydays.actions.planning import Slot, must_be_open, plan_meeting
from rongpei.activities.partydays.codes import LEDGER_ATTENDED, LEDGER_TAUGHT, SOURCE, MeetingKind
from rongpei.activities.partydays.hours import capped, rule_on
from rongpei.activities.partydays.kinds import rule_of
from rongpei.activities.partydays.models import Meeting, Motion
from rongpei.activities.partydays.quorum import Quorum, quorum_of
from rongpei.activities.partydays.resolutions import claimed
from rongpei.activities.partydays.voting import Judged, Vote, judge, motions_of
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.gatherings import presence
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.ledger.queries import entries_from, hours_on_day
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


@action("partydays.minutes.recorded", may=rules.may_run, locks=("meeting",), about="meeting")
def record_minutes(
    *, actor: Actor, meeting: Meeting, agenda: str, minutes: str, resolution: str, class_hours: Decimal,
    host: Person | None = None, recorder: Person | None = None, votes: Sequence[Vote] | None = None,
) -> Meeting:  # fmt: skip
    """Write the record of a meeting that is not yet confirmed; `host`, `recorder` and `votes` stay when not given.

    Refuses votes at a meeting of a kind that decides nothing, and written ones where they do not count.
    """
    must_be_open(meeting)
    if votes is not None:
        _put_votes(meeting, votes)
    meeting.agenda, meeting.minutes, meeting.resolution = agenda, minutes, resolution
    meeting.class_hours = class_hours
    meeting.host, meeting.recorder = host or meeting.host, recorder or meeting.recorder
    meeting.save(update_fields=["agenda", "minutes", "resolution", "class_hours", "host", "recorder"])
    return meeting


def _put_votes(meeting: Meeting, votes: Sequence[Vote]) -> None:
    rule, words = rule_of(meeting.kind), {"kind": meeting.get_kind_display()}
    if votes and not rule.votes:
        raise Refused(_("%(kind)s不作表决。") % words)
    if not rule.written and any(vote.written_yes or vote.written_no for vote in votes):
        raise Refused(
            _("%(kind)s的表决只计到会的人。") % words, remedy=_("书面意见请写在发言摘要里，不计入票数。")
        )
    meeting.motions.all().delete()
    Motion.objects.bulk_create(
        Motion(tenant_id=meeting.tenant_id, meeting=meeting, number=number, **asdict(vote))
        for number, vote in enumerate(votes, start=1)
    )
    note(votes=len(votes))


@action("partydays.meeting.entered_later", may=rules.may_plan)
def enter_later(
    *, actor: Actor, unit: Unit, kind: MeetingKind, title: str, slot: Slot, class_hours: Decimal, reason: str,
    marks: Mapping[int, tuple[Presence, str]], record: Mapping[str, str], now: datetime, confirm: bool,
    host: Person | None = None, recorder: Person | None = None, votes: Sequence[Vote] | None = None,
) -> Meeting:  # fmt: skip
    """Enter a meeting that was already held: its list, its record, and at once its hours when `confirm`.

    Refuses without a reason.
    """
    if not reason.strip():
        raise Refused(_("请写明补录的原因。"))
    meeting = plan_meeting(
        actor=actor, unit=unit, kind=kind, title=title, slots=[slot], class_hours=class_hours,
        entered_later_reason=reason, now=now,
    )  # fmt: skip
    tick_attendance(actor=actor, meeting=meeting, marks=marks, later=True, now=now)
    record_minutes(
        actor=actor, meeting=meeting, agenda=record.get("agenda", ""), minutes=record.get("minutes", ""),
        resolution=record.get("resolution", ""), class_hours=class_hours, host=host, recorder=recorder,
        votes=votes,
    )  # fmt: skip
    return confirm_meeting(actor=actor, meeting=meeting, now=now) if confirm else meeting


@action("partydays.meeting.confirmed", may=rules.may_run, locks=("meeting",), about="meeting")
def confirm_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """Close the list, ask those who came what it was worth, and enter everybody's class hours in the ledger, once.

    Hours follow the rule in force on the day: lecturers by their factor, nobody more than a day holds. Refuses a meeting
    without anyone present, a resolution or a vote without a quorum, votes that cannot be true, a resolution that says
    passed of what did not pass, and one already confirmed or cancelled.
    """
    must_be_open(meeting)
    gathering = meeting.gathering
    came = list(gathering.attendances.filter(presence=Presence.PRESENT).values_list("person_id", "part"))
    if not came:
        raise Refused(_("还没有人签到，不能确认。"), remedy=_("请先在名单上勾选到场的人。"))
    _must_have_quorum(meeting)
    absent = presence.close_list(gathering=gathering, now=now)
    gathering.state = State.CONFIRMED
    gathering.save(update_fields=["state"])
    meeting.confirmed_at, meeting.confirmations = now, meeting.confirmations + 1
    meeting.save(update_fields=["confirmed_at", "confirmations"])
    for inquiry in meeting.inquiries.select_related("paper", "meeting__gathering"):
        invite_for(inquiry)
    void_make_ups(actor, meeting, {person_id for person_id, _part in came}, now)
    note(present=len(came), absent=absent)
    if rule_of(meeting.kind).hours:
        ledger.enter(
            actor=actor,
            tenant_id=meeting.tenant_id,
            source=ledger.Source(SOURCE, meeting.pk, gathering.title),
            lines=_lines(meeting, came),
            now=now,
        )
    return meeting


def _must_have_quorum(meeting: Meeting) -> None:
    quorum, motions = quorum_of(meeting), motions_of(meeting_id=meeting.pk)
    if quorum is None or not (meeting.resolution.strip() or motions):
        return
    if not quorum.reached:
        words = {"present": quorum.present, "entitled": quorum.entitled}
        afar = _("线上 %(n)d 人不计入。") % {"n": quorum.online} if quorum.online else ""
        raise Refused(
            _("有表决权的到会 %(present)d 人，应到 %(entitled)d 人，没有过半，不能形成决议。") % words,
            why=afar,
            article=str(rule_of(meeting.kind).law),
            remedy=_("请核对名单；确未过半的，删去决议和表决后再确认，另行开会表决。"),
            code="no_quorum",
        )
    judged = judge(motions, quorum)
    for one in judged:
        if one.faults:
            raise Refused(
                _("“%(text)s”的票数对不上。") % {"text": one.motion.text},
                why="".join(one.faults),
                remedy=_("请在“填写记录”里核对票数，或核对名单。"),
                code="votes_do_not_add_up",
            )
    _must_not_claim(meeting, quorum, claimed(meeting.resolution, judged))


def _must_not_claim(meeting: Meeting, quorum: Quorum, lost: Sequence[Judged]) -> None:
    for one in lost:
        words = {"entitled": quorum.entitled, "yes": one.yes, "least": quorum.entitled // 2 + 1}
        raise Refused(
            _("“%(text)s”没有通过，决议不能写成通过。") % {"text": one.motion.text},
            why=_("有表决权的应到 %(entitled)d 人，赞成要有 %(least)d 票，只有 %(yes)d 票。") % words,
            article=str(rule_of(meeting.kind).law),
            remedy=_("请在“填写记录”里改决议，或核对票数和名单。"),
            code="not_carried",
        )


def _lines(meeting: Meeting, came: Sequence[tuple[int, str]]) -> list[ledger.Line]:
    on = meeting.gathering.held_on
    rule = rule_on(meeting.tenant_id, on)
    already = hours_on_day([person_id for person_id, _part in came], on)
    lines = []
    for person_id, part in came:
        taught = part == Part.LECTURER
        hours = meeting.class_hours * rule.lecturer_factor if taught else meeting.class_hours
        lines.append(
            ledger.Line(
                kind=LEDGER_TAUGHT if taught else LEDGER_ATTENDED,
                occurred_on=on,
                person_id=person_id,
                class_hours=capped(hours, already.get(person_id, Decimal(0)), rule),
            )
        )
    return lines


@action("partydays.meeting.reopened", may=rules.may_run, locks=("meeting",), about="meeting")
def reopen_meeting(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> Meeting:
    """Take the hours back by reversing entries, and open the list for correction.

    Refuses a meeting that is not confirmed, and an empty reason.
    """
    if meeting.gathering.state != State.CONFIRMED:
        raise Refused(_("这次会议还没有确认，可以直接修改。"))
    if not reason.strip():
        raise Refused(_("请写明更正的原因。"))
    meeting.gathering.state = State.PLANNED
    meeting.gathering.save(update_fields=["state"])
    meeting.gathering.attendances.filter(presence=Presence.ABSENT).update(presence=Presence.EXPECTED)
    meeting.confirmed_at = None
    meeting.save(update_fields=["confirmed_at"])
    note(reason_length=len(reason))
    ledger.reverse(actor=actor, entries=list(entries_from(source_kind=SOURCE, source_id=meeting.pk)), now=now)
    return meeting
