"""Who is in the party, who is on the way, and since when: every chain of dates is lawful."""

import random
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.org.people.codes import EmploymentKind, FactKind, PartyStatus, PositionType
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.development import exceptions
from rongpei.site.demonstration.development.oddities import Oddity
from rongpei.site.demonstration.dice import day_between, dice, months_after, months_before, split
from rongpei.site.demonstration.someone import Cell, House, Someone

_CLINICIANS = (PositionType.DOCTOR, PositionType.NURSE)
_CHAIN = (
    PartyStatus.APPLICANT,
    PartyStatus.ACTIVIST,
    PartyStatus.TARGET,
    PartyStatus.PROBATIONARY,
    PartyStatus.FULL,
)


def size_branches(house: House) -> None:
    """Share the hospital's members among its branches."""
    pools = [len(_candidates(house, cell)) for cell in house.cells]
    chance = dice(house.plan.code, "sizes")
    weights = [pool**0.6 * chance.uniform(0.85, 1.15) for pool in pools]
    bounds = [_bounds(house, cell, pool) for cell, pool in zip(house.cells, pools, strict=True)]
    least, most = [low for low, _ in bounds], [high for _, high in bounds]
    for cell, size in zip(house.cells, split(house.plan.members, weights, least, most), strict=True):
        cell.size = size


def _bounds(house: House, cell: Cell, pool: int) -> tuple[int, int]:
    """Fewest and most members of a branch: a joint one has five, the one that meets today is large enough for groups."""
    if cell.plan.name in house.plan.small_branches:
        return 5, 5
    return min(26 if cell.plan.name == house.plan.meets_today else 8, pool), min(house.plan.largest, pool)


def _candidates(house: House, cell: Cell) -> list[Someone]:
    """Staff of a branch's departments who can have been members for long."""
    latest = add_years(house.anchor, -24) - timedelta(days=60)
    here = [one for one in house.staff if one.department in cell.plan.departments and one.born_on < latest]
    return [one for one in here if one.fact(FactKind.EMPLOYMENT, house.anchor) != EmploymentKind.RESIDENT]


def admit_members(house: House) -> None:
    """Choose the members of every branch, then those developed lately, then those on the way."""
    chance = dice(house.plan.code, "members")
    for cell in house.cells:
        pool = _candidates(house, cell)
        if cell.plan.name in house.plan.small_branches:
            cell.members = _few_of_each(pool, cell)
        else:
            cell.members = chance.sample(pool, cell.size)
    fresh = _choose_developed(house, chance)
    exceptions.choose_unusual(house, fresh)
    for cell in house.cells:
        for index, one in enumerate(cell.members):
            if house.oddities.get(one.id) == Oddity.POSTPONED:
                exceptions.move_once(house, one, cell, fresh[one.id])
            _join_party(one, house, fresh.get(one.id), chance)
            unit = cell.groups[index % len(cell.groups)] if cell.groups else cell.unit
            _settle_in_party(one, house, unit)
    for one in chance.sample(
        [x for x in house.leavers if x.born_on < add_years(house.anchor, -30)], house.plan.leaving_members
    ):
        _join_party(one, house, None, chance)
        _settle_in_party(one, house, house.cell_of(one.department).unit)
    _send_on_the_way(house, chance)
    exceptions.distinguish_others(house)
    for one in house.people:
        for cell in house.cells:
            if any(unit is cell.unit or unit in cell.groups for unit in _party_homes(one)):
                cell.ever.append(one)


def _party_homes(one: Someone) -> list[Unit]:
    return [unit for _, unit in one.homes[Tree.PARTY].points() if unit] if Tree.PARTY in one.homes else []


def _few_of_each(pool: list[Someone], cell: Cell) -> list[Someone]:
    """At most two members from each unit of a joint branch: none of them could form a branch alone."""
    found: list[Someone] = []
    for department in cell.plan.departments:
        found += [one for one in pool if one.department is department][:2]
    return found[: cell.size]


