"""Plain facts about one case: what was done when, by which special rules. No database, no model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rongpei.ground.clock.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done. `sound` is false when what it decided cannot stand, so that it proves nothing.

    told: taken from an old book and not judged when it happened; what blocks others only warns of it.
    """

    step: str
    on: date
    data: Mapping[str, Any] = field(default_factory=dict)
    sound: bool = True
    told: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A document that lifts named demands for a time; both ends belong to it, an open end is None."""

    document: str
    waives: frozenset[str]
    valid_from: date | None = None
    valid_to: date | None = None

    def is_active(self, on: date) -> bool:
        """Whether the document is valid on a date."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Facts:
    """Everything a check may know.

    subject, unit: plain values about the person and the organisation; a missing one is not judged. done: in the
    order of recording. complete: whether everything ever done is here, or only what was given. ours: a case kept here, in which
    what stands is corrected and not done a second time. silent: steps of which the book that told the history never
    speaks. presumed: steps taken as done for one judgement.
    """

    done: tuple[Done, ...] = ()
    subject: Mapping[str, Any] = field(default_factory=dict)
    unit: Mapping[str, Any] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar.published)
    complete: bool = False
    ours: bool = False
    silent: frozenset[str] = frozenset()
    presumed: frozenset[str] = frozenset()

    def all_of(self, *steps: str) -> list[Done]:
        """Every doing of the steps, sound or not, in order."""
        return [one for one in self.done if one.step in steps]

    def last(self, *steps: str) -> Done | None:
        """The latest sound doing of any of the steps, else the latest unsound one, else None."""
        found = self.all_of(*steps)
        sound = [one for one in found if one.sound]
        return next(reversed(sound or found), None)

    def with_done(self, one: Done) -> "Facts":
        """The facts after one more doing."""
        return replace(self, done=(*self.done, one))
