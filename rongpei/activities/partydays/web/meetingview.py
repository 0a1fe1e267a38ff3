"""What the page of one meeting shows; a fixed number of queries."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

from django.utils.functional import Promise

from rongpei.activities.partydays import one_meeting, resolutions, rules
from rongpei.activities.partydays.codes import (
    MEETING_OWNER,
    SOURCE,
    THEME_OWNER,
    InquiryRole,
    MakeUpState,
    MeetingKind,
)
from rongpei.activities.partydays.kinds import RECORD_WORDS, KindRule, is_chosen, rule_of
from rongpei.activities.partydays.models import Inquiry, MakeUp, Meeting, Nomination, Reflection
from rongpei.activities.partydays.needs import Wish, wishes_of
from rongpei.activities.partydays.quorum import Quorum, quorum_of
from rongpei.activities.partydays.voting import Judged, judge, motions_of
from rongpei.activities.partydays.web.lists import state_mark
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.queries import files_of
from rongpei.ground.ui.marks import Status
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.gatherings.models import Attendance, Guest, Sitting
from rongpei.kernel.gatherings.presence import arrival_of
from rongpei.kernel.gatherings.queries import Tally, attendance_list, tally_of
from rongpei.kernel.ledger.queries import entries_from
from rongpei.kernel.papers.codes import FEWEST_SHOWN
from rongpei.kernel.papers.results import Summary, summaries_of
from rongpei.org.access.visit import Visit


class MeetingView:
    """One meeting as one visitor sees it."""

    def __init__(self, *, actor: Visit, meeting: Meeting, today: date, now: datetime) -> None:
        self.actor, self.meeting, self.today, self.now = actor, meeting, today, now
        self.gathering = meeting.gathering
        self.runs = rules.may_run(actor=actor, meeting=meeting)
        self.reads = self.runs or rules.reads_list(actor, meeting)

    @property
    def is_open(self) -> bool:
        return self.gathering.state == State.PLANNED

    @property
    def is_confirmed(self) -> bool:
        return self.gathering.state == State.CONFIRMED

    @property
    def mark(self) -> Status:
        return state_mark(self.meeting, self.today)

    @property
    def rule(self) -> KindRule:
        return rule_of(self.meeting.kind)

    @property
    def is_chosen(self) -> bool:
        return is_chosen(self.meeting.kind)

    @cached_property
    def sittings(self) -> list[Sitting]:
        return one_meeting.sittings(gathering_id=self.gathering.pk)

    @property
    def before_start(self) -> bool:
        return any(sitting.starts_at > self.now for sitting in self.sittings)

    @property
    def is_today(self) -> bool:
        return self.gathering.held_on == self.today

    @property
    def is_ahead(self) -> bool:
        return self.gathering.held_on > self.today

    @property
    def to_project(self) -> Sitting | None:
        """The sitting whose code the organiser projects now: the one that is on, or the next of the day."""
        if not (self.is_open and self.is_today):
            return None
        return next((sitting for sitting in self.sittings if sitting.ends_at > self.now), None)

    @cached_property
    def tally(self) -> Tally:
        return tally_of(self.gathering.pk)

    @cached_property
    def rows(self) -> list[Attendance]:
        """The list with arrivals, for those who read it."""
        if not self.reads:
            return []
        rows = attendance_list(self.gathering.pk)
        for row in rows:
            row.arrival = arrival_of(row, row.sitting, self.gathering.late_after)  # type: ignore[attr-defined]
        return rows

    @cached_property
    def mine(self) -> Attendance | None:
        asked = one_meeting.attendance_of(gathering_id=self.gathering.pk, person_id=self.actor.person_id or 0)
        return asked[0] if asked else None

    @cached_property
    def guests(self) -> list[Guest]:
        return one_meeting.guests(gathering_id=self.gathering.pk) if self.reads else []

    # The record

    @cached_property
    def reads_record(self) -> bool:
        return rules.may_read_record(self.actor, self.meeting)

    @property
    def missing(self) -> list[str | Promise]:
        """What the record of this kind holds and this one lacks, once the day has come."""
        if self.gathering.held_on > self.today or self.gathering.state == State.CANCELLED:
            return []
        return [RECORD_WORDS[name] for name in self.rule.record if not getattr(self.meeting, name).strip()]

    @cached_property
    def quorum(self) -> Quorum | None:
        return quorum_of(self.meeting) if self.reads and self.tally.present else None

    @cached_property
    def judged(self) -> list[Judged]:
        """What was voted on, against who was entitled and in the room."""
        motions = motions_of(meeting_id=self.meeting.pk) if self.rule.votes and self.reads_record else []
        quorum = (self.quorum or quorum_of(self.meeting)) if motions else None
        return judge(motions, quorum) if quorum else []

    @property
    def claimed(self) -> list[Judged]:
        """Lost motions of which the resolution says that they passed; such a meeting is not confirmed."""
        return resolutions.claimed(self.meeting.resolution, self.judged)

    @property
    def unclear(self) -> list[Judged]:
        """Lost motions of which the resolution may be read to say so."""
        return resolutions.unclear(self.meeting.resolution, self.judged)

    @cached_property
    def files(self) -> list[StoredFile]:
        if not self.reads_record:
            return []
        return files_of(owner_kind=MEETING_OWNER, owner_ids=[self.meeting.pk])

    @property
    def photos(self) -> list[StoredFile]:
        return [file for file in self.files if file.content_type.startswith("image/")]

    @property
    def documents(self) -> list[StoredFile]:
        return [file for file in self.files if not file.content_type.startswith("image/")]

    @cached_property
    def materials(self) -> list[StoredFile]:
        """What the theme gives everybody to read; the record's own documents stand with the record."""
        if not self.meeting.theme_id:
            return []
        return files_of(owner_kind=THEME_OWNER, owner_ids=[self.meeting.theme_id])

    # Voices

    @cached_property
    def reflections(self) -> list[Reflection]:
        return rules.readable_reflections(self.actor, self.meeting)

    @property
    def my_reflection(self) -> Reflection | None:
        return next((one for one in self.reflections if one.person_id == self.actor.person_id), None)

    @cached_property
    def inquiries(self) -> list[tuple[Inquiry, Summary]]:
        """The surveys with how many answered."""
        rows = one_meeting.inquiries(meeting_id=self.meeting.pk)
        order = list(InquiryRole)
        rows.sort(key=lambda one: order.index(InquiryRole(one.role)))
        found = summaries_of([one.paper_id for one in rows])
        return [(one, found.get(one.paper_id, Summary())) for one in rows]

    @cached_property
    def wishes(self) -> list[Wish]:
        """What most wish for, as long as the meeting is planned."""
        if not self.is_open:
            return []
        asked = [pair for pair in self.inquiries if pair[0].role == InquiryRole.NEEDS]
        return wishes_of([one.paper_id for one, summary in asked if summary.answered >= FEWEST_SHOWN])

    @property
    def missing_inquiries(self) -> list[tuple[str, str]]:
        """Roles for which a survey can still be asked: none about a talk, and no needs once it is over."""
        if self.rule.private:
            return []
        present = {one.role for one, _summary in self.inquiries}
        if self.is_confirmed:
            present.add(InquiryRole.NEEDS)
        return [(role.value, str(role.label)) for role in InquiryRole if role.value not in present]

    @cached_property
    def nomination(self) -> Nomination | None:
        return next(iter(one_meeting.nominations(meeting_id=self.meeting.pk)), None)

    @property
    def may_nominate(self) -> bool:
        return self.runs and self.is_confirmed and self.meeting.kind == MeetingKind.THEME_DAY

    # Hours

    @cached_property
    def entered(self) -> int:
        return entries_from(source_kind=SOURCE, source_id=self.meeting.pk).count() if self.reads else 0

    @cached_property
    def make_ups(self) -> Sequence[MakeUp]:
        """Make-ups of this meeting: all for those who read it, else one's own."""
        own = None if self.reads else self.actor.person_id or 0
        return one_meeting.make_ups(meeting_id=self.meeting.pk, person_id=own)

    @property
    def i_should_make_up(self) -> bool:
        missed = self.mine is not None and self.mine.presence in (Presence.LEAVE, Presence.ABSENT)
        mine = [row for row in self.make_ups if row.person_id == self.actor.person_id]
        return missed and self.is_confirmed and all(row.state == MakeUpState.RETURNED for row in mine)
