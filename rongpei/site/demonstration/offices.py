"""Committees with terms, group leaders, people away for a time, and the team sent out."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.org.people.codes import FactKind
from rongpei.org.units.codes import Office, UnitKind
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.dice import day_between, dice
from rongpei.site.demonstration.someone import Cell, House, Officer, Someone
from rongpei.site.demonstration.trees import plant_temporary

_SEATS = {
    1: (Office.SECRETARY,),
    3: (Office.SECRETARY, Office.ORGANIZATION, Office.PUBLICITY),
    4: (Office.SECRETARY, Office.ORGANIZATION, Office.PUBLICITY, Office.DISCIPLINE),
    5: (Office.SECRETARY, Office.DEPUTY, Office.ORGANIZATION, Office.PUBLICITY, Office.DISCIPLINE),
}
_SPANS = {UnitKind.COMMITTEE: 5}
_REASONS = ("产假", "外出进修", "病假", "援外医疗")


def fill_offices(house: House) -> None:
    """Elect every committee for its last term and the one before; write 党内职务 as facts."""
    chance = dice(house.plan.code, "offices")
    taken: set[int] = set()
    _elect_leaders(house, taken, chance)
    for general in {id(cell.general): cell.general for cell in house.cells}.values():
        if general is not house.party_root:
            pool = [one for cell in house.cells if cell.general is general for one in cell.members]
            _elect(house, general, pool, _SEATS[5][:2], taken, chance)
    for cell in house.cells:
        full = sum(1 for one in cell.members if one.converted_on)
        seats = _SEATS[1] if full < 7 else _SEATS[3] if full < 15 else _SEATS[4] if full < 24 else _SEATS[5]
        before = len(house.officers)
        _elect(house, cell.unit, cell.members, seats, taken, chance)
        cell.officers = house.officers[before:]
        _lead_groups(house, cell, taken, chance)
    _write_posts(house.officers)


def _elect_leaders(house: House, taken: set[int], chance: random.Random) -> None:
    """The hospital's own committee: its secretary and deputy lead the hospital, and head no department."""
    pool = [one for cell in house.cells for one in cell.members if FactKind.POST not in one.facts]
    seats = _SEATS[5] if house.party_root.kind == UnitKind.COMMITTEE else _SEATS[5][:2]
    _elect(house, house.party_root, pool, seats, taken, chance)
    for officer in house.officers:
        if officer.unit is house.party_root and officer.ends_on is None:
            post = {Office.SECRETARY: _post_name(officer), Office.DEPUTY: "院长"}.get(officer.office)
            if post:
                officer.person.learn(FactKind.POST, officer.starts_on, post)


def _elect(
    house: House,
    unit: Unit,
    pool: list[Someone],
    seats: tuple[Office, ...],
    taken: set[int],
    chance: random.Random,
) -> None:
    """Fill the seats for the current term and the one before; a third of the seats change hands between them."""
    years = _SPANS.get(UnitKind(unit.kind), 3)
    starts = day_between(chance, add_months(house.anchor, -33), add_months(house.anchor, -3))
    if len(_fit(pool, unit, starts, taken)) < len(seats):
        starts = add_months(house.anchor, -2)
    former = add_years(starts, -years)
    now = _fit(pool, unit, starts, taken)[: len(seats)]
    others = now[1:]  # the first, often the head of the department, becomes secretary (双带头人)
    chance.shuffle(others)
    now[1:] = others
    taken.update(one.id for one in now)
    reserve = [one for one in _fit(pool, unit, former, taken) if one not in now]
    for seat, one in zip(seats, now, strict=False):
        house.officers.append(Officer(one, unit, seat, starts))
        stayed = chance.random() < 0.65 and _could_serve(one, unit, former)
        earlier = one if stayed else next(iter(reserve), None)
        if earlier is not None:
            reserve = [other for other in reserve if other is not earlier]
            taken.add(earlier.id)
            house.officers.append(Officer(earlier, unit, seat, former, starts))


def _fit(pool: Iterable[Someone], unit: Unit, on: date, taken: set[int]) -> list[Someone]:
    """Those who can be elected on a day, heads of department and seniors first."""
    found = [one for one in pool if one.id not in taken and _could_serve(one, unit, on)]
    rank = {"科主任": 0, "主任": 0, "护士长": 1}
    return sorted(found, key=lambda one: (rank.get(one.fact(FactKind.POST, on), 2), -one.keen))


def _could_serve(one: Someone, unit: Unit, on: date) -> bool:
    """A full member for a year, at home under the unit, below retirement unless the branch is of the retired."""
    if one.converted_on is None or one.converted_on > add_years(on, -1) or one.keen < 0.8:
        return False
    branch = one.branch(on)
    retired_branch = one.department.work == "r"
    young = one.born_on > add_years(on, -(80 if retired_branch else 56))
    return branch is not None and branch.path.startswith(unit.path) and young


def _lead_groups(house: House, cell: Cell, taken: set[int], chance: random.Random) -> None:
    for index, group in enumerate(cell.groups):
        mine = [
            one for k, one in enumerate(cell.members) if k % len(cell.groups) == index and one.id not in taken
        ]
        since = day_between(chance, add_months(house.anchor, -23), add_months(house.anchor, -2))
        fit = _fit(mine, cell.unit, since, taken) or [one for one in mine if one.converted_on]
        leader = fit[-1]
        since = max(since, leader.converted_on or since)
        taken.add(leader.id)
        house.officers.append(Officer(leader, group, Office.LEADER, since))


def _write_posts(officers: list[Officer]) -> None:
    """Repeat party offices as dated facts; an end is written first, so that a second term replaces it."""
    party = [officer for officer in officers if officer.office != Office.HEAD]
    for officer in party:
        if officer.ends_on:
            officer.person.learn(FactKind.PARTY_POST, officer.ends_on, "")
    for officer in party:
        officer.person.learn(FactKind.PARTY_POST, officer.starts_on, _post_name(officer))


def _post_name(officer: Officer) -> str:
    level = {
        UnitKind.COMMITTEE: "党委", UnitKind.GENERAL_BRANCH: "党总支", UnitKind.BRANCH: "党支部",
    }.get(UnitKind(officer.unit.kind), "")  # fmt: skip
    return f"{level}{officer.office.label}"


def send_away(house: House, ids: Iterator[int]) -> None:
    """A few members on long leave; a team of four sent out, who keep their home branches."""
    chance = dice(house.plan.code, "away")
    serving = {officer.person.id for officer in house.officers}
    free = [
        one for cell in house.cells for one in cell.members if one.id not in serving and not one.is_retired
    ]
    for one in chance.sample(free, len(free) // 40):
        since = day_between(chance, add_months(house.anchor, -30), add_months(house.anchor, -5))
        one.away = (
            since,
            add_months(since, chance.randint(3, 7)),
            chance.choice(_REASONS[1:] if one.sex == "male" else _REASONS),
        )
    if not house.plan.temporary:
        return
    since = house.anchor - timedelta(days=75)
    unit = plant_temporary(house, ids, since)
    fit = [one for one in free if one.away is None and one.department.work == "c" and one.converted_on]
    fit = [one for one in fit if one.converted_on and one.converted_on < add_years(house.anchor, -2)]
    team = fit[:: max(1, len(fit) // 4)][:4]
    for one in team:
        one.away = (since, add_months(house.anchor, 2), "援派任务")
        house.affiliations.append((one, unit, since))
    house.officers.append(Officer(team[0], unit, Office.SECRETARY, since))
