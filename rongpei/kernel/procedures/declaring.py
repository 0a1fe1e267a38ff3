"""The words a procedure is declared in. Every declaration is frozen, and is checked when it is made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from rongpei.kernel.procedures.facts import Done, Facts

if TYPE_CHECKING:
    from rongpei.kernel.procedures.findings import Fault

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Edition:
    """A text of the regulation and the first day it is in force; the first edition also judges what came before."""

    code: str
    label: Text
    starts_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """A step asked about: may it be done on this day with this data, given these facts?"""

    procedure: "Procedure"
    step: "Step"
    edition: Edition
    on: date
    data: Mapping[str, Any]
    facts: Facts

    def last(self, *steps: str) -> Done | None:
        """The latest doing of any of the steps, sound ones preferred."""
        return self.facts.last(*steps)

    def settled_on(self, done: Done) -> date:
        """The day a done step is finished, which a notice can put after the day of the act."""
        return self.procedure.step(done.step).settled(done)

    def presumes(self, step: str) -> bool:
        """Whether the step lies before a history that was begun elsewhere, and so is not judged."""
        return self.procedure.presumes(self.facts, step, self.step)


@dataclass(frozen=True)
class Demand:
    """One rule of a step.

    article: by edition; an edition without one does not know the rule. judge: yields faults. says: what it
    demands, for people. voids: an act blocked by it proves nothing afterwards. waivable: a special document may
    lift it.
    """

    rule: str
    article: Mapping[str, str]
    judge: Callable[[Asked], Iterable["Fault"]]
    says: Text
    voids: bool = False
    waivable: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """When an open step may be done and when it is due; None where nothing is set."""

    opens_on: date | None = None
    due_on: date | None = None


def _no_window(_facts: Facts) -> Window:
    return Window()


def _settled(done: Done) -> date:
    return done.on


def _plainly_done(done: Done) -> bool:
    return True


def _always(_facts: Facts) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One step.

    after: steps that come before it in a complete case. needs: those without which it is blocked even when only
    part of a history is given. demanded: steps before it whose lack one of its demands names, with an article of
    its own. holds: whether a doing decided what the next
    steps rest on (a failed review does not). effects: codes the pipeline carries out when it is recorded.
    offered: whether a case shows it as open at all. beside: a step outside the numbered order.
    """

    code: str
    label: Text
    stage: str
    number: int = 0
    actor: str = ""
    evidence: tuple[Text, ...] = ()
    documents: tuple[str, ...] = ()
    decided_by: Text = ""
    article: Mapping[str, str] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    demanded: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    effects: tuple[str, ...] = ()
    repeats: bool = False
    optional: bool = False
    ends: str = ""
    window: Callable[[Facts], Window] = _no_window
    settled: Callable[[Done], date] = _settled
    holds: Callable[[Done], bool] = _plainly_done
    offered: Callable[[Facts], bool] = _always

    @property
    def beside(self) -> bool:
        """Whether it stands outside the numbered order."""
        return self.number == 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A run of steps, and the standing of the person whose case has come so far."""

    code: str
    label: Text


@dataclass(frozen=True)
class Procedure:
    """A whole procedure. Wrong references raise ValueError when it is declared."""

    code: str
    label: Text
    editions: tuple[Edition, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    _by_code: dict[str, Step] = field(init=False, repr=False, compare=False, hash=False)
    _rests: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {step.code: step for step in self.steps})
        object.__setattr__(self, "_rests", {})
        known, stages = set(self._by_code), {stage.code for stage in self.stages}
        for step in self.steps:
            if unknown := {*step.after, *step.needs, *step.demanded} - known:
                raise ValueError(f"{self.code}.{step.code} refers to {sorted(unknown)}")
            if step.stage not in stages:
                raise ValueError(f"{self.code}.{step.code} is in unknown stage {step.stage}")
        if len(known) < len(self.steps):
            raise ValueError(f"{self.code}: a step is declared twice")
        starts = [edition.starts_on for edition in self.editions]
        dates = [day for day in starts[1:] if day]
        if starts[:1] != [None] or len(dates) != len(starts) - 1 or dates != sorted(set(dates)):
            raise ValueError(f"{self.code}: editions must follow one another, the first open to the past")

    def step(self, code: str) -> Step:
        """The step with this code; KeyError for an unknown one."""
        return self._by_code[code]

    def edition_on(self, on: date) -> Edition:
        """The edition in force on a date."""
        return [one for one in self.editions if one.starts_on is None or one.starts_on <= on][-1]

    def rests_on(self, code: str) -> frozenset[str]:
        """Every step that must have come before this one, near and far."""
        if code not in self._rests:
            step, found = self._by_code[code], set[str]()
            for before in (*step.after, *step.needs, *step.demanded):
                found |= {before, *self.rests_on(before)}
            self._rests[code] = frozenset(found)
        return self._rests[code]

    def behind(self, facts: Facts) -> frozenset[str]:
        """Steps that a told history has left behind without a word: what its steps rest on, and before the furthest
        of them what its book never speaks of."""
        told = [one.step for one in facts.done if one.told]
        if not told:
            return frozenset()
        furthest = max(self.step(code).number for code in told)
        unspoken = {code for code in facts.silent if 0 < self.step(code).number < furthest}
        return frozenset(unspoken).union(*map(self.rests_on, told)) - {one.step for one in facts.done}

    def presumes(self, facts: Facts, step: str, asked: Step) -> bool:
        """Whether a step need not be shown: it lies before the beginning of a history given in part (the act asked about
        may be that beginning), or a told history has left it behind."""
        if facts.complete:
            return False
        if step in facts.presumed or step in self.behind(facts):
            return True
        numbers = [self.step(one.step).number for one in facts.done]
        begins = next((number for number in numbers if number), asked.number)
        return self.step(step).number < begins
