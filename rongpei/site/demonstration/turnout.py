"""Who came to a meeting, and why others did not."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from rongpei.kernel.gatherings.codes import Means, Part, Presence
from rongpei.site.demonstration.someone import Someone
from rongpei.site.demonstration.texts import LEAVE_REASONS


@dataclass(slots=True)
class Seat:
    """One person on the list of a meeting."""

    person: Someone
    part: Part = Part.ATTENDEE
    presence: Presence = Presence.EXPECTED
    means: str = ""
    reason: str = ""


def fill_seats(seats: list[Seat], on: date, chance: random.Random, later: bool) -> None:
    """Decide who came; the host and the lecturer always do, and never fewer than half."""
    usual = Means.LATER if later else Means.CODE
    for index, seat in enumerate(seats):
        one = seat.person
        if one.away and one.away[0] <= on < one.away[1] and seat.part == Part.ATTENDEE:
            seat.presence, seat.means, seat.reason = Presence.LEAVE, Means.TICK, one.away[2]
        elif index == 0 or seat.part == Part.LECTURER or chance.random() < _likely(one, on):
            seat.presence = Presence.PRESENT
            seat.means = (
                usual if later else chance.choices((Means.CODE, Means.SPOKEN, Means.TICK), (80, 5, 15))[0]
            )
        elif chance.random() < 0.72:
            seat.presence, seat.means, seat.reason = Presence.LEAVE, Means.TICK, chance.choice(LEAVE_REASONS)
        else:
            seat.presence = Presence.ABSENT
    present = sum(seat.presence == Presence.PRESENT for seat in seats)
    for seat in seats:
        if present * 2 > len(seats):
            return
        if seat.presence == Presence.ABSENT:
            seat.presence, seat.means, present = Presence.PRESENT, usual, present + 1


def _likely(one: Someone, on: date) -> float:
    """How likely somebody comes: the own habit, less often when very old."""
    return one.keen - (0.1 if one.born_on < on - timedelta(days=70 * 365) else 0)
