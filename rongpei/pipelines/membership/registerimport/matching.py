"""Who is meant by a line, and by a helper's name: people and branches within the asker's reach, asked once for all lines."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from rongpei.ground.files.cipher import blind_index
from rongpei.org.access.rules import units_below
from rongpei.org.people.codes import MEMBERS, Standing
from rongpei.org.people.models import Person
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import BRANCH_KINDS
from rongpei.pipelines.membership.registerimport.lines import Line

HELPERS = ("mentor1", "mentor2", "introducer1", "introducer2")
_NUMBERED = re.compile(r"(.+?)[（(]([^（()）]+)[）)]$")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who imports: the own person, and the paths of the tree they work at."""

    tenant_id: int
    person_id: int | None
    paths: tuple[str, ...]


@dataclass(slots=True)
class Directory:
    """The people and branches that the lines may mean."""

    asker: Asker
    numbers: dict[str, Person] = field(default_factory=dict)
    indexes: dict[str, Person] = field(default_factory=dict)
    named: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    branches: dict[str, Unit] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)

    def person_of(self, line: Line) -> Person | None:
        """The person a line is about; None with what is wrong said on the line."""
        found = self._found(line)
        if found is None:
            return None
        if found.name != line.name:
            key = "staff_number" if line.values.get("staff_number") else "id_number"
            line.wrong(key, f"系统里这个号码是{found.name}", "请核对号码和姓名")
            return None
        first = self.seen.setdefault(found.pk, line.row)
        if first != line.row:
            line.wrong("name", f"与第 {first} 行是同一个人", "每人一行，请删去一行")
        if found.pk == self.asker.person_id:
            line.wrong("name", "这一行是您本人", "请删去这一行，由别的同志登记")
        born = line.day("born_on")
        if born and found.born_on and born != found.born_on:
            line.odd("born_on", "与花名册不同", "以花名册为准")
        return found

    def _found(self, line: Line) -> Person | None:
        number, ident = line.values.get("staff_number", ""), line.values.get("id_number", "")
        keys = {key for key, flag in line.flags if not flag.warns}
        if not line.name or keys & {"staff_number", "id_number", "born_on"}:
            return None
        if number or ident:
            known = self.numbers.get(number) or self.indexes.get(blind_index(ident))
            if known is None:
                key, what = ("staff_number", "工号") if number else ("id_number", "身份证号")
                line.wrong(key, f"系统里没有这个{what}", "请核对；新来的人先在“名册导入”里导入")
            return known
        born = line.day("born_on")
        if born is None:
            key = next((one for one in ("staff_number", "id_number", "born_on") if one in line.cells), "name")
            line.wrong(key, "没有工号、身份证号和出生日期，分不清是谁", "请至少填一项")
            return None
        same = [one for one in self.named.get(line.name, ()) if one.born_on == born]
        if not same:
            line.wrong("name", "系统里没有这天出生的这个人", "请核对，或填工号；新来的人先在“名册导入”里导入")
        elif len(same) > 1:
            line.wrong("name", f"有 {len(same)} 个人同名、同一天出生", "请填工号或身份证号")
        return same[0] if len(same) == 1 else None

    def branch_of(self, line: Line, person: Person | None) -> Unit | None:
        """The branch that runs the case: the one written, else the person's home."""
        written = line.values.get("branch", "")
        place = getattr(person, "place", None)
        home = place.branch if place else None
        unit = self.branches.get(written or (home.name if home else ""))
        if unit is None and written:
            line.wrong("branch", "没有这个党支部，或者不归您管", "请写系统里党支部的名称或简称")
        elif unit is None and person is not None:
            line.wrong("branch", "没有写党支部，花名册里也没有", "请补上")
        elif unit is not None and home is not None and home.pk != unit.pk:
            line.odd("branch", f"与花名册的党支部（{home.name}）不同", "案卷归到表里写的党支部")
        return unit

    def helper_of(self, line: Line, key: str, branch: Unit | None) -> dict[str, Any] | None:
        """A helper as records hold one; somebody not here any more is kept by name. None when it is not clear who."""
        written = line.values[key]
        name, number = bare_name(written)
        same = self.named.get(name, [])
        if number:
            same = [one for one in same if one.staff_number == number]
        for narrower in (_members, _at_home(branch)):
            same = list(filter(narrower, same)) or same
        if len(same) > 1:
            line.wrong(key, f"系统里有 {len(same)} 位{name}", "请写成“姓名（工号）”")
            return None
        if not same:
            line.odd(key, "系统里没有这个人", "只记姓名")
            return {"name": name}
        return {"person_id": same[0].pk}


def _members(person: Person) -> bool:
    return person.party_status in MEMBERS


def _at_home(branch: Unit | None) -> Any:
    return lambda person: branch is not None and _home_id(person) == branch.pk


def _home_id(person: Person) -> int | None:
    place = getattr(person, "place", None)
    return place.branch_id if place else None


def bare_name(written: str) -> tuple[str, str]:
    """“王芳（1023）” as name and staff number."""
    found = _NUMBERED.match(written.strip())
    return (found[1].strip(), found[2].strip()) if found else (written.strip(), "")


def directory_for(asker: Asker, lines: Collection[Line]) -> Directory:
    """Everybody and every branch the lines may mean; two queries."""
    found = Directory(asker)
    for person in _people(asker, lines):
        if person.staff_number:
            found.numbers[person.staff_number] = person
        if person.id_index:
            found.indexes[person.id_index] = person
        found.named[person.name].append(person)
    rows = Unit.objects.filter(
        tenant_id=asker.tenant_id, tree=Tree.PARTY, kind__in=BRANCH_KINDS, closed_on=None
    )
    units = list(rows if "/" in asker.paths else rows.filter(units_below(asker.paths)))
    found.branches = {unit.short_name: unit for unit in units if unit.short_name} | {
        unit.name: unit for unit in units
    }
    return found


def _people(asker: Asker, lines: Iterable[Line]) -> Iterable[Person]:
    names, numbers, indexes = set[str](), set[str](), set[str]()
    for line in lines:
        given = line.values
        names |= {line.name, *(bare_name(given[key])[0] for key in HELPERS if key in given)}
        numbers.add(given.get("staff_number", ""))
        indexes.add(blind_index(given.get("id_number", "")))
    meant = Q(name__in=names - {""}) | Q(staff_number__in=numbers - {""}) | Q(id_index__in=indexes - {""})
    rows = Person.objects.filter(meant, tenant_id=asker.tenant_id, standing=Standing.PRESENT)
    return rows.select_related("place__branch").order_by("pk")
