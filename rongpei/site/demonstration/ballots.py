"""What members' and committee meetings voted on, in numbers that agree with who was there."""

from collections.abc import Iterator, Sequence
from typing import Any

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.kinds import rule_of
from rongpei.activities.partydays.models import Motion
from rongpei.ground.tenancy.bulk import insert_rows
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import Record
from rongpei.site.demonstration.someone import House


def store_motions(house: House, meetings: Sequence[int], records: Sequence[Record]) -> int:
    """One motion for each confirmed meeting that decided something; return how many."""
    rows = (
        row
        for meeting, record in zip(meetings, records, strict=True)
        if rule_of(record.kind).votes and record.resolution and record.state == State.CONFIRMED
        for row in _motion(house, meeting, record)
    )
    columns = (
        "tenant_id", "meeting_id", "number", "text", "yes", "no", "abstain", "written_yes", "written_no",
    )  # fmt: skip
    return insert_rows(Motion, columns, rows)


def _motion(house: House, meeting: int, record: Record) -> Iterator[tuple[Any, ...]]:
    chance = dice(house.plan.code, record.unit.name, "motion", record.on)
    voters = [seat for seat in record.seats if seat.part != Part.OBSERVER]
    if record.kind == MeetingKind.MEMBERS:
        voters = [
            seat for seat in voters if seat.person.fact(FactKind.PARTY_STATUS, record.on) == PartyStatus.FULL
        ]
    came = sum(seat.presence == Presence.PRESENT for seat in voters)
    abstain = int(came > len(voters) // 2 + 2 and chance.random() < 0.3)
    written = int(record.kind == MeetingKind.MEMBERS and came < len(voters) and chance.random() < 0.4)
    yes = came - abstain
    if came * 2 > len(voters) and (yes + written) * 2 > len(voters):
        yield (
            house.tenant.pk, meeting, 1, record.resolution.split("，")[0].rstrip("。"), yes, 0, abstain, written, 0,
        )  # fmt: skip
