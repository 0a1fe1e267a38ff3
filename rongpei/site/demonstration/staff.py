"""Who works in a hospital: identities from the sample roster, departments, careers, moves and departures."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_months, add_years, full_years
from rongpei.org.people.codes import EmploymentKind, FactKind, PositionType, Sex, Standing
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.units.codes import Office, Tree
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.careers import live_career
from rongpei.site.demonstration.dice import day_between, dice
from rongpei.site.demonstration.hospitals import Department
from rongpei.site.demonstration.someone import House, Officer, Someone

# Kinds of departments in which each position works, and how strongly each draws.
_WORKS: dict[str, dict[str, float]] = {
    PositionType.DOCTOR: {"c": 1},
    PositionType.NURSE: {"c": 1, "n": 1.4},
    PositionType.TECHNICIAN: {"t": 1},
    PositionType.PHARMACIST: {"p": 1},
    PositionType.ADMINISTRATION: {"o": 1},
    PositionType.SUPPORT: {"s": 1},
}
_IDENTITY = ("name", "ethnicity", "native_place", "id_number", "school")


def hire_staff(house: House, ids: Iterator[int]) -> None:
    """Fill a hospital with its staff, and with those who left in the last three years."""
    plan = house.plan
    chance = dice(plan.code, "staff")
    departments = [
        part for general in plan.generals for branch in general.branches for part in branch.departments
    ]
    total = plan.staff + plan.leavers
    seed = dice(plan.code, "roster").randint(1, 10**6)
    rows = sample_rows(total, seed, ["-"], ["-"], on=house.anchor)
    for index, row in enumerate(rows):
        one = _person(row, next(ids), index, house, departments, chance)
        if index < plan.staff:
            house.staff.append(one)
            _settle(one, house, chance)
        else:
            house.leavers.append(one)
            _depart(one, house, chance)
        _join_league(one, house, chance)
    _appoint_heads(house, departments)


def _person(
    row: dict[str, object],
    ident: int,
    index: int,
    house: House,
    departments: list[Department],
    chance: random.Random,
) -> Someone:
    born_on, kind, position = row["born_on"], str(row["employment_kind"]), str(row["position_type"])
    assert isinstance(born_on, date)  # noqa: S101 - for the type checker
    age = full_years(born_on, house.anchor)
    leaving = index >= house.plan.staff
    retired_home = [part for part in departments if part.work == "r"]
    if kind == EmploymentKind.RETIRED and (not retired_home or leaving):
        kind = EmploymentKind.REHIRED
    if kind == EmploymentKind.RESIDENT and (age > 33 or position != PositionType.DOCTOR):
        kind = EmploymentKind.CONTRACT
    if kind == EmploymentKind.RETIRED:
        department = retired_home[0]
    else:
        pulls = [part.weight * _WORKS[position].get(part.work, 0) for part in departments]
        (department,) = chance.choices(departments, pulls)
    one = Someone(
        id=ident, number=f"{10001 + index * 7}", name=str(row["name"]), sex=str(row["sex"]), born_on=born_on,
        hired_on=house.anchor, position=position, department=department,
        row={key: row[key] for key in _IDENTITY},
    )  # fmt: skip
    one.row["phone"] = f"199{house.tenant.pk % 100:02d}{index:06d}"
    live_career(one, kind, chance, house.anchor)
    one.keen = 0.58 if chance.random() < 0.06 else min(0.985, max(0.8, chance.gauss(0.945, 0.03)))
    return one


def _leaf(house: House, department: Department, position: str, chance: random.Random) -> Unit:
    """Nurses mostly work on a ward, others in the department itself."""
    leaves = house.leaves[department.name]
    on_ward = len(leaves) > 1 and chance.random() < (0.85 if position == PositionType.NURSE else 0.25)
    return chance.choice(leaves[1:]) if on_ward else leaves[0]


def _settle(one: Someone, house: House, chance: random.Random) -> None:
    """Give the home department; the retired moved to their office, and a few changed department lately."""
    here = _leaf(house, one.department, one.position, chance)
    employment = one.facts[FactKind.EMPLOYMENT]
    if one.department.work == "r":
        former = [d for d in _all_departments(house) if d.work in _WORKS[one.position]]
        one.settle(Tree.ADMIN, one.hired_on, _leaf(house, chance.choice(former), one.position, chance))
        one.settle(Tree.ADMIN, employment.days[-1], here)
        return
    moved_on = day_between(chance, add_months(house.anchor, -34), add_months(house.anchor, -2))
    others = [d for d in _all_departments(house) if d.work == one.department.work and d is not one.department]
    if others and chance.random() < 0.03 and one.hired_on < add_years(moved_on, -1):
        one.settle(Tree.ADMIN, one.hired_on, _leaf(house, chance.choice(others), one.position, chance))
        one.settle(Tree.ADMIN, moved_on, here)
    else:
        one.settle(Tree.ADMIN, one.hired_on, here)


def _depart(one: Someone, house: House, chance: random.Random) -> None:
    """Close somebody's row some time in the last three years."""
    window = add_years(house.anchor, -3)
    one.hired_on = min(one.hired_on, window - timedelta(days=chance.randint(60, 2000)))
    one.closed_on = day_between(chance, window + timedelta(days=40), house.anchor - timedelta(days=20))
    age = full_years(one.born_on, one.closed_on)
    one.standing = Standing.RETIRED if age >= 60 else Standing.LEFT
    for timeline in (one.facts[FactKind.POSITION_TYPE], one.facts[FactKind.EMPLOYMENT]):
        first, value = timeline.points()[0]
        if first > one.hired_on:
            timeline.change(one.hired_on, value)
    one.settle(Tree.ADMIN, one.hired_on, _leaf(house, one.department, one.position, chance))
    one.settle(Tree.ADMIN, one.closed_on, None)


