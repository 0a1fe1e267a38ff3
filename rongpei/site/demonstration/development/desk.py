"""What the desk keeps beside the cases: members' meetings, talks with those to be won, a letter on its way, an application on paper."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from rongpei.ground.accounts.actor import System
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.models import Opening, Record
from rongpei.org.people.codes import FactKind, Standing
from rongpei.org.people.models import Person
from rongpei.pipelines.membership import actions
from rongpei.pipelines.membership.actions.meeting import STEP_OF
from rongpei.pipelines.membership.codes import PROCEDURE, ContactWhy, LetterKind, Mark
from rongpei.pipelines.membership.models import Application, Candidate, MeetingKit
from rongpei.pipelines.membership.roll import voters_roll
from rongpei.site.demonstration.development import wording
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.someone import Cell, House

_KIND_OF = {step: kind for kind, step in STEP_OF.items()}
_HELD, _TALKED, _CANDIDATES = 12, 4, 3
_PLACE = "党员活动室"
_COUNTS = ("yes", "no", "abstain", "written_yes", "written_no")


def store_desk(house: House) -> tuple[int, int]:
    """Make it all with the actions people use, except what is over; returns how many meetings and talks there are."""
    cells = sorted(house.cells, key=lambda cell: cell.plan.name != house.plan.meets_today)
    meetings = sum(1 for _ in _held(house)) + _called(house)
    talks = sum(_talk(house, cell, turn) for turn, cell in enumerate(cells[:_TALKED]))
    _send_away(house, cells[1])
    _hand_in(house, cells[0])
    return meetings, talks


def _held(house: House) -> Iterator[MeetingKit]:
    """The latest meetings that decided, each with everybody it discussed that day, as their records tell."""
    rows = Record.objects.filter(
        tenant=house.tenant, step__in=_KIND_OF, kind=RecordKind.DONE, case__procedure=PROCEDURE
    )
    latest = list(rows.select_related("unit").order_by("-done_on", "unit_id", "step", "pk")[:_HELD])
    for (on, _unit, step), records in groupby(latest, key=lambda one: (one.done_on, one.unit_id, one.step)):
        told = list(records)
        first = told[0]
        kit = MeetingKit.objects.create(
            tenant=house.tenant, unit=first.unit, kind=_KIND_OF[step], held_on=on, place=_PLACE,
            host=first.data.get("host", ""), recorder=first.data.get("recorder", ""), marks=_marks(first),
        )  # fmt: skip
        for place, record in enumerate(told, start=1):
            Candidate.objects.create(
                tenant=house.tenant, kit=kit, case_id=record.case_id, place=place, record=record, counts=_counts(record),
                outcome=record.data.get("outcome", ""), performance=record.data.get("performance", ""),
            )  # fmt: skip
        yield kit


def _marks(record: Record) -> dict[str, str]:
    """So many there and so many in writing as the record counts; the others had leave."""
    data = record.data
    present = int(data.get("present") or 0)
    written = int(data.get("written_yes") or 0) + int(data.get("written_no") or 0)
    places = [Mark.PRESENT] * present + [Mark.WRITTEN] * written
    voters = voters_roll(record.unit, record.done_on).voters
    return {
        str(person.pk): str(places[index] if index < len(places) else Mark.LEAVE)
        for index, person in enumerate(voters)
    }


def _counts(record: Record) -> dict[str, int]:
    """The ballots of a record: issued to those present, and all of them returned."""
    present = int(record.data.get("present") or 0)
    counts = {name: int(record.data[name]) for name in _COUNTS if record.data.get(name) is not None}
    return {"issued": present, "returned": present, "valid": present, **counts}


def _called(house: House) -> int:
    """A meeting that is called: the branch with the most people waiting for it."""
    waiting = Opening.objects.filter(
        tenant=house.tenant, step__in=_KIND_OF, case__state=State.OPEN, opens_on__lte=house.anchor + timedelta(days=20)
    )  # fmt: skip
    rows = waiting.select_related("case", "unit").order_by("unit_id", "step", "due_on", "pk")
    groups = [list(found) for _key, found in groupby(rows, key=lambda one: (one.unit_id, one.step))]
    if not groups:
        return 0
    found = max(groups, key=len)[:_CANDIDATES]
    held_on = max(house.anchor + timedelta(days=3), *(one.opens_on for one in found))
    actions.open_kit(
        actor=System(house.tenant.pk), unit=found[0].unit, kind=_KIND_OF[found[0].step], held_on=held_on,
        cases=[one.case for one in found], place=_PLACE,
    )  # fmt: skip
    return 1


def _talk(house: House, cell: Cell, turn: int) -> int:
    """A member talks with a colleague who has not applied; every second one is late with the next talk."""
    anchor, system = house.anchor, System(house.tenant.pk)
    won, contact = _outside(house, cell), _member(house, cell, turn)
    if won is None or contact is None:
        return 0
    since = anchor - timedelta(days=100 + 10 * turn)
    opened = actions.open_contact(
        actor=system, unit=cell.unit, person=won, contact=contact, next_on=since + timedelta(days=20), today=since,
        why=ContactWhy.HIGHLY_EDUCATED if turn % 2 else ContactWhy.BACKBONE,
    )  # fmt: skip
    talked = since + timedelta(days=18)
    following = talked + timedelta(days=70) if turn % 2 else anchor + timedelta(days=12 + turn)
    actions.record_talk(
        actor=system, contact=opened, talked_on=talked, summary=wording.WON[turn % len(wording.WON)],
        next_on=following, today=anchor, now=at(talked, 17),
    )  # fmt: skip
    return 1


def _outside(house: House, cell: Cell, skip: int = 0) -> Person | None:
    """Somebody with a high title or a doctorate in the branch's departments who never was on the way."""
    fit = [
        one for one in house.staff
        if one.department in cell.plan.departments and one.is_high(house.anchor)
        and FactKind.PARTY_STATUS not in one.facts and one.standing == Standing.PRESENT
    ]  # fmt: skip
    return Person.objects.get(pk=fit[skip].id) if len(fit) > skip else None


def _member(house: House, cell: Cell, turn: int) -> Person | None:
    busy = {officer.person.id for officer in house.officers}
    fit = [one for one in cell.members if one.converted_on and one.id not in busy and one.away is None]
    return Person.objects.get(pk=fit[turn % len(fit)].id) if fit else None


def _send_away(house: House, cell: Cell) -> None:
    """A member leaves for another hospital: the letter is out, its return slip has not come."""
    person = _member(house, cell, 5)
    if person is None:
        return
    issued = house.anchor - timedelta(days=25)
    actions.issue_letter(
        actor=System(house.tenant.pk), kind=LetterKind.OUT, person=person, from_unit=cell.unit, to_unit=None,
        outside="中共云汀市东郊医院委员会", number=f"云组转〔{issued.year}〕031号", issued_on=issued,
        due_on=issued + timedelta(days=30), today=house.anchor,
    )  # fmt: skip


def _hand_in(house: House, cell: Cell) -> None:
    """An application from the phone whose signed paper has not come."""
    person = _outside(house, cell, skip=1)
    if person is not None:
        on = house.anchor - timedelta(days=2)
        Application.objects.create(
            tenant=house.tenant,
            person=person,
            unit=cell.unit,
            written_on=on,
            body=wording.APPLICATION,
            handed_in_at=at(on, 20),
        )