def _choose_developed(house: House, chance: random.Random) -> dict[int, date]:
    """`{person id: day of the branch meeting}` of those admitted inside the window, exactly as many as planned."""
    years, wanted, high = house.plan.developed
    start = add_years(house.anchor, -years)
    pool = [
        one
        for cell in house.cells
        for one in cell.members
        if one.hired_on < add_years(house.anchor, -years - 4)
        and add_years(house.anchor, -49) < one.born_on < add_years(house.anchor, -27)
        and (one.position in _CLINICIANS or high < wanted / 2)
        and cell.plan.name not in house.plan.small_branches
    ]
    chance.shuffle(pool)
    span = (house.anchor - start).days - 30
    days = [start + timedelta(days=15 + span * k // wanted) for k in range(wanted)]
    chance.shuffle(days)
    clever = [one for one in pool if one.is_high(start)][:high]
    plain = [one for one in pool if not one.is_high(house.anchor)]
    if high >= wanted / 2:  # where every new member is a backbone proven at the front line
        plain = [one for one in plain if one.is_backbone(start)]
    plain = plain[: wanted - len(clever)]
    if len(clever) < high or len(clever) + len(plain) < wanted:
        raise ValueError(f"{house.plan.code}: too few to develop")
    return {one.id: day for one, day in zip([*clever, *plain], days, strict=True)}


def _join_party(one: Someone, house: House, developed_on: date | None, chance: random.Random) -> None:
    """Write the whole chain backwards from the branch meeting that admitted the person."""
    latest = add_years(house.anchor, -max(3, house.plan.developed[0])) - timedelta(days=10)
    if one.closed_on:
        latest = min(latest, add_years(one.closed_on, -2))
    if developed_on:
        joined = developed_on
    else:
        joined = day_between(
            chance, add_years(one.born_on, 21) + timedelta(days=10), max(latest, add_years(one.born_on, 21))
        )
    target = months_before(chance, joined, 2, 4)
    special = house.oddities.get(one.id) == Oddity.SPECIAL
    activist = months_before(chance, target, 4, 6) if special else months_before(chance, target, 13, 15)
    applied = max(months_before(chance, activist, 3, 6), add_years(one.born_on, 18))
    if developed_on:  # applications of the last years are those of people still on the way
        recent = min(date(house.anchor.year - 1, 1, 1), add_months(house.anchor, -25))
        applied = max(
            min(applied, recent - timedelta(days=chance.randint(5, 60))), one.hired_on + timedelta(days=30)
        )
    one.joined_on = joined
    for status, day in zip(_CHAIN, (applied, activist, target, joined), strict=False):
        one.learn(FactKind.PARTY_STATUS, day, status)
    if developed_on:
        exceptions.prove_at_the_front(house, one, applied, joined)
    converted = exceptions.probation_ends(house, one, joined)
    if exceptions.is_decided(house, one, converted):
        one.converted_on = converted
        one.learn(FactKind.PARTY_STATUS, converted, PartyStatus.FULL)


def _settle_in_party(one: Someone, house: House, unit: Unit) -> None:
    """The home branch since the application or the hire, following a change of department, ended by leaving."""
    first = max(one.facts[FactKind.PARTY_STATUS].days[0], one.hired_on)
    moves = one.homes[Tree.ADMIN].points()
    last_move, here = moves[-1]
    if len(moves) > 1 and here is not None and last_move > first:
        former = moves[0][1]
        one.settle(Tree.PARTY, first, _branch_of(house, former))
        if _branch_of(house, former) is not house.cell_of(one.department).unit or one.department.work == "r":
            first = last_move + timedelta(days=12)
    if first <= house.anchor:
        one.settle(Tree.PARTY, first, unit)
    gone = one.facts[FactKind.PARTY_STATUS].points()[-1]
    if one.closed_on or gone[1] == PartyStatus.NONE:
        one.settle(Tree.PARTY, one.closed_on or gone[0], None)


def _branch_of(house: House, leaf: Unit | None) -> Unit:
    for cell in house.cells:
        if any(leaf is unit for part in cell.plan.departments for unit in house.leaves[part.name]):
            return cell.unit
    raise ValueError(f"no branch covers {leaf}")


def _send_on_the_way(house: House, chance: random.Random) -> None:
    """Applicants, activists and development targets, by the numbers the hospital must show."""
    earliest, latest = add_years(house.anchor, -48), add_years(house.anchor, -23)
    pool = [
        one
        for one in house.staff
        if FactKind.PARTY_STATUS not in one.facts
        and earliest < one.born_on < latest
        and one.hired_on < add_years(house.anchor, -3)
        and one.department.work != "r"
    ]
    chance.shuffle(pool)
    if house.plan.applied_last_year:
        _by_application(house, pool, chance)
    else:
        _by_status(house, pool, chance)
    long_here = [one for one in pool if one.hired_on < add_years(house.anchor, -6)]
    spare = [
        one for one in long_here if FactKind.PARTY_STATUS not in one.facts and not one.is_high(house.anchor)
    ]
    for one, unit in exceptions.turn_back(house, spare[::-1]):
        _settle_in_party(one, house, unit)
    exceptions.suspend_some(house, pool)


def _by_application(house: House, pool: list[Someone], chance: random.Random) -> None:
    """Exactly so many doctors and nurses applied last calendar year, and some others in the years around it."""
    year = house.anchor.year - 1
    clinicians = [one for one in pool if one.position in _CLINICIANS][: house.plan.applied_last_year]
    for one in clinicians:
        _forward(one, house, day_between(chance, date(year, 1, 4), date(year, 12, 30)), chance)
    again = next(one for one in clinicians if one.facts[FactKind.PARTY_STATUS].days[0].month > 5)
    exceptions.apply_again(house, again)
    _settle_in_party(again, house, house.cell_of(again.department).unit)
    others = [one for one in pool if one.position not in _CLINICIANS][:14]
    for index, one in enumerate(others):
        _forward(
            one,
            house,
            day_between(chance, date(year - 1 + index % 2, 1, 4), date(year - 1 + index % 2, 12, 30)),
            chance,
        )
    first = date(house.anchor.year, 1, 1)
    if (house.anchor - first).days > 10:
        for one in [one for one in pool if one not in clinicians and one not in others][:24]:
            _forward(one, house, day_between(chance, first, house.anchor - timedelta(days=4)), chance)


def _forward(one: Someone, house: House, applied: date, chance: random.Random) -> None:
    """From an application as far as the time until the anchor lawfully allows, up to development target."""
    one.learn(FactKind.PARTY_STATUS, applied, PartyStatus.APPLICANT)
    if chance.random() < 0.75:
        activist = months_after(chance, applied, 3, 7)
        target = months_after(chance, activist, 13, 18)
        if activist < house.anchor:
            one.learn(FactKind.PARTY_STATUS, activist, PartyStatus.ACTIVIST)
        if target < house.anchor:
            one.learn(FactKind.PARTY_STATUS, target, PartyStatus.TARGET)
    _settle_in_party(one, house, house.cell_of(one.department).unit)


def _by_status(house: House, pool: list[Someone], chance: random.Random) -> None:
    """Exactly so many activists, targets and applicants on the anchor date, so many of them 高知."""
    activists, high, high_applicants, targets, applicants = house.plan.on_the_way
    clever = [one for one in pool if one.is_high(add_years(house.anchor, -2))]
    plain = [one for one in pool if not one.is_high(house.anchor)]
    for one in clever[:high] + plain[: activists - high]:
        activist = day_between(chance, add_months(house.anchor, -11), house.anchor - timedelta(days=10))
        _back(one, house, (months_before(chance, activist, 3, 8), activist), chance)
    rest = plain[activists - high :]
    for one in rest[:targets]:
        target = day_between(chance, add_months(house.anchor, -4), house.anchor - timedelta(days=10))
        activist = months_before(chance, target, 13, 14)
        _back(one, house, (months_before(chance, activist, 3, 5), activist, target), chance)
    few = applicants - high_applicants
    for one in clever[high : high + high_applicants] + rest[targets : targets + few]:
        _back(
            one,
            house,
            (day_between(chance, add_months(house.anchor, -11), house.anchor - timedelta(days=3)),),
            chance,
        )


def _back(one: Someone, house: House, days: tuple[date, ...], chance: random.Random) -> None:
    for status, day in zip(_CHAIN, days, strict=False):
        one.learn(FactKind.PARTY_STATUS, day, status)
    _settle_in_party(one, house, house.cell_of(one.department).unit)