def _join_league(one: Someone, house: House, chance: random.Random) -> None:
    """Members of the League up to 28; the home ends with the 29th birthday or on leaving."""
    until = add_years(one.born_on, 29)
    if until <= add_years(house.anchor, -3) or one.hired_on >= until or chance.random() > 0.7:
        return
    general = house.cell_of(one.department).general
    unit = house.league.get(general.name) or next(iter(house.league.values()))
    one.settle(Tree.LEAGUE, one.hired_on, unit)
    ends = min(until, one.closed_on or until)
    if ends <= house.anchor:
        one.settle(Tree.LEAGUE, ends, None)


def _appoint_heads(house: House, departments: list[Department]) -> None:
    """One head to each department, a head nurse to each department with nurses."""
    chance = dice(house.plan.code, "heads")
    for department in departments:
        here = [one for one in house.staff if one.department is department and not one.is_retired]
        seniors = sorted(
            (one for one in here if one.position != PositionType.NURSE or department.work == "n"),
            key=lambda one: (
                full_years(one.born_on, house.anchor) > 58,
                -one.is_high(house.anchor),
                one.hired_on,
            ),
        )
        if not seniors:
            continue
        head = seniors[0]
        since = day_between(
            chance, max(head.hired_on, add_years(house.anchor, -7)), add_years(house.anchor, -1)
        )
        house.officers.append(Officer(head, house.leaves[department.name][0], Office.HEAD, since))
        head.learn(FactKind.POST, since, "科主任" if department.work in "cnt" else "主任")
        nurses = [
            one
            for one in here
            if one.position == PositionType.NURSE and one.sex == Sex.FEMALE and one is not head
        ]
        if nurses and department.work == "c":
            nurse = min(nurses, key=lambda one: (full_years(one.born_on, house.anchor) > 52, one.hired_on))
            since = day_between(
                chance, max(nurse.hired_on, add_years(house.anchor, -6)), add_years(house.anchor, -1)
            )
            nurse.learn(FactKind.POST, since, "护士长")


def _all_departments(house: House) -> list[Department]:
    return [part for cell in house.cells for part in cell.plan.departments]
