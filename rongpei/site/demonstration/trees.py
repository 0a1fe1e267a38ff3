"""The administrative, party and League trees of a hospital."""

from collections.abc import Iterator
from datetime import date

from rongpei.ground.tenancy.models import Tenant
from rongpei.org.people import naming
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.hospitals import Department
from rongpei.site.demonstration.someone import Cell, House

FOUNDED = date(1985, 3, 1)
GROUPED = date(2018, 11, 1)


class Planter:
    """Makes units with ids and paths; ids come from the caller."""

    def __init__(self, tenant: Tenant, ids: Iterator[int]) -> None:
        self.tenant, self.ids = tenant, ids
        self.units: list[Unit] = []

    def plant(
        self,
        tree: Tree,
        kind: UnitKind,
        name: str,
        parent: Unit | None,
        *,
        short: str = "",
        on: date = FOUNDED,
    ) -> Unit:
        """One unit under a parent."""
        ident = next(self.ids)
        unit = Unit(
            id=ident, tenant=self.tenant, tree=tree, kind=kind, name=name, short_name=short, parent=parent,
            sort_key=naming.sort_key(name), opened_on=on, path=f"{parent.path if parent else '/'}{ident}/",
        )  # fmt: skip
        self.units.append(unit)
        return unit


def plant_trees(house: House, ids: Iterator[int]) -> None:
    """Give a hospital its three trees."""
    planter = Planter(house.tenant, ids)
    house.root = planter.plant(Tree.ADMIN, UnitKind.HOSPITAL, house.plan.name, None)
    for general in house.plan.generals:
        for branch in general.branches:
            for department in branch.departments:
                house.leaves[department.name] = _department(planter, house.root, department)
    _party(planter, house)
    _league(planter, house)
    house.units = planter.units


def _department(planter: Planter, root: Unit, department: Department) -> list[Unit]:
    kind = UnitKind.OFFICE if department.work in "osr" else UnitKind.DEPARTMENT
    unit = planter.plant(Tree.ADMIN, kind, department.name, root)
    wards = [
        planter.plant(Tree.ADMIN, UnitKind.DEPARTMENT, f"{department.name}{word}", unit, short=word)
        for word in ("一病区", "二病区", "三病区")[: department.wards]
    ]
    if department.wards == 1:
        wards[0].name, wards[0].short_name = f"{department.name}病区", "病区"
        wards[0].sort_key = naming.sort_key(wards[0].name)
    return [unit, *wards]


def _party(planter: Planter, house: House) -> None:
    if (
        len(house.plan.generals) == 1
    ):  # fewer than a hundred members: a general branch is the highest organisation
        root = planter.plant(
            Tree.PARTY, UnitKind.GENERAL_BRANCH, f"{house.plan.name}党总支", None, short="党总支"
        )
    else:
        root = planter.plant(Tree.PARTY, UnitKind.COMMITTEE, f"{house.plan.name}党委", None, short="党委")
    house.party_root = root
    for general in house.plan.generals:
        above = root
        if general.name:
            above = planter.plant(Tree.PARTY, UnitKind.GENERAL_BRANCH, general.name, root)
        for branch in general.branches:
            unit = planter.plant(Tree.PARTY, UnitKind.BRANCH, branch.name, above, short=branch.name[:-3])
            house.cells.append(Cell(branch, unit, above))


def plant_groups(house: House, ids: Iterator[int]) -> None:
    """Give the larger branches their party groups, once their sizes are known."""
    planter = Planter(house.tenant, ids)
    for cell in house.cells:
        wanted = cell.size // 10 if cell.size >= 24 else 0
        for word in ("第一党小组", "第二党小组", "第三党小组", "第四党小组")[:wanted]:
            name = f"{cell.plan.name}{word}"
            group = planter.plant(Tree.PARTY, UnitKind.GROUP, name, cell.unit, short=word, on=GROUPED)
            cell.groups.append(group)
    house.units += planter.units


def plant_temporary(house: House, ids: Iterator[int], on: date) -> Unit:
    """Open the temporary branch of a team sent out."""
    planter = Planter(house.tenant, ids)
    unit = planter.plant(Tree.PARTY, UnitKind.TEMPORARY_BRANCH, house.plan.temporary, house.party_root, on=on)
    house.units += planter.units
    return unit


def _league(planter: Planter, house: House) -> None:
    root = planter.plant(
        Tree.LEAGUE,
        UnitKind.LEAGUE_COMMITTEE,
        f"{house.plan.name}团委",
        None,
        short="团委",
        on=date(1986, 5, 4),
    )
    for name, general in house.plan.league:
        house.league[general] = planter.plant(
            Tree.LEAGUE, UnitKind.LEAGUE_BRANCH, name, root, on=date(1986, 5, 4)
        )
