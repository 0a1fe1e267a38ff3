"""People who moved from one hospital to another: the old row is closed, the new one points at it."""

from rongpei.org.people.codes import FactKind, Standing
from rongpei.org.units.codes import Tree
from rongpei.site.demonstration.someone import House, Someone, Timeline

_MOVES = 3
_KEPT = (FactKind.TITLE, FactKind.EDUCATION, FactKind.DEGREE)


def link_moves(houses: list[House]) -> None:
    """Let a few who left the first hospital arrive at the second, with their identity and schooling."""
    first, second = houses[0], houses[1]
    left = [one for one in first.leavers if one.standing == Standing.LEFT and _is_free(one, first)]
    here = [one for one in second.staff if _is_free(one, second)]
    for old in left[:_MOVES]:
        new = next(
            (x for x in here if (x.position, x.sex) == (old.position, old.sex) and x.moved_from is None), None
        )
        if new is not None:
            _arrive(old, new, second)


def _is_free(one: Someone, house: House) -> bool:
    """Neither in the party nor on the way to it, without an office."""
    busy = any(officer.person is one for officer in house.officers)
    return FactKind.PARTY_STATUS not in one.facts and FactKind.POST not in one.facts and not busy


def _arrive(old: Someone, new: Someone, house: House) -> None:
    assert old.closed_on is not None  # noqa: S101 - for the type checker
    department, employment = (
        new.home(Tree.ADMIN, house.anchor),
        new.facts[FactKind.EMPLOYMENT].points()[-1][1],
    )
    new.name, new.born_on, new.row, new.moved_from = old.name, old.born_on, dict(old.row), old.id
    new.hired_on, new.homes, new.facts = old.closed_on, {}, {}
    new.settle(Tree.ADMIN, new.hired_on, department)
    new.learn(FactKind.POSITION_TYPE, new.hired_on, new.position)
    new.learn(FactKind.EMPLOYMENT, new.hired_on, employment)
    for kind in _KEPT:
        if kind in old.facts:
            new.facts[kind] = Timeline()
            for on, value in old.facts[kind].points():
                new.facts[kind].change(on, value)
