"""Writing a compared roster: a few bulk statements, whatever the number of rows."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from rongpei.ground.clock.calendar import add_years
from rongpei.ground.files.cipher import blind_index, encipher
from rongpei.ground.tenancy.bulk import insert_rows, make_room, next_ids, stage, update_rows
from rongpei.org.people import naming
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.roster.rows import RosterRow
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import ImportedPerson, Place, Posting, RosterImport
from rongpei.org.units.roster.diffing import Change, Differences

Report = Callable[[int, str], None]

_PERSON = (
    "id", "tenant_id", "staff_number", "name", "sort_key", "initials", "sex", "ethnicity", "native_place", "born_on",
    "id_cipher", "id_index", "phone", "school", "work_started_on", "remarks", "standing", "party_status", "joined_on",
    "converted_on", "title", "title_level", "education", "degree", "position_type", "employment_kind", "post",
    "party_post",
)  # fmt: skip
_CHANGEABLE = tuple(name for name in _PERSON if name not in ("id", "tenant_id", "standing"))
# In the order of their codes, so that the index of facts grows at its end.
_FACTS = {
    FactKind.DEGREE: "degree", FactKind.EDUCATION: "education", FactKind.EMPLOYMENT: "employment_kind",
    FactKind.PARTY_POST: "party_post", FactKind.POSITION_TYPE: "position_type", FactKind.POST: "post",
    FactKind.TITLE: "title",
}  # fmt: skip
_FACT = ("tenant_id", "person_id", "kind", "value", "starts_on", "source", "recorded_at")
# What a new person is comes since the work began. Made where the rows are: five of them a person would be half the import.
_FACTS_OF_STAGED = f"""
SELECT s.tenant_id, s.id, f.kind, f.value, COALESCE(s.work_started_on, %s::date), %s, %s
FROM bulk_rows s CROSS JOIN LATERAL (VALUES {
    ", ".join(f"('{kind.value}', s.{column})" for kind, column in _FACTS.items())
}) AS f (kind, value)
WHERE f.value <> ''"""  # noqa: S608 - our own words
_POSTING = ("tenant_id", "person_id", "tree", "unit_id", "starts_on", "recorded_at")
_PLACE = ("person_id", "tenant_id", "department_id", "branch_id", "group_id")


def apply(*, run: RosterImport, found: Differences, now: datetime, report: Report) -> list[list[int]]:
    """Create the new, change the differing; the caller's transaction makes it all or nothing.

    Returns the ids of the created people as ranges `[first, last]`.
    """
    report(0, "写入人员")
    ids = next_ids(Person, len(found.new)) if found.new else []
    numbered = list(zip(ids, found.new, strict=True))
    tenant = run.tenant_id
    make_room()
    people = stage(Person, _PERSON, (_person(ident, tenant, row) for ident, row in numbered))
    people.insert(order="sort_key")
    report(len(ids) // 2, "写入履历")
    people.derive(Fact, _FACT, _FACTS_OF_STAGED, [run.roster_on, source_of(run), now])
    insert_rows(Fact, _FACT, _status_facts(run, numbered, now))
    insert_rows(Posting, _POSTING, _all_postings(run, numbered, now))
    insert_rows(
        Place,
        _PLACE,
        ((ident, tenant, row.department_id, row.branch_id, row.party_group_id) for ident, row in numbered),
    )
    report(len(ids), "更新变更")
    if found.changed:
        _change(run, found.changed, now)
    report(len(ids) + len(found.changed), "完成")
    return as_ranges(ids)


def as_ranges(ids: list[int]) -> list[list[int]]:
    """Rising ids as closed ranges."""
    ranges: list[list[int]] = []
    for ident in ids:
        if ranges and ranges[-1][1] == ident - 1:
            ranges[-1][1] = ident
        else:
            ranges.append([ident, ident])
    return ranges


def source_of(run: RosterImport) -> str:
    """How facts name the import they came from."""
    return f"roster-import:{run.pk}"


def _person(ident: int, tenant_id: int, row: RosterRow) -> tuple[Any, ...]:
    number = row.id_number or ""
    return (
        ident, tenant_id, row.staff_number, row.name, naming.sort_key(row.name), naming.initials(row.name), row.sex,
        row.ethnicity, row.native_place, row.born_on, encipher(number), blind_index(number), row.phone, row.school,
        row.work_started_on, row.remarks, "present", row.party_status or PartyStatus.NONE, row.joined_on,
        row.converted_on, row.title, row.title_level, row.education, row.degree, row.position_type,
        row.employment_kind, row.post, row.party_post,
    )  # fmt: skip


def _status_facts(
    run: RosterImport, numbered: list[tuple[int, RosterRow]], now: datetime
) -> Iterator[tuple[Any, ...]]:
    source = source_of(run)
    for ident, row in numbered:
        for value, on in status_points(row, run.roster_on):
            yield (run.tenant_id, ident, FactKind.PARTY_STATUS.value, value, on, source, now)


def status_points(row: RosterRow, roster_on: date) -> list[tuple[str, date]]:
    """Change points of party status that a roster row tells: probationary from joining, full from conversion."""
    status = row.party_status
    if not status or status == PartyStatus.NONE:
        return []
    if row.joined_on is None or status not in (PartyStatus.PROBATIONARY, PartyStatus.FULL):
        return [(status, row.affiliated_on or roster_on)]
    points = [(PartyStatus.PROBATIONARY.value, row.joined_on)]
    if status == PartyStatus.FULL:
        converted = row.converted_on or add_years(row.joined_on, 1)
        points.append((status, max(converted, row.joined_on + timedelta(days=1))))
    return points


def _all_postings(
    run: RosterImport, numbered: list[tuple[int, RosterRow]], now: datetime
) -> Iterator[tuple[Any, ...]]:
    for ident, row in numbered:
        since = row.work_started_on or run.roster_on
        if row.department_id:
            yield (run.tenant_id, ident, Tree.ADMIN.value, row.department_id, since, now)
        if party := row.party_group_id or row.branch_id:
            since = row.affiliated_on or row.joined_on or since
            yield (run.tenant_id, ident, Tree.PARTY.value, party, since, now)


def _change(run: RosterImport, changes: list[Change], now: datetime) -> None:
    people = Person.objects.in_bulk([change.person_id for change in changes])
    places = Place.objects.in_bulk([change.person_id for change in changes])
    befores, facts, postings, moved = [], [], [], []
    for change in changes:
        person = people[change.person_id]
        place = places.get(person.pk) or Place(person=person, tenant_id=run.tenant_id)
        befores.append(_before(person, place))
        for name, (_old, new) in change.fields.items():
            _set(person, name, new, change.row)
        facts += [(person.pk, *fact) for fact in _changed_facts(run, change)]
        if _move(place, change):
            moved.append(place)
            postings += _changed_postings(run, change, now)
    _supersede(Fact, "kind", [(person_id, kind) for person_id, kind, _value in facts], run.roster_on, now)
    _supersede(Posting, "tree", [(row[1], row[2]) for row in postings], run.roster_on, now)
    source = source_of(run)
    insert_rows(
        Fact,
        _FACT,
        ((run.tenant_id, who, kind, value, run.roster_on, source, now) for who, kind, value in facts),
    )
    insert_rows(Posting, _POSTING, postings)
    update_rows(
        Person, _CHANGEABLE, ([p.pk, *(getattr(p, name) for name in _CHANGEABLE)] for p in people.values())
    )
    update_or_insert_places(moved)
    ImportedPerson.objects.bulk_create(
        [
            ImportedPerson(
                tenant_id=run.tenant_id, roster_import=run, person_id=change.person_id, before=before
            )
            for change, before in zip(changes, befores, strict=True)
        ],
        batch_size=1000,
    )


def _before(person: Person, place: Place) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in _CHANGEABLE:
        value = getattr(person, name)
        kept[name] = value.isoformat() if isinstance(value, date) else value
    kept |= {"department_id": place.department_id, "branch_id": place.branch_id, "group_id": place.group_id}
    return kept


def _set(person: Person, name: str, new: Any, row: RosterRow) -> None:
    if name == "id_index":
        person.id_index, person.id_cipher = new, encipher(row.id_number or "")
    elif not name.endswith("_id"):
        setattr(person, name, new)
    if name == "name":
        person.sort_key, person.initials = naming.sort_key(new), naming.initials(new)
    if name == "title":
        person.title_level = row.title_level


def _changed_facts(run: RosterImport, change: Change) -> list[tuple[str, str]]:
    kinds = {column: kind.value for kind, column in _FACTS.items()} | {
        "party_status": FactKind.PARTY_STATUS.value
    }
    return [(kinds[name], str(new)) for name, (_old, new) in change.fields.items() if name in kinds]


def _move(place: Place, change: Change) -> bool:
    moved = False
    for name, (_old, new) in change.fields.items():
        if name in ("department_id", "branch_id", "party_group_id"):
            setattr(place, "group_id" if name == "party_group_id" else name, new)
            moved = True
    if "branch_id" in change.fields and "party_group_id" not in change.fields:
        place.group_id = None
    return moved


def _changed_postings(run: RosterImport, change: Change, now: datetime) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    if "department_id" in change.fields:
        rows.append(
            (run.tenant_id, change.person_id, Tree.ADMIN.value, change.row.department_id, run.roster_on, now)
        )
    if change.fields.keys() & {"branch_id", "party_group_id"}:
        unit = change.row.party_group_id or change.row.branch_id
        rows.append((run.tenant_id, change.person_id, Tree.PARTY.value, unit, run.roster_on, now))
    return rows


def _supersede(
    model: type[Fact] | type[Posting], column: str, keys: list[tuple[Any, ...]], on: date, now: datetime
) -> None:
    # A second import on one day replaces what the first one said of that day.
    by_column: dict[str, list[int]] = {}
    for person_id, value in keys:
        by_column.setdefault(value, []).append(person_id)
    for value, people in by_column.items():
        rows = model._default_manager.filter(person_id__in=people, starts_on=on, superseded_at=None)
        rows.filter(**{column: value}).update(superseded_at=now)


def update_or_insert_places(places: list[Place]) -> None:
    """Write places that may or may not exist."""
    Place.objects.bulk_create(
        places,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["department", "branch", "group"],
        batch_size=1000,
    )
