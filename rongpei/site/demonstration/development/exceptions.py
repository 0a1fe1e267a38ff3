"""Choosing the exceptions: extended, postponed, admitted by a special rule, withdrawn, rejected, cancelled, gone."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.org.people.codes import FactKind, PartyStatus, Standing
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.development.oddities import Oddity
from rongpei.site.demonstration.dice import day_between, dice, months_after, months_before
from rongpei.site.demonstration.someone import Cell, House, Someone

# Probation that ended within so many days is still being decided.
UNDECIDED_DAYS = 45
POSTPONED_MONTHS = 3
EXTENDED_MONTHS = 6
_FRONT_LINE = ("发热门诊一线值守", "隔离病区轮值", "援派医疗队", "流调和转运专班", "重症救治专班")
_BACKBONE = ("临床业务骨干", "护理业务骨干", "医技业务骨干", "学科后备骨干")


def choose_unusual(house: House, fresh: dict[int, date]) -> None:
    """Among those developed lately: extended, postponed after a transfer, and admitted by the special rule."""
    if len(fresh) < 20:
        return
    ways = sorted(fresh.items(), key=lambda way: way[1])
    old = [ident for ident, joined in ways if add_years(joined, 1) < add_months(house.anchor, -9)]
    over = house.anchor - timedelta(days=20)
    young = [ident for ident, joined in ways if ident not in old and add_years(joined, 1) < over]
    house.oddities[old[0]] = Oddity.EXTENDED
    house.oddities[young[-1]] = Oddity.EXTENDED  # the longer probation is still running
    house.oddities[old[1]] = Oddity.POSTPONED
    if house.plan.temporary:
        last, first = house.frontline_until, add_months(house.frontline_until, -12)
        near = [ident for ident, joined in ways if add_months(first, 5) < joined < last]
        house.oddities |= dict.fromkeys(
            [one for one in near if one not in house.oddities][:6], Oddity.SPECIAL
        )


def probation_ends(house: House, one: Someone, joined: date) -> date:
    """When probation expires, an extension included."""
    extended = house.oddities.get(one.id) == Oddity.EXTENDED
    return add_months(joined, 12 + EXTENDED_MONTHS if extended else 12)


def is_decided(house: House, one: Someone, due: date) -> bool:
    """Whether the conversion after this expiry has been approved by the anchor date."""
    late = add_months(due, POSTPONED_MONTHS) if house.oddities.get(one.id) == Oddity.POSTPONED else due
    return late + timedelta(days=UNDECIDED_DAYS) <= house.anchor


def move_once(house: House, one: Someone, cell: Cell, joined: date) -> None:
    """Let a probationary member come from another branch in the middle of the probation."""
    others = [c for c in house.cells if c is not cell and c.plan.departments[0].work != "r"]
    other = min(others, key=lambda c: c.plan.departments[0].work != one.department.work)
    here = one.home(Tree.ADMIN, house.anchor)
    one.homes.pop(Tree.ADMIN)
    one.settle(Tree.ADMIN, one.hired_on, house.leaves[other.plan.departments[0].name][0])
    one.settle(Tree.ADMIN, add_months(joined, 5), here)


def prove_at_the_front(house: House, one: Someone, applied: date, joined: date) -> None:
    """Somebody developed lately is a professional backbone, proven on a front line before the admission."""
    chance = dice(house.plan.code, "front", one.id)
    kind = {"doctor": 0, "nurse": 1}.get(one.position, 2)
    one.learn(
        FactKind.BACKBONE,
        max(one.hired_on, add_months(applied, -chance.randint(2, 14))),
        chance.choice((_BACKBONE[kind], _BACKBONE[3])),
    )
    starts = joined - timedelta(days=chance.randint(150, 330))
    one.learn(FactKind.FRONT_LINE, starts, chance.choice(_FRONT_LINE))
    one.learn(FactKind.FRONT_LINE, starts + timedelta(days=chance.randint(30, 120)), "")


def distinguish_others(house: House) -> None:
    """Backbones and front-line terms among everybody else, so that a filter has something to leave out."""
    chance = dice(house.plan.code, "backbones")
    for one in house.staff:
        if FactKind.BACKBONE in one.facts or one.is_retired or one.department.work not in "cntp":
            continue
        if chance.random() < 0.15 and one.hired_on < add_years(house.anchor, -5):
            day = day_between(chance, add_years(house.anchor, -4), add_months(house.anchor, -1))
            one.learn(FactKind.BACKBONE, day, _BACKBONE[{"doctor": 0, "nurse": 1}.get(one.position, 2)])
        if chance.random() < 0.08:
            starts = max(one.hired_on, day_between(chance, add_years(house.anchor, -3), house.anchor))
            one.learn(FactKind.FRONT_LINE, starts, chance.choice(_FRONT_LINE))
            if (ends := starts + timedelta(days=chance.randint(20, 100))) <= house.anchor:
                one.learn(FactKind.FRONT_LINE, ends, "")


def turn_back(house: House, pool: list[Someone]) -> Iterator[tuple[Someone, Unit]]:
    """Ways that ended early, written on people of the pool; gives each with the home branch to settle in."""
    chance = dice(house.plan.code, "turned back")
    scale = 1 if house.plan.staff > 1000 else 0
    wanted = [Oddity.WITHDRAWN] * (5 * scale) + [Oddity.REJECTED] * (4 * scale) + [Oddity.CANCELLED] * scale
    for one, what in zip(pool, wanted, strict=False):
        house.oddities[one.id] = what
        _end_early(house, one, what, chance)
        yield one, house.cell_of(one.department).unit
    leavers = [x for x in house.leavers if x.standing == Standing.LEFT and _fits_leaver(house, x)]
    for one in leavers[: 2 * scale]:
        house.oddities[one.id] = Oddity.LEFT
        assert one.closed_on is not None  # noqa: S101 - for the type checker
        _learn(one, PartyStatus.APPLICANT, applied := months_before(chance, one.closed_on, 9, 13))
        _learn(one, PartyStatus.ACTIVIST, months_after(chance, applied, 3, 5))
        yield one, house.cell_of(one.department).unit


def _fits_leaver(house: House, one: Someone) -> bool:
    closed = one.closed_on
    if closed is None or FactKind.PARTY_STATUS in one.facts or one.is_high(closed):
        return False
    young = add_years(house.anchor, -45) < one.born_on < add_years(house.anchor, -28)
    return young and one.hired_on < add_years(closed, -3) and closed < add_months(_before(house), 9)


def _before(house: House) -> date:
    """Nobody who turned back applied after this day: counts of last year's applicants stay as planned."""
    return min(date(house.anchor.year - 1, 1, 1), add_months(house.anchor, -25))


