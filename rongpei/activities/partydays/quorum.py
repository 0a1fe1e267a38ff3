"""Whether enough of those entitled to vote are in the room.

《支部工作条例》: decisions of a members' meeting need more than half of the voting members present, those of a
committee more than half of the committee. Probationary members and members under 留党察看 have no vote (党章).
Online attendance does not count unless the party office says so (`HoursRule.online_counts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.hours import rule_on
from rongpei.activities.partydays.kinds import rule_of
from rongpei.activities.partydays.models import Meeting
from rongpei.kernel.gatherings.codes import Part, Presence
from rongpei.org.people.codes import DisciplineEffect, FactKind, PartyStatus
from rongpei.org.people.queries import facts_as_of


@dataclass(frozen=True)
class Quorum:
    """People entitled to vote, those of them who count as present, and those present online who do not."""

    entitled: int
    present: int
    online: int

    @property
    def reached(self) -> bool:
        """More than half."""
        return self.present * 2 > self.entitled


def quorum_of(meeting: Meeting) -> Quorum | None:
    """The quorum of a meeting by the facts of its day; None where nothing is voted on. Three queries."""
    rule = rule_of(meeting.kind)
    if not rule.votes:
        return None
    gathering = meeting.gathering
    rows = list(
        gathering.attendances.exclude(part=Part.OBSERVER).values_list("person_id", "presence", "online")
    )
    if meeting.kind == MeetingKind.MEMBERS:
        asked = [FactKind.PARTY_STATUS, FactKind.DISCIPLINE]
        facts = facts_as_of([row[0] for row in rows], gathering.held_on, asked)
        rows = [row for row in rows if _has_vote(facts.get(row[0], {}))]
    came = [row for row in rows if row[1] == Presence.PRESENT]
    counts_online = rule_on(meeting.tenant_id, gathering.held_on).online_counts
    afar = 0 if counts_online else sum(row[2] for row in came)
    return Quorum(len(rows), len(came) - afar, afar)


def _has_vote(held: Mapping[str, str]) -> bool:
    full = held.get(FactKind.PARTY_STATUS) == PartyStatus.FULL
    return full and held.get(FactKind.DISCIPLINE) != DisciplineEffect.PROBATION
