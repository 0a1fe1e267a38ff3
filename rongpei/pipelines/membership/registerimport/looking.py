"""A register read, matched, judged and compared: what an import would do, and everything that should be seen before."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.findings import Finding
from rongpei.kernel.procedures.histories import facts_told
from rongpei.kernel.procedures.judging import judge_told
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import History
from rongpei.org.people.codes import MEMBERS, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.people.roster.rows import Checked
from rongpei.org.people.roster.tables import Table
from rongpei.pipelines.membership.effects import statuses
from rongpei.pipelines.membership.registerimport.columns import BY_KEY, DATES, SILENT, STEP_KEYS
from rongpei.pipelines.membership.registerimport.known import Known, known_of, standings
from rongpei.pipelines.membership.registerimport.lines import Line, judged, lines_of, read_register
from rongpei.pipelines.membership.registerimport.matching import (
    HELPERS,
    Asker,
    Directory,
    bare_name,
    directory_for,
)
from rongpei.pipelines.membership.registerimport.pasts import check_days, past_of
from rongpei.pipelines.membership.statutes import MEMBERSHIP

_RANK = [one.value for one in PartyStatus]


@dataclass(frozen=True, slots=True)
class Noted:
    """What the judge says of one act of a line; it is recorded with the act and stands against nothing."""

    row: int
    name: str
    step: str
    column: str
    on: date
    finding: Finding
    edition: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A case to be opened. withdrawn: ids of statuses known otherwise that give way to it."""

    line: Line
    history: History
    stage: str
    withdrawn: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A line about somebody who has a case that says something else: (column, in the case, in the file)."""

    line: Line
    case: Case
    fields: list[tuple[str, Any, Any]]


@dataclass(slots=True)
class Look:
    """The whole of it. Import only when `checked` is clean; `same` lines and differing ones change nothing."""

    table: Table
    checked: Checked
    new: list[Entry] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    same: int = 0
    noted: list[Noted] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Numbers for the page and the record."""
        return {
            "new": len(self.new), "same": self.same, "differing": len(self.differing), "noted": len(self.noted),
            "acts": sum(len(entry.history.acts) for entry in self.new),
        }  # fmt: skip


def look_at(*, asker: Asker, path: Path, filename: str, on: date) -> Look:
    """Read, match, judge and compare a register as of a day; a dozen queries however long it is.

    Raises RosterRefusedError for a file that cannot be one.
    """
    table = read_register(path, filename)
    lines = lines_of(table, on)
    directory = directory_for(asker, lines)
    people = {line.row: person for line in lines if (person := directory.person_of(line))}
    helpers = [one.pk for line in lines for one in _named(directory, line)]
    known = known_of(asker.tenant_id, [person.pk for person in people.values()], helpers)
    look, calendar = Look(table, Checked(columns=())), WorkCalendar.load()
    for line in lines:
        _take(look, line, people.get(line.row), directory, known, calendar, filename)
    look.checked = judged(table, lines)
    return look


def _named(directory: Directory, line: Line) -> list[Person]:
    names = [bare_name(line.values[key])[0] for key in HELPERS if key in line.values]
    return [person for name in names for person in directory.named.get(name, ())]


def _take(
    look: Look, line: Line, person: Person | None, directory: Directory, known: Known, calendar: WorkCalendar,
    filename: str,
) -> None:  # fmt: skip
    case = known.case_like(person, line.day("applied_on")) if person else None
    if case is not None:
        _compare(look, line, case, known.cells[case.pk])
        return
    branch = directory.branch_of(line, person)
    check_days(line, person.born_on if person else line.day("born_on"))
    named = {
        key: told
        for key in HELPERS
        if key in line.values and (told := directory.helper_of(line, key, branch)) is not None
    }
    if person is None or branch is None or "applied_on" not in line.values:
        return
    ended = known.ended_after(person, line.values["applied_on"])
    if ended is not None:
        line.wrong("applied_on", _("早于上一次申请的结束（%s）") % ended, _("请核对"))
    past = past_of(line, named)
    acts = tuple(_with_standing(act, known) for act in past.acts)
    history = History(
        person, branch, acts, tuple(_source(filename, line.row, one) for one in past.assumed), known.around_of(person)
    )  # fmt: skip
    _judge(look, line, history, known, calendar)


def _with_standing(act: Done, known: Known) -> Done:
    """An act with its helpers as they stood that day."""
    data = {
        key: [known.helper(one, act.on) for one in value] if key in ("mentors", "introducers") else value
        for key, value in act.data.items()
    }
    return replace(act, data=data)


def _source(filename: str, row: int, assumed: str) -> str:
    said = _("据《%(file)s》第 %(row)d 行补录") % {"file": filename[:80], "row": row}
    return said + (_("；台账没有写这一步的日期，按“%s”登记") % assumed if assumed else "")


def _judge(look: Look, line: Line, history: History, known: Known, calendar: WorkCalendar) -> None:
    before = facts_told(history, SILENT, calendar)
    judgements = judge_told(MEMBERSHIP, before, history.acts)
    facts = replace(before, done=tuple(replace(act, told=True) for act in history.acts))
    person, reached = history.person, standings(statuses(facts))
    withdrawn = _give_way(line, person, reached, known)
    if line.is_wrong:
        return
    for act, judgement in zip(history.acts, judgements, strict=True):
        step = MEMBERSHIP.step(act.step)
        edition = str(MEMBERSHIP.edition_on(act.on).label)
        for finding in judgement.findings:
            column = BY_KEY[DATES[act.step]].title
            look.noted.append(Noted(line.row, line.name, str(step.label), column, act.on, finding, edition))
    stages = {stage.code: str(stage.label) for stage in MEMBERSHIP.stages}
    furthest = max(history.acts, key=lambda act: MEMBERSHIP.step(act.step).number)
    look.new.append(Entry(line, history, stages[MEMBERSHIP.step(furthest.step).stage], withdrawn))


def _give_way(line: Line, person: Person, reached: PartyStatus, known: Known) -> tuple[int, ...]:
    """Statuses told elsewhere that the register knows better; wrong when it knows of a member less than the house does."""
    now = PartyStatus(person.party_status)
    if _RANK.index(now) > _RANK.index(reached):
        if now in MEMBERS:
            key = "approved_on" if reached not in MEMBERS else "converted_on"
            problem = _("花名册里是%(now)s，台账只写到%(reached)s") % {
                "now": now.label,
                "reached": reached.label,
            }
            line.wrong(key, problem, _("请补上日期，或先核对花名册"))
            return ()
        line.odd("status", _("花名册里是%s") % now.label, _("按台账记为%s") % reached.label)
    return tuple(pk for _day, _value, pk in known.others_since(person, line.values["applied_on"]))


def _compare(look: Look, line: Line, case: Case, cells: dict[str, Any]) -> None:
    fields = [
        (BY_KEY[key].title, cells.get(key), line.values[key])
        for key in STEP_KEYS
        if key in line.values and _plain(line.values[key]) != _plain(cells.get(key))
    ]
    if fields:
        look.differing.append(Difference(line, case, fields))
    else:
        look.same += 1


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return bare_name(value)[0]
    return float(value) if isinstance(value, int | float) else value
