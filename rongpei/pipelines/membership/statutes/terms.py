"""The probation of one person as facts tell it: when it began, when it ends, whether it was extended."""

from datetime import date

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.kernel.procedures.facts import Done, Facts

MEETING = "branch_admission_meeting"
CONVERSION = "branch_conversion_meeting"
EXTENSION = "extend_probation"
LEAST_MONTHS, MOST_MONTHS = 6, 12


def probation_began_on(facts: Facts) -> date | None:
    """The day of the meeting that admitted the person (never the day of approval)."""
    done = facts.last(MEETING)
    return done.on if done and done.sound else None


def extensions(facts: Facts) -> list[Done]:
    """Decisions to extend that stand; a meeting and the act that carries it out are one."""
    found: list[Done] = []
    for done in facts.all_of(EXTENSION, CONVERSION):
        if not done.sound or (done.step == CONVERSION and done.data.get("outcome") != "extend"):
            continue
        if done.step == EXTENSION and found and found[-1].step == CONVERSION:
            found[-1] = done
        else:
            found.append(done)
    return found


def probation_due_on(facts: Facts) -> date | None:
    """The day probation expires: a year after the meeting, and as many months more as it was extended.

    An extension whose length is not given counts as the shortest.
    """
    began = probation_began_on(facts)
    if began is None:
        return None
    due = add_years(began, 1)
    for done in extensions(facts)[:1]:
        due = add_months(due, int(done.data.get("months") or LEAST_MONTHS))
    return due


def is_postponed(facts: Facts) -> bool:
    """Whether the new organisation put the discussion off."""
    done = facts.last("postpone_conversion")
    return done is not None and done.sound
