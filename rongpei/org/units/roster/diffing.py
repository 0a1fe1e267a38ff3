"""What a roster would change: who is new, who differs and in what, who is missing from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rongpei.ground.files.cipher import blind_index
from rongpei.org.people.roster.rows import Checked, RosterRow
from rongpei.org.units.roster.known import Existing

# Roster keys compared as they are, by field name on both sides.
COMPARED = (
    "staff_number", "name", "sex", "ethnicity", "native_place", "born_on", "education", "degree", "school",
    "work_started_on", "post", "title", "position_type", "employment_kind", "phone", "party_status", "joined_on",
    "converted_on", "party_post", "remarks",
)  # fmt: skip
UNIT_KEYS = {"department": "department_id", "branch": "branch_id", "party_group": "party_group_id"}


@dataclass(slots=True)
class Change:
    """One person who differs: `{field: (old, new)}`; an ID number appears as its index."""

    person_id: int
    row: RosterRow
    fields: dict[str, tuple[object, object]]


@dataclass(slots=True)
class Differences:
    """The whole comparison. `gone` are present people whom the roster does not name."""

    new: list[RosterRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Existing] = field(default_factory=list)
    unchanged: int = 0

    def counts(self) -> dict[str, int]:
        """Numbers for the page and the record."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "fields": sum(len(change.fields) for change in self.changed),
            "gone": len(self.gone),
            "unchanged": self.unchanged,
        }


def compare(checked: Checked, existing: Iterable[Existing]) -> Differences:
    """Compare a checked roster with the people present. A blank cell says nothing about the person."""
    by_number: dict[str, Existing] = {}
    by_index: dict[str, Existing] = {}
    everyone: dict[int, Existing] = {}
    for one in existing:
        everyone[one.id] = one
        if one.staff_number:
            by_number[one.staff_number] = one
        if one.id_index:
            by_index[one.id_index] = one
    found = Differences()
    keys = [key for key in COMPARED if key in checked.columns]
    units = [UNIT_KEYS[key] for key in UNIT_KEYS if key in checked.columns]
    for row in checked.rows:
        index = blind_index(row.id_number) if row.id_number and everyone else ""
        person = (by_number.get(row.staff_number) if row.staff_number else None) or by_index.get(index)
        if person is None:
            found.new.append(row)
            continue
        everyone.pop(person.id, None)
        fields = _fields(row, person, keys, units, index)
        if fields:
            found.changed.append(Change(person.id, row, fields))
        else:
            found.unchanged += 1
    found.gone = list(everyone.values())
    return found


def _fields(
    row: RosterRow, person: Existing, keys: list[str], units: list[str], index: str
) -> dict[str, tuple[object, object]]:
    fields: dict[str, tuple[object, object]] = {}
    for key in keys + units:
        new, old = getattr(row, key), getattr(person, key)
        if new != old and new not in ("", None):
            fields[key] = (old, new)
    if index and index != person.id_index:
        fields["id_index"] = (person.id_index, index)
    return fields