def _end_early(house: House, one: Someone, what: Oddity, chance: random.Random) -> None:
    latest = _before(house) - timedelta(days=10)
    applied = day_between(chance, add_months(latest, -8), latest)
    activist = months_after(chance, applied, 3, 5)
    if what == Oddity.CANCELLED:
        joined = add_years(house.anchor, -house.plan.developed[0]) - timedelta(days=25)
        target = months_before(chance, joined, 2, 3)
        activist = months_before(chance, target, 13, 15)
        applied = months_before(chance, activist, 3, 5)
        _learn(one, PartyStatus.TARGET, target)
        _learn(one, PartyStatus.PROBATIONARY, joined)
        ends = add_months(joined, 10)
    elif what == Oddity.REJECTED:
        target = months_after(chance, activist, 13, 14)
        _learn(one, PartyStatus.TARGET, target)
        ends = target + timedelta(days=chance.randint(25, 35))
    else:
        ends = add_months(activist, 4) + timedelta(days=chance.randint(1, 60))
    _learn(one, PartyStatus.APPLICANT, applied)
    _learn(one, PartyStatus.ACTIVIST, activist)
    _learn(one, PartyStatus.NONE, ends)


def _learn(one: Someone, status: PartyStatus, on: date) -> None:
    one.learn(FactKind.PARTY_STATUS, on, status)


def apply_again(house: House, one: Someone) -> None:
    """Somebody who withdrew and applied a second time in the same year: one person in every count."""
    days = one.facts[FactKind.PARTY_STATUS].days
    applied = days[0]
    first = max(date(applied.year, 1, 4), applied - timedelta(days=80))
    if (applied - first).days < 40:
        return
    house.oddities[one.id] = Oddity.AGAIN
    _learn(one, PartyStatus.APPLICANT, first)
    _learn(one, PartyStatus.NONE, first + timedelta(days=20))


def suspend_some(house: House, people: list[Someone]) -> None:
    """A few activists whose case stands still for a time."""
    activists = [
        one
        for one in people
        if one.fact(FactKind.PARTY_STATUS, house.anchor) == PartyStatus.ACTIVIST
        and one.id not in house.oddities
        and one.facts[FactKind.PARTY_STATUS].days[-1] < add_months(house.anchor, -3)
    ]
    house.oddities |= {one.id: Oddity.SUSPENDED for one in activists[:2]}
