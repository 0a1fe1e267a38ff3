"""Carrying out an erasure. Called by one action, which has already been allowed; it asks nothing itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from rongpei.ground.personal.declaring import Blank, End, Erase, Held, Keep, Subject
from rongpei.ground.personal.registry import everything


@dataclass(frozen=True, slots=True)
class Planned:
    """What erasure does, or would do, to the rows of one kind."""

    held: Held
    rows: int
    end: End

    @property
    def kept(self) -> Keep | None:
        """Why the rows stay as they are; nothing when they do not."""
        return self.end if isinstance(self.end, Keep) else None


def plan_for(subject: Subject, kinds: Iterable[Held] | None = None) -> list[Planned]:
    """What is there and what would become of it, of all kinds or of those given; kinds without a row are left out."""
    kinds = everything() if kinds is None else kinds
    found = [Planned(held, held.of(subject).count(), held.end_for(subject)) for held in kinds]
    return [one for one in found if one.rows]


def carry_out(subject: Subject, models: frozenset[str]) -> list[Planned]:
    """Erase or blank the subject's rows of these models and give what was done; what the law keeps is untouched."""
    asked = (one for one in everything() if one.model in models)
    done = [one for one in plan_for(subject, asked) if one.kept is None]
    for one in done:
        rows = one.held.of(subject)
        if isinstance(one.end, Erase):
            rows.delete()
        elif isinstance(one.end, Blank):
            rows.update(**one.end.values)
    return done
