"""Storing a hospital in the making: units, people, facts, homes, offices."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from rongpei.ground.files.cipher import blind_index, encipher
from rongpei.ground.tenancy.bulk import insert_rows
from rongpei.org.people import naming
from rongpei.org.people.actions import MIRRORED
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.roster.choices import title_level
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.org.units.models import Affiliation, Appointment, Place, Posting, Unit
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.someone import House, Someone

SOURCE = "演示数据"


def store_units(house: House) -> int:
    """Units, parents before children."""
    Unit.objects.bulk_create(house.units)
    return len(house.units)


def store_people(house: House) -> int:
    """One row a person, today's facts repeated on it."""
    columns = [
        "id", "tenant_id", "staff_number", "name", "sort_key", "initials", "sex", "ethnicity", "native_place",
        "born_on", "id_cipher", "id_index", "phone", "school", "work_started_on", "remarks", "standing", "closed_on",
        "moved_from_id", "joined_on", "converted_on", "title_level", *MIRRORED.values(),
    ]  # fmt: skip
    return insert_rows(Person, columns, (_person_row(one, house) for one in house.people))


def _person_row(one: Someone, house: House) -> tuple[Any, ...]:
    row, number = one.row, str(one.row["id_number"])
    today = {kind: one.fact(kind, house.anchor) for kind in MIRRORED}
    today[FactKind.PARTY_STATUS] = today[FactKind.PARTY_STATUS] or PartyStatus.NONE
    return (
        one.id, house.tenant.pk, one.number, one.name, naming.sort_key(one.name), naming.initials(one.name), one.sex,
        row["ethnicity"], row["native_place"], one.born_on, encipher(number), blind_index(number), row["phone"],
        row["school"], row["work_started_on"], "", one.standing, one.closed_on, one.moved_from, one.joined_on,
        one.converted_on, title_level(today[FactKind.TITLE]), *today.values(),
    )  # fmt: skip


def store_facts(house: House) -> int:
    """Every change point up to the anchor date."""
    columns = ("tenant_id", "person_id", "kind", "value", "starts_on", "source", "recorded_at")
    return insert_rows(Fact, columns, _fact_rows(house))


def _fact_rows(house: House) -> Iterator[tuple[Any, ...]]:
    for one in house.people:
        for kind, timeline in one.facts.items():
            for on, value in timeline.points():
                case = house.case_of.get((one.id, on)) if kind == FactKind.PARTY_STATUS else None
                source = f"membership:{case}" if case else SOURCE
                yield house.tenant.pk, one.id, kind, value, on, source, recorded_at(on, house.anchor)


def recorded_at(on: date, anchor: date) -> datetime:
    """A fact was entered the day after it began, at nine, and never after the anchor date."""
    return at(min(on + timedelta(days=1), anchor), 9)


def store_homes(house: House) -> int:
    """Postings in every tree, and the places of the anchor date."""
    columns = ("tenant_id", "person_id", "tree", "unit_id", "starts_on", "recorded_at")
    count = insert_rows(Posting, columns, _posting_rows(house))
    places = ("person_id", "tenant_id", "department_id", "branch_id", "group_id", "league_id")
    insert_rows(Place, places, (_place_row(one, house) for one in house.people))
    return count


def _posting_rows(house: House) -> Iterator[tuple[Any, ...]]:
    for one in house.people:
        for tree, timeline in one.homes.items():
            for on, unit in timeline.points():
                yield (
                    house.tenant.pk,
                    one.id,
                    tree,
                    unit.pk if unit else None,
                    on,
                    recorded_at(on, house.anchor),
                )


def _place_row(one: Someone, house: House) -> tuple[Any, ...]:
    units = [one.home(Tree.ADMIN, house.anchor), one.branch(house.anchor), one.home(Tree.PARTY, house.anchor)]
    group = units[2] if units[2] is not None and units[2].kind == UnitKind.GROUP else None
    ids = [unit.pk if unit else None for unit in (*units[:2], group, one.home(Tree.LEAGUE, house.anchor))]
    return one.id, house.tenant.pk, *ids


def store_offices(house: House) -> int:
    """Appointments and temporary affiliations."""
    tenant = house.tenant
    Appointment.objects.bulk_create(
        Appointment(
            tenant=tenant,
            person_id=o.person.id,
            unit=o.unit,
            office=o.office,
            starts_on=o.starts_on,
            ends_on=o.ends_on,
        )
        for o in house.officers
    )
    Affiliation.objects.bulk_create(
        Affiliation(tenant=tenant, person_id=one.id, unit=unit, starts_on=on)
        for one, unit, on in house.affiliations
    )
    return len(house.officers)
